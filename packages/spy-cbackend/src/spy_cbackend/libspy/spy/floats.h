/* Floats: one instance of float_ops.h each. Division follows CPython's float object. */
#ifndef SPY_FLOATS_H
#define SPY_FLOATS_H

#include <math.h>

#include "spy/base.h"
#include "spy/error.h"
#include "spy/integers.h" /* SPY_OP */

int32_t spy_f64_hash(double value);
static inline int32_t spy_f32_hash(float value) { return spy_f64_hash((double)value); }

#define SPY_T f64
#define SPY_C double
#define SPY_LIBM(name) name
#include "spy/float_ops.h"
#define SPY_T f32
#define SPY_C float
#define SPY_LIBM(name) name##f
#include "spy/float_ops.h"

#endif
