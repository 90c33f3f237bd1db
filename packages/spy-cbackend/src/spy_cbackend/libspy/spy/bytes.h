/* Operations of bytes. */
#ifndef SPY_BYTES_H
#define SPY_BYTES_H

#include "spy/text.h"

static inline int32_t spy_bytes_len(spy_bytes a) { return spy_text_size(a); }
static inline int32_t spy_bytes_size(spy_bytes a) { return spy_text_size(a); }
static inline bool spy_bytes_to_bool(spy_bytes a) { return spy_text_size(a) != 0; }
static inline bool spy_bytes_eq(spy_bytes a, spy_bytes b) { return spy_text_eq(a, b); }
static inline bool spy_bytes_ne(spy_bytes a, spy_bytes b) { return !spy_text_eq(a, b); }
static inline bool spy_bytes_lt(spy_bytes a, spy_bytes b) { return spy_text_compare(a, b) < 0; }
static inline bool spy_bytes_le(spy_bytes a, spy_bytes b) { return spy_text_compare(a, b) <= 0; }
static inline bool spy_bytes_gt(spy_bytes a, spy_bytes b) { return spy_text_compare(a, b) > 0; }
static inline bool spy_bytes_ge(spy_bytes a, spy_bytes b) { return spy_text_compare(a, b) >= 0; }
static inline spy_bytes spy_bytes_add(spy_bytes a, spy_bytes b) { return spy_text_add(a, b); }
static inline bool spy_bytes_mul(spy_bytes a, int32_t n, spy_bytes *result) { return spy_text_mul(a, n, result); }
static inline int32_t spy_bytes_hash(spy_bytes a) { return spy_text_hash(a); }

/* A negative index counts from the end. */
static inline bool spy_bytes_getitem(spy_bytes a, int32_t index, uint8_t *result) {
    int32_t size = spy_text_size(a);
    if (index < 0) index += size;
    if (SPY_UNLIKELY((uint32_t)index >= (uint32_t)size)) return spy_raise("IndexError", "index out of range");
    *result = (uint8_t)a->data[index];
    return false;
}

/* 0 <= start <= stop <= len */
static inline spy_bytes spy_bytes_substr(spy_bytes a, int32_t start, int32_t stop) {
    return start == stop ? NULL : spy_text_of(a->data + start, stop - start, stop - start);
}

bool spy_bytes_contains(spy_bytes a, spy_bytes part);
int32_t spy_bytes_find(spy_bytes a, spy_bytes part, int32_t start, int32_t end);
int32_t spy_bytes_rfind(spy_bytes a, spy_bytes part, int32_t start, int32_t end);
spy_str spy_bytes_repr(spy_bytes a);
bool spy_bytes_decode(spy_bytes a, spy_str *result);

/* To and from a buffer of `length` u8 items. */
bool spy_bytes_write(spy_bytes a, uint8_t *buffer, int32_t length, int32_t offset);
bool spy_bytes_read(const uint8_t *buffer, int32_t length, int32_t offset, int32_t size, spy_bytes *result);

#endif
