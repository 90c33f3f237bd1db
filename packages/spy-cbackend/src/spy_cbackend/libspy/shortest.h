/* The shortest decimal that reads back as a float. */
#ifndef SPY_SHORTEST_H
#define SPY_SHORTEST_H

#include <stdint.h>

/* digits * 10**exponent */
typedef struct {
    uint64_t digits;
    int32_t exponent;
} spy_Decimal;

/* For c * 2**q, c > 0; `lower_is_closer` where the next smaller float is nearer (powers of two). */
spy_Decimal spy_shortest(uint64_t c, int32_t q, int lower_is_closer);

#endif
