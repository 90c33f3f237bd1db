/* Dynamic values: a type and a value. A type of NULL is None, so that zeroed memory means None. */
#ifndef SPY_DYNAMIC_H
#define SPY_DYNAMIC_H

#include "spy/complex.h"
#include "spy/text.h"

typedef struct {
    const char *display;
} spy_Type;

/* Structs and other wide values lie behind `pointer`. */
typedef struct {
    const spy_Type *type;
    union {
        int8_t i8;
        int16_t i16;
        int32_t i32;
        int64_t i64;
        uint8_t u8;
        uint16_t u16;
        uint32_t u32;
        uint64_t u64;
        float f32;
        double f64;
        bool boolean;
        spy_Text *text;
        void *pointer;
    } value;
} spy_dynamic;

bool spy_dynamic_is(spy_dynamic a, spy_dynamic b);

/* TypeErrors. `symbol` is the operator, or the whole text for an operation without one. */
SPY_COLD void spy_set_bad_cast(const char *expected, spy_dynamic value);
SPY_COLD void spy_set_cannot(const char *symbol, int count, const spy_dynamic *operands);

static inline bool spy_dynamic_check(spy_dynamic value, const spy_Type *type, const char *display) {
    return SPY_LIKELY(value.type == type) ? false : (spy_set_bad_cast(display, value), true);
}

#endif
