/* complex128, computed as CPython's complex object does. */
#ifndef SPY_COMPLEX_H
#define SPY_COMPLEX_H

#include "spy/base.h"
#include "spy/error.h"

typedef struct {
    double real;
    double imag;
} spy_complex128;

static inline spy_complex128 spy_complex128_make(double real, double imag) { return (spy_complex128){real, imag}; }
static inline double spy_complex128_real(spy_complex128 a) { return a.real; }
static inline double spy_complex128_imag(spy_complex128 a) { return a.imag; }

static inline spy_complex128 spy_complex128_add(spy_complex128 a, spy_complex128 b) {
    return (spy_complex128){a.real + b.real, a.imag + b.imag};
}

static inline spy_complex128 spy_complex128_sub(spy_complex128 a, spy_complex128 b) {
    return (spy_complex128){a.real - b.real, a.imag - b.imag};
}

static inline spy_complex128 spy_complex128_mul(spy_complex128 a, spy_complex128 b) {
    return (spy_complex128){a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
}

static inline spy_complex128 spy_complex128_neg(spy_complex128 a) { return (spy_complex128){-a.real, -a.imag}; }
static inline spy_complex128 spy_complex128_conjugate(spy_complex128 a) { return (spy_complex128){a.real, -a.imag}; }

static inline bool spy_complex128_eq(spy_complex128 a, spy_complex128 b) {
    return a.real == b.real && a.imag == b.imag;
}

static inline bool spy_complex128_ne(spy_complex128 a, spy_complex128 b) { return !spy_complex128_eq(a, b); }
static inline bool spy_complex128_to_bool(spy_complex128 a) { return a.real != 0 || a.imag != 0; }

bool spy_complex128_div(spy_complex128 a, spy_complex128 b, spy_complex128 *result);
bool spy_complex128_pow(spy_complex128 a, spy_complex128 b, spy_complex128 *result);
bool spy_complex128_abs(spy_complex128 a, double *result);
int32_t spy_complex128_hash(spy_complex128 a);

#endif
