/* The cold and the long parts of arithmetic: wide division, hashes, complex numbers, the math module. */
#include <errno.h>
#include <math.h>

#include "spy.h"

double spy_wide_div(bool negative, uint64_t dividend, uint64_t divisor) {
    if (dividend == 0) return negative ? -0.0 : 0.0;
    /* A quotient of at least 55 bits whose last bit tells of a rest rounds to double correctly. */
    int shift = 64 + __builtin_clzll(dividend);
    unsigned __int128 wide = (unsigned __int128)dividend << shift, whole = wide / divisor;
    bool rest = wide % divisor != 0;
    for (; whole >> 63; shift--) {
        rest = rest || (whole & 1);
        whole >>= 1;
    }
    uint64_t odd = (uint64_t)whole | rest;
    double value = ldexp((double)odd, -shift);
    return negative ? -value : value;
}

int32_t spy_f64_hash(double value) {
    if (isnan(value)) return 0;
    if (isinf(value)) return value > 0 ? 314159 : -314159;
    if (value >= -0x1p63 && value < 0x1p63 && value == (double)(int64_t)value) return spy_wide_hash((int64_t)value);
    int64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return spy_wide_hash(bits);
}

/* --- complex128 ------------------------------------------------------------------------------ */

int32_t spy_complex128_hash(spy_complex128 a) {
    return (int32_t)((uint32_t)spy_f64_hash(a.real) ^ (uint32_t)spy_f64_hash(a.imag) * 1000003u);
}

static spy_complex128 quotient(spy_complex128 a, spy_complex128 b) {
    double real = fabs(b.real), imag = fabs(b.imag);
    if (real >= imag) {
        if (real == 0) {
            errno = EDOM;
            return (spy_complex128){0, 0};
        }
        double ratio = b.imag / b.real, denominator = b.real + b.imag * ratio;
        return (spy_complex128){(a.real + a.imag * ratio) / denominator, (a.imag - a.real * ratio) / denominator};
    }
    if (imag >= real) {
        double ratio = b.real / b.imag, denominator = b.real * ratio + b.imag;
        return (spy_complex128){(a.real * ratio + a.imag) / denominator, (a.imag * ratio - a.real) / denominator};
    }
    return (spy_complex128){SPY_NAN, SPY_NAN};
}

bool spy_complex128_div(spy_complex128 a, spy_complex128 b, spy_complex128 *result) {
    if (b.real == 0 && b.imag == 0) return spy_raise("ZeroDivisionError", "complex division by zero");
    *result = quotient(a, b);
    return false;
}

static spy_complex128 power_of_count(spy_complex128 base, long count) {
    spy_complex128 result = {1, 0};
    for (long mask = 1; mask > 0 && count >= mask; mask <<= 1) {
        if (count & mask) result = spy_complex128_mul(result, base);
        base = spy_complex128_mul(base, base);
    }
    return result;
}

static spy_complex128 general_power(spy_complex128 a, spy_complex128 b) {
    double size = hypot(a.real, a.imag), length = pow(size, b.real);
    double angle = atan2(a.imag, a.real), phase = angle * b.real;
    if (b.imag != 0) {
        length /= exp(angle * b.imag);
        phase += b.imag * log(size);
    }
    if (isinf(phase)) errno = EDOM; /* as the sine of an infinite angle: CPython reports it like 0 ** -1 */
    return (spy_complex128){length * cos(phase), length * sin(phase)};
}

bool spy_complex128_pow(spy_complex128 a, spy_complex128 b, spy_complex128 *result) {
    bool small = b.imag == 0 && b.real == floor(b.real) && fabs(b.real) <= 100;
    bool base_is_zero = a.real == 0 && a.imag == 0;
    errno = 0;
    if (base_is_zero && (b.imag != 0 || b.real < 0)) {
        errno = EDOM;
        *result = (spy_complex128){0, 0};
    } else if (b.real == 0 && b.imag == 0) {
        *result = (spy_complex128){1, 0};
    } else if (small && b.real > 0) {
        *result = power_of_count(a, (long)b.real);
    } else if (small) {
        *result = quotient((spy_complex128){1, 0}, power_of_count(a, -(long)b.real));
    } else if (base_is_zero) {
        *result = (spy_complex128){0, 0};
    } else {
        *result = general_power(a, b);
    }
    if (errno == EDOM) return spy_raise("ZeroDivisionError", "0.0 to a negative or complex power");
    if (isinf(result->real) || isinf(result->imag)) return spy_raise("OverflowError", "complex exponentiation");
    return false;
}

bool spy_complex128_abs(spy_complex128 a, double *result) {
    *result = hypot(a.real, a.imag);
    if (isinf(*result) && isfinite(a.real) && isfinite(a.imag)) {
        return spy_raise("OverflowError", "absolute value too large");
    }
    return false;
}

/* --- math ------------------------------------------------------------------------------------ */

bool spy_math$pow(double x, double y, double *result) {
    *result = pow(x, y);
    if (isfinite(*result) || !isfinite(x) || !isfinite(y)) return false;
    if (isnan(*result) || x == 0) return spy_math_domain_error();
    return spy_math_range_error();
}

bool spy_math$fmod(double x, double y, double *result) {
    if (isinf(y) && isfinite(x)) {
        *result = x;
        return false;
    }
    *result = fmod(x, y);
    return isnan(*result) && !isnan(x) && !isnan(y) ? spy_math_domain_error() : false;
}

/* Sums that keep what rounding drops. */
typedef struct {
    double sum;
    double rest[3];
} Sum;

static void add_to(Sum *sum, int rest, double x) {
    double before = sum->sum;
    sum->sum += x;
    sum->rest[rest] += (before - sum->sum) + x;
}

static void split(double x, double *high, double *low) {
    double t = x * 134217729.0; /* 2 ** 27 + 1 */
    *high = t - (t - x);
    *low = x - *high;
}

static double total(const Sum *sum) { return sum->sum - 1 + (sum->rest[0] + sum->rest[1] + sum->rest[2]); }

/* As CPython's vector_norm: libm's hypot is not as exact. */
double spy_math$hypot(double a, double b) {
    double sides[2] = {fabs(a), fabs(b)}, largest = sides[0] > sides[1] ? sides[0] : sides[1];
    if (isinf(a) || isinf(b)) return SPY_INF;
    if (isnan(a) || isnan(b)) return SPY_NAN;
    if (largest == 0) return 0;
    int exponent;
    frexp(largest, &exponent);
    Sum sum = {1, {0, 0, 0}};
    if (exponent < -1023) {
        for (int i = 0; i < 2; i++) add_to(&sum, 0, (sides[i] / largest) * (sides[i] / largest));
        return largest * sqrt(total(&sum));
    }
    double scale = ldexp(1, -exponent), high, low;
    for (int i = 0; i < 2; i++) {
        split(sides[i] * scale, &high, &low);
        add_to(&sum, 0, high * high);
        add_to(&sum, 1, 2 * high * low);
        sum.rest[2] += low * low;
    }
    double root = sqrt(total(&sum));
    split(root, &high, &low);
    add_to(&sum, 0, -high * high);
    add_to(&sum, 1, -2 * high * low);
    add_to(&sum, 2, -low * low);
    return (root + total(&sum) / (2 * root)) / scale;
}
