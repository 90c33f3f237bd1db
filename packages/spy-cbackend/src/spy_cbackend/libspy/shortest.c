/* The shortest decimal digits that read back as the same float: Raffaello Giulietti's Schubfach.
 *
 * A float is c * 2**q. Of the decimals inside its rounding interval the one with the fewest digits is taken, and of
 * those the closest. `powers_of_ten` holds 10**k rounded up to 128 bits, which is enough for f64, hence for f32.
 */
#include <stdint.h>

#include "shortest.h"
#include "tables.h"

typedef unsigned __int128 Wide;

static int32_t floor_log2_pow10(int32_t e) { return (e * 1741647) >> 19; }
static int32_t floor_log10_pow2(int32_t e, int closer) { return (e * 1262611 - (closer ? 524031 : 0)) >> 22; }

/* g * x / 2**128, rounded to odd: the last bit says whether anything was cut off. */
static uint64_t round_to_odd(spy_Wide g, uint64_t x) {
    Wide low = (Wide)g.low * x, high = (Wide)g.high * x + (uint64_t)(low >> 64);
    return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

spy_Decimal spy_shortest(uint64_t c, int32_t q, int lower_is_closer) {
    int32_t odd = (int32_t)(c & 1); /* an odd float does not own the ends of its interval */
    int32_t k = floor_log10_pow2(q, lower_is_closer);
    int32_t shift = q + floor_log2_pow10(-k) + 1;
    spy_Wide g = spy_powers_of_ten[292 - k];
    uint64_t lower = round_to_odd(g, (4 * c - 2 + (uint64_t)lower_is_closer) << shift) + (uint64_t)odd;
    uint64_t middle = round_to_odd(g, (4 * c) << shift);
    uint64_t upper = round_to_odd(g, (4 * c + 2) << shift) - (uint64_t)odd;

    uint64_t s = middle / 4;
    if (s >= 10) {
        uint64_t shorter = s / 10;
        int down_inside = lower <= 40 * shorter, up_inside = 40 * shorter + 40 <= upper;
        if (down_inside != up_inside) return (spy_Decimal){shorter + (uint64_t)up_inside, k + 1};
    }
    int down_inside = lower <= 4 * s, up_inside = 4 * s + 4 <= upper;
    if (down_inside != up_inside) return (spy_Decimal){s + (uint64_t)up_inside, k};
    uint64_t tie = 4 * s + 2;
    int round_up = middle > tie || (middle == tie && (s & 1));
    return (spy_Decimal){s + (uint64_t)round_up, k};
}
