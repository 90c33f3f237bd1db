/* Tables that tools/generate_tables.py writes. */
#ifndef SPY_TABLES_H
#define SPY_TABLES_H

#include <stdint.h>

typedef struct {
    uint64_t high;
    uint64_t low;
} spy_Wide;

typedef struct {
    uint32_t first;
    uint32_t last;
} spy_Range;

/* Slicing-by-8 for the CRC-32 of zlib. */
extern const uint32_t spy_crc_table[8][256];

/* 10 ** (i - 292), scaled to 128 bits and rounded up. */
extern const spy_Wide spy_powers_of_ten[617];

/* Non-ASCII code points that repr escapes, and that strip() removes; sorted. */
extern const int32_t spy_unprintable_count;
extern const spy_Range spy_unprintable[];
extern const int32_t spy_space_count;
extern const spy_Range spy_space[];

/* The zeros of the non-ASCII decimal digits; nine digits follow each. */
extern const int32_t spy_decimal_zero_count;
extern const uint32_t spy_decimal_zeros[];

#endif
