/* Numbers to text and back, as CPython writes and reads them. */
#ifndef SPY_FORMAT_H
#define SPY_FORMAT_H

#include "spy/complex.h"
#include "spy/text.h"

spy_str spy_i64_str(int64_t value);
spy_str spy_u64_str(uint64_t value);
static inline spy_str spy_i8_str(int8_t value) { return spy_i64_str(value); }
static inline spy_str spy_i16_str(int16_t value) { return spy_i64_str(value); }
static inline spy_str spy_i32_str(int32_t value) { return spy_i64_str(value); }
static inline spy_str spy_u8_str(uint8_t value) { return spy_u64_str(value); }
static inline spy_str spy_u16_str(uint16_t value) { return spy_u64_str(value); }
static inline spy_str spy_u32_str(uint32_t value) { return spy_u64_str(value); }
spy_str spy_f64_str(double value);
bool spy_f64_format(double value, int32_t kind, int32_t precision, spy_str *result);
spy_str spy_f32_str(float value);
spy_str spy_bool_str(bool value);
spy_str spy_complex128_str(spy_complex128 value);
static inline int32_t spy_bool_hash(bool value) { return value; }

/* The shortest digits that read back as `value`, laid out as CPython's repr; returns the size. */
int32_t spy_write_f64(double value, char *out, bool add_dot_zero);

bool spy_str_to_i8(spy_str text, int8_t *result);
bool spy_str_to_i16(spy_str text, int16_t *result);
bool spy_str_to_i32(spy_str text, int32_t *result);
bool spy_str_to_i64(spy_str text, int64_t *result);
bool spy_str_to_u8(spy_str text, uint8_t *result);
bool spy_str_to_u16(spy_str text, uint16_t *result);
bool spy_str_to_u32(spy_str text, uint32_t *result);
bool spy_str_to_u64(spy_str text, uint64_t *result);
bool spy_str_to_f64(spy_str text, double *result);
bool spy_str_to_complex128(spy_str text, spy_complex128 *result);

#endif
