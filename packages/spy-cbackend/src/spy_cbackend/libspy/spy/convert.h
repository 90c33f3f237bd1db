/* Float to integer: towards zero, saturating, NaN gives 0. All other numeric conversions are C casts. */
#ifndef SPY_CONVERT_H
#define SPY_CONVERT_H

#include "spy/base.h"

/* The bounds are powers of two, so exact in both float types. */
#define SPY_FLOAT_TO_INTEGER(from, from_c, to, to_c, low, high, minimum, maximum)                            \
    static inline to_c spy_##from##_to_##to(from_c value) {                                                  \
        if (SPY_LIKELY(value > (low) && value < (high))) return (to_c)value;                                 \
        return value >= (high) ? (maximum) : value <= (low) ? (minimum) : 0;                                 \
    }

SPY_FLOAT_TO_INTEGER(f64, double, i8, int8_t, -0x1p7, 0x1p7, INT8_MIN, INT8_MAX)
SPY_FLOAT_TO_INTEGER(f64, double, i16, int16_t, -0x1p15, 0x1p15, INT16_MIN, INT16_MAX)
SPY_FLOAT_TO_INTEGER(f64, double, i32, int32_t, -0x1p31, 0x1p31, INT32_MIN, INT32_MAX)
SPY_FLOAT_TO_INTEGER(f64, double, i64, int64_t, -0x1p63, 0x1p63, INT64_MIN, INT64_MAX)
SPY_FLOAT_TO_INTEGER(f64, double, u8, uint8_t, 0.0, 0x1p8, 0, UINT8_MAX)
SPY_FLOAT_TO_INTEGER(f64, double, u16, uint16_t, 0.0, 0x1p16, 0, UINT16_MAX)
SPY_FLOAT_TO_INTEGER(f64, double, u32, uint32_t, 0.0, 0x1p32, 0, UINT32_MAX)
SPY_FLOAT_TO_INTEGER(f64, double, u64, uint64_t, 0.0, 0x1p64, 0, UINT64_MAX)
SPY_FLOAT_TO_INTEGER(f32, float, i8, int8_t, -0x1p7, 0x1p7, INT8_MIN, INT8_MAX)
SPY_FLOAT_TO_INTEGER(f32, float, i16, int16_t, -0x1p15, 0x1p15, INT16_MIN, INT16_MAX)
SPY_FLOAT_TO_INTEGER(f32, float, i32, int32_t, -0x1p31, 0x1p31, INT32_MIN, INT32_MAX)
SPY_FLOAT_TO_INTEGER(f32, float, i64, int64_t, -0x1p63, 0x1p63, INT64_MIN, INT64_MAX)
SPY_FLOAT_TO_INTEGER(f32, float, u8, uint8_t, 0.0, 0x1p8, 0, UINT8_MAX)
SPY_FLOAT_TO_INTEGER(f32, float, u16, uint16_t, 0.0, 0x1p16, 0, UINT16_MAX)
SPY_FLOAT_TO_INTEGER(f32, float, u32, uint32_t, 0.0, 0x1p32, 0, UINT32_MAX)
SPY_FLOAT_TO_INTEGER(f32, float, u64, uint64_t, 0.0, 0x1p64, 0, UINT64_MAX)

#undef SPY_FLOAT_TO_INTEGER

#endif
