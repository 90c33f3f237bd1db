/* Operations of one integer type. Included by integers.h with SPY_T, SPY_C, SPY_U, SPY_BITS and SPY_SIGNED set.
 *
 * Names: spy_i32_add and so on. Those that may raise return true when they did and store through `result`.
 * `checked_` raises OverflowError; `warn_` wraps and says so once per place.
 */

static inline SPY_C SPY_OP(_add)(SPY_C a, SPY_C b) { return (SPY_C)((SPY_U)a + (SPY_U)b); }
static inline SPY_C SPY_OP(_sub)(SPY_C a, SPY_C b) { return (SPY_C)((SPY_U)a - (SPY_U)b); }
static inline SPY_C SPY_OP(_mul)(SPY_C a, SPY_C b) { return (SPY_C)((uint64_t)a * (uint64_t)b); }
static inline SPY_C SPY_OP(_neg)(SPY_C a) { return (SPY_C)(0 - (SPY_U)a); }
static inline SPY_C SPY_OP(_invert)(SPY_C a) { return (SPY_C)~a; }

/* Shifts by 0 <= n < SPY_BITS. */
static inline SPY_C SPY_OP(_shl)(SPY_C a, SPY_C n) { return (SPY_C)((uint64_t)a << n); }
static inline SPY_C SPY_OP(_shr)(SPY_C a, SPY_C n) { return (SPY_C)(a >> n); }

static inline bool SPY_OP(_lshift)(SPY_C a, SPY_C n, SPY_C *result) {
    if (SPY_UNLIKELY((SPY_U)n >= SPY_BITS)) {
#if SPY_SIGNED
        if (n < 0) return spy_raise("ValueError", "negative shift count");
#endif
        *result = 0;
        return false;
    }
    *result = SPY_OP(_shl)(a, n);
    return false;
}

static inline bool SPY_OP(_rshift)(SPY_C a, SPY_C n, SPY_C *result) {
    if (SPY_UNLIKELY((SPY_U)n >= SPY_BITS)) {
#if SPY_SIGNED
        if (n < 0) return spy_raise("ValueError", "negative shift count");
        *result = a < 0 ? -1 : 0;
#else
        *result = 0;
#endif
        return false;
    }
    *result = SPY_OP(_shr)(a, n);
    return false;
}

/* The divisor is not 0. */
static inline SPY_C SPY_OP(_unchecked_floordiv)(SPY_C a, SPY_C b) {
#if SPY_SIGNED
    if (b == -1) return SPY_OP(_neg)(a);
    SPY_C quotient = (SPY_C)(a / b);
    return (SPY_C)(quotient - ((a % b != 0) & ((a < 0) != (b < 0))));
#else
    return (SPY_C)(a / b);
#endif
}

static inline SPY_C SPY_OP(_unchecked_mod)(SPY_C a, SPY_C b) {
#if SPY_SIGNED
    if (b == -1) return 0;
    SPY_C rest = (SPY_C)(a % b);
    return (SPY_C)(rest + ((rest != 0) & ((rest < 0) != (b < 0)) ? b : 0));
#else
    return (SPY_C)(a % b);
#endif
}

static inline double SPY_OP(_unchecked_div)(SPY_C a, SPY_C b) {
#if SPY_BITS == 64
    const uint64_t exact = (uint64_t)1 << 53;
#if SPY_SIGNED
    uint64_t ua = a < 0 ? 0 - (uint64_t)a : (uint64_t)a, ub = b < 0 ? 0 - (uint64_t)b : (uint64_t)b;
    if (SPY_UNLIKELY(ua > exact || ub > exact)) return spy_wide_div((a < 0) != (b < 0), ua, ub);
#else
    if (SPY_UNLIKELY(a > exact || b > exact)) return spy_wide_div(false, a, b);
#endif
#endif
    return (double)a / (double)b;
}

static inline bool SPY_OP(_div)(SPY_C a, SPY_C b, double *result) {
    if (SPY_UNLIKELY(b == 0)) return spy_raise("ZeroDivisionError", "division by zero");
    *result = SPY_OP(_unchecked_div)(a, b);
    return false;
}

static inline bool SPY_OP(_floordiv)(SPY_C a, SPY_C b, SPY_C *result) {
    if (SPY_UNLIKELY(b == 0)) return spy_raise("ZeroDivisionError", "integer division or modulo by zero");
    *result = SPY_OP(_unchecked_floordiv)(a, b);
    return false;
}

static inline bool SPY_OP(_mod)(SPY_C a, SPY_C b, SPY_C *result) {
    if (SPY_UNLIKELY(b == 0)) return spy_raise("ZeroDivisionError", "integer modulo by zero");
    *result = SPY_OP(_unchecked_mod)(a, b);
    return false;
}

/* The exponent is not negative. */
static inline SPY_C SPY_OP(_unchecked_pow)(SPY_C base, SPY_C exponent) {
    SPY_C result = 1;
    for (SPY_U left = (SPY_U)exponent; left; left >>= 1) {
        if (left & 1) result = SPY_OP(_mul)(result, base);
        base = SPY_OP(_mul)(base, base);
    }
    return result;
}

static inline bool SPY_OP(_pow)(SPY_C base, SPY_C exponent, SPY_C *result) {
#if SPY_SIGNED
    if (SPY_UNLIKELY(exponent < 0)) {
        if (base == 0) return spy_raise("ZeroDivisionError", "0 cannot be raised to a negative power");
        return spy_raise("ValueError", "integer ** negative exponent");
    }
#endif
    *result = SPY_OP(_unchecked_pow)(base, exponent);
    return false;
}

