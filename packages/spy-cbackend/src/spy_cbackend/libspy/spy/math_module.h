/* The builtin module math: libm with the errors of CPython's math module. */
#ifndef SPY_MATH_MODULE_H
#define SPY_MATH_MODULE_H

#include <math.h>

#include "spy/base.h"
#include "spy/error.h"

#define spy_math_domain_error() spy_raise("ValueError", "math domain error")
#define spy_math_range_error() spy_raise("OverflowError", "math range error")

/* The value is not finite: an error unless the argument explains it. */
static inline bool spy_math_check(double x, double value, double *result) {
    *result = value;
    if (SPY_LIKELY(isfinite(value))) return false;
    if (isnan(value)) return isnan(x) ? false : spy_math_domain_error();
    return isfinite(x) ? spy_math_range_error() : false;
}

static inline bool spy_math$sqrt(double x, double *result) {
    if (SPY_UNLIKELY(x < 0)) return spy_math_domain_error();
    *result = sqrt(x);
    return false;
}

static inline double spy_math$fabs(double x) { return fabs(x); }
static inline double spy_math$_ceil(double x) { return ceil(x); }
static inline double spy_math$_floor(double x) { return floor(x); }
static inline double spy_math$_trunc(double x) { return trunc(x); }
static inline double spy_math$atan(double x) { return atan(x); }
static inline double spy_math$tanh(double x) { return tanh(x); }
static inline double spy_math$atan2(double y, double x) { return atan2(y, x); }
static inline double spy_math$copysign(double x, double y) { return copysign(x, y); }
static inline double spy_math$asinh(double x) { return asinh(x); }
static inline double spy_math$cbrt(double x) { return cbrt(x); }
static inline double spy_math$erf(double x) { return erf(x); }
static inline double spy_math$erfc(double x) { return erfc(x); }
static inline double spy_math$nextafter(double x, double y) { return nextafter(x, y); }
static inline bool spy_math$isnan(double x) { return isnan(x); }
static inline bool spy_math$isinf(double x) { return isinf(x); }
static inline bool spy_math$isfinite(double x) { return isfinite(x); }

static inline bool spy_math$cos(double x, double *result) { return spy_math_check(x, cos(x), result); }
static inline bool spy_math$sin(double x, double *result) { return spy_math_check(x, sin(x), result); }
static inline bool spy_math$tan(double x, double *result) { return spy_math_check(x, tan(x), result); }
static inline bool spy_math$exp(double x, double *result) { return spy_math_check(x, exp(x), result); }
static inline bool spy_math$acos(double x, double *result) { return spy_math_check(x, acos(x), result); }
static inline bool spy_math$asin(double x, double *result) { return spy_math_check(x, asin(x), result); }
static inline bool spy_math$sinh(double x, double *result) { return spy_math_check(x, sinh(x), result); }
static inline bool spy_math$cosh(double x, double *result) { return spy_math_check(x, cosh(x), result); }
static inline bool spy_math$acosh(double x, double *result) { return spy_math_check(x, acosh(x), result); }
static inline bool spy_math$exp2(double x, double *result) { return spy_math_check(x, exp2(x), result); }
static inline bool spy_math$expm1(double x, double *result) { return spy_math_check(x, expm1(x), result); }

static inline bool spy_math$atanh(double x, double *result) {
    if (SPY_UNLIKELY(fabs(x) >= 1)) return spy_math_domain_error();
    *result = atanh(x);
    return false;
}

static inline bool spy_math$log1p(double x, double *result) {
    if (SPY_UNLIKELY(x <= -1)) return spy_math_domain_error();
    *result = log1p(x);
    return false;
}

static inline bool spy_math$remainder(double x, double y, double *result) {
    if (SPY_UNLIKELY((isinf(x) && !isnan(y)) || (y == 0 && !isnan(x)))) return spy_math_domain_error();
    *result = remainder(x, y);
    return false;
}

/* Logarithms of 0 and of negative numbers are domain errors. */
static inline bool spy_math$log(double x, double *result) {
    if (SPY_UNLIKELY(x <= 0)) return spy_math_domain_error();
    *result = log(x);
    return false;
}

static inline bool spy_math$log10(double x, double *result) {
    if (SPY_UNLIKELY(x <= 0)) return spy_math_domain_error();
    *result = log10(x);
    return false;
}

static inline bool spy_math$log2(double x, double *result) {
    if (SPY_UNLIKELY(x <= 0)) return spy_math_domain_error();
    *result = log2(x);
    return false;
}

bool spy_math$pow(double x, double y, double *result);
bool spy_math$fmod(double x, double y, double *result);
double spy_math$hypot(double x, double y);

#endif
