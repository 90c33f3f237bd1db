/* Operations of one float type. Included by floats.h with SPY_T, SPY_C and SPY_LIBM set. */

static inline SPY_C SPY_OP(_ieee754_div)(SPY_C a, SPY_C b) { return a / b; }
static inline SPY_C SPY_OP(_unchecked_div)(SPY_C a, SPY_C b) { return a / b; }

static inline SPY_C SPY_OP(_unchecked_mod)(SPY_C a, SPY_C b) {
    SPY_C rest = SPY_LIBM(fmod)(a, b);
    if (rest == 0) return SPY_LIBM(copysign)(0, b);
    return (b < 0) != (rest < 0) ? rest + b : rest;
}

static inline SPY_C SPY_OP(_unchecked_floordiv)(SPY_C a, SPY_C b) {
    SPY_C rest = SPY_LIBM(fmod)(a, b);
    SPY_C quotient = (a - rest) / b;
    if (rest != 0 && (b < 0) != (rest < 0)) quotient -= 1;
    if (quotient == 0) return SPY_LIBM(copysign)(0, a / b);
    SPY_C whole = SPY_LIBM(floor)(quotient);
    return quotient - whole > (SPY_C)0.5 ? whole + 1 : whole;
}

static inline bool SPY_OP(_div)(SPY_C a, SPY_C b, SPY_C *result) {
    if (SPY_UNLIKELY(b == 0)) return spy_raise("ZeroDivisionError", "float division by zero");
    *result = a / b;
    return false;
}

static inline bool SPY_OP(_floordiv)(SPY_C a, SPY_C b, SPY_C *result) {
    if (SPY_UNLIKELY(b == 0)) return spy_raise("ZeroDivisionError", "float floor division by zero");
    *result = SPY_OP(_unchecked_floordiv)(a, b);
    return false;
}

static inline bool SPY_OP(_mod)(SPY_C a, SPY_C b, SPY_C *result) {
    if (SPY_UNLIKELY(b == 0)) return spy_raise("ZeroDivisionError", "float modulo by zero");
    *result = SPY_OP(_unchecked_mod)(a, b);
    return false;
}

static inline bool SPY_OP(_pow)(SPY_C a, SPY_C b, SPY_C *result) {
    if (SPY_UNLIKELY(a == 0 && b < 0 && isfinite(b))) {
        return spy_raise("ZeroDivisionError", "0.0 cannot be raised to a negative power");
    }
    *result = (SPY_C)pow((double)a, (double)b);
    if (SPY_UNLIKELY(!isfinite(*result)) && isfinite(a) && isfinite(b)) {
        if (isnan(*result)) return spy_raise("ValueError", "math domain error");
        return spy_raise("OverflowError", "math range error");
    }
    return false;
}

#undef SPY_T
#undef SPY_C
#undef SPY_LIBM
