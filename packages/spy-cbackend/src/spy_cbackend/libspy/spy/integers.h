/* The integer types: one instance of integer_ops.h each, for those that the program uses (SPY_USES_I32 and so on). */
#ifndef SPY_INTEGERS_H
#define SPY_INTEGERS_H

#include "spy/base.h"
#include "spy/error.h"

/* Correctly rounded quotient, for operands that a double cannot hold exactly. */
double spy_wide_div(bool negative, uint64_t dividend, uint64_t divisor);

static inline int32_t spy_wide_hash(int64_t value) {
    int32_t hash = value == (int32_t)value ? (int32_t)value : (int32_t)((uint32_t)value ^ (uint32_t)((uint64_t)value >> 32));
    return hash == -1 ? -2 : hash;
}

#define SPY_PASTE3(a, b, c) a##b##c
#define SPY_NAME3(t, op) SPY_PASTE3(spy_, t, op)
#define SPY_OP(op) SPY_NAME3(SPY_T, op)
#define SPY_STRING2(t) #t
#define SPY_STRING(t) SPY_STRING2(t)

#define SPY_SIGNED 1
#ifdef SPY_USES_I8
#define SPY_T i8
#define SPY_C int8_t
#define SPY_U uint8_t
#define SPY_BITS 8
#include "spy/integer_ops.h"
#endif
#ifdef SPY_USES_I16
#define SPY_T i16
#define SPY_C int16_t
#define SPY_U uint16_t
#define SPY_BITS 16
#include "spy/integer_ops.h"
#endif
#ifdef SPY_USES_I32
#define SPY_T i32
#define SPY_C int32_t
#define SPY_U uint32_t
#define SPY_BITS 32
#include "spy/integer_ops.h"
#endif
#ifdef SPY_USES_I64
#define SPY_T i64
#define SPY_C int64_t
#define SPY_U uint64_t
#define SPY_BITS 64
#include "spy/integer_ops.h"
#endif
#undef SPY_SIGNED

#define SPY_SIGNED 0
#ifdef SPY_USES_U8
#define SPY_T u8
#define SPY_C uint8_t
#define SPY_U uint8_t
#define SPY_BITS 8
#include "spy/integer_ops.h"
#endif
#ifdef SPY_USES_U16
#define SPY_T u16
#define SPY_C uint16_t
#define SPY_U uint16_t
#define SPY_BITS 16
#include "spy/integer_ops.h"
#endif
#ifdef SPY_USES_U32
#define SPY_T u32
#define SPY_C uint32_t
#define SPY_U uint32_t
#define SPY_BITS 32
#include "spy/integer_ops.h"
#endif
#ifdef SPY_USES_U64
#define SPY_T u64
#define SPY_C uint64_t
#define SPY_U uint64_t
#define SPY_BITS 64
#include "spy/integer_ops.h"
#endif
#undef SPY_SIGNED

#endif