static inline int32_t SPY_OP(_hash)(SPY_C a) {
#if SPY_SIGNED || SPY_BITS < 32
    return spy_wide_hash((int64_t)a);
#else
    uint64_t wide = a;
    int32_t hash = wide <= INT32_MAX ? (int32_t)wide : (int32_t)((uint32_t)wide ^ (uint32_t)(wide >> 32));
    return hash == -1 ? -2 : hash;
#endif
}

#if SPY_SIGNED
#define SPY_OVERFLOWED(word) spy_raise("OverflowError", SPY_STRING(SPY_T) " " word " overflowed")
#define SPY_WARN_OVERFLOW(word) spy_warn_overflow(SPY_STRING(SPY_T), word, place, warned)

static inline bool SPY_OP(_checked_add)(SPY_C a, SPY_C b, SPY_C *result) {
    return SPY_UNLIKELY(__builtin_add_overflow(a, b, result)) ? SPY_OVERFLOWED("addition") : false;
}

static inline bool SPY_OP(_checked_sub)(SPY_C a, SPY_C b, SPY_C *result) {
    return SPY_UNLIKELY(__builtin_sub_overflow(a, b, result)) ? SPY_OVERFLOWED("subtraction") : false;
}

static inline bool SPY_OP(_checked_mul)(SPY_C a, SPY_C b, SPY_C *result) {
    return SPY_UNLIKELY(__builtin_mul_overflow(a, b, result)) ? SPY_OVERFLOWED("multiplication") : false;
}

static inline bool SPY_OP(_checked_neg)(SPY_C a, SPY_C *result) {
    return SPY_UNLIKELY(__builtin_sub_overflow((SPY_C)0, a, result)) ? SPY_OVERFLOWED("negation") : false;
}

static inline bool SPY_OP(_checked_floordiv)(SPY_C a, SPY_C b, SPY_C *result) {
    if (SPY_UNLIKELY(b == -1)) {
        SPY_C negated;
        if (__builtin_sub_overflow((SPY_C)0, a, &negated)) return SPY_OVERFLOWED("floor division");
        *result = negated;
        return false;
    }
    return SPY_OP(_floordiv)(a, b, result);
}

/* True if base ** exponent does not fit; *result is the wrapped value. The exponent is not negative. */
static inline bool SPY_OP(_pow_overflow)(SPY_C base, SPY_C exponent, SPY_C *result) {
    bool overflow = false, base_overflow = false;
    *result = 1;
    for (SPY_U left = (SPY_U)exponent; left; left >>= 1) {
        if (left & 1) overflow = overflow | base_overflow | __builtin_mul_overflow(*result, base, result);
        base_overflow = base_overflow | __builtin_mul_overflow(base, base, &base);
    }
    return overflow;
}

static inline bool SPY_OP(_checked_pow)(SPY_C base, SPY_C exponent, SPY_C *result) {
    if (SPY_UNLIKELY(exponent < 0)) return SPY_OP(_pow)(base, exponent, result);
    return SPY_UNLIKELY(SPY_OP(_pow_overflow)(base, exponent, result)) ? SPY_OVERFLOWED("power") : false;
}

static inline SPY_C SPY_OP(_warn_add)(SPY_C a, SPY_C b, const spy_Place *place, bool *warned) {
    SPY_C result;
    if (SPY_UNLIKELY(__builtin_add_overflow(a, b, &result))) SPY_WARN_OVERFLOW("addition");
    return result;
}

static inline SPY_C SPY_OP(_warn_sub)(SPY_C a, SPY_C b, const spy_Place *place, bool *warned) {
    SPY_C result;
    if (SPY_UNLIKELY(__builtin_sub_overflow(a, b, &result))) SPY_WARN_OVERFLOW("subtraction");
    return result;
}

static inline SPY_C SPY_OP(_warn_mul)(SPY_C a, SPY_C b, const spy_Place *place, bool *warned) {
    SPY_C result;
    if (SPY_UNLIKELY(__builtin_mul_overflow(a, b, &result))) SPY_WARN_OVERFLOW("multiplication");
    return result;
}

static inline SPY_C SPY_OP(_warn_neg)(SPY_C a, const spy_Place *place, bool *warned) {
    SPY_C result;
    if (SPY_UNLIKELY(__builtin_sub_overflow((SPY_C)0, a, &result))) SPY_WARN_OVERFLOW("negation");
    return result;
}

static inline bool SPY_OP(_warn_floordiv)(SPY_C a, SPY_C b, const spy_Place *place, bool *warned, SPY_C *result) {
    SPY_C negated;
    if (SPY_UNLIKELY(b == -1 && __builtin_sub_overflow((SPY_C)0, a, &negated))) SPY_WARN_OVERFLOW("floor division");
    return SPY_OP(_floordiv)(a, b, result);
}

static inline bool SPY_OP(_warn_pow)(SPY_C base, SPY_C exponent, const spy_Place *place, bool *warned, SPY_C *result) {
    if (SPY_UNLIKELY(exponent < 0)) return SPY_OP(_pow)(base, exponent, result);
    if (SPY_UNLIKELY(SPY_OP(_pow_overflow)(base, exponent, result))) SPY_WARN_OVERFLOW("power");
    return false;
}

static inline SPY_C SPY_OP(_warn_unchecked_pow)(SPY_C base, SPY_C exponent, const spy_Place *place, bool *warned) {
    SPY_C result;
    if (SPY_UNLIKELY(SPY_OP(_pow_overflow)(base, exponent, &result))) SPY_WARN_OVERFLOW("power");
    return result;
}

#undef SPY_OVERFLOWED
#undef SPY_WARN_OVERFLOW
#endif

#undef SPY_T
#undef SPY_C
#undef SPY_U
#undef SPY_BITS
