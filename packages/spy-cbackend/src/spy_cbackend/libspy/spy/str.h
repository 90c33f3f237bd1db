/* Operations of str; indices count code points. */
#ifndef SPY_STR_H
#define SPY_STR_H

#include "spy/text.h"

static inline int32_t spy_str_len(spy_str a) { return a ? a->length : 0; }
static inline int32_t spy_str_size(spy_str a) { return spy_text_size(a); }
static inline bool spy_str_isascii(spy_str a) { return !a || a->size == a->length; }
static inline bool spy_str_to_bool(spy_str a) { return spy_text_size(a) != 0; }
static inline bool spy_str_eq(spy_str a, spy_str b) { return spy_text_eq(a, b); }
static inline bool spy_str_ne(spy_str a, spy_str b) { return !spy_text_eq(a, b); }
/* UTF-8 orders as its code points do. */
static inline bool spy_str_lt(spy_str a, spy_str b) { return spy_text_compare(a, b) < 0; }
static inline bool spy_str_le(spy_str a, spy_str b) { return spy_text_compare(a, b) <= 0; }
static inline bool spy_str_gt(spy_str a, spy_str b) { return spy_text_compare(a, b) > 0; }
static inline bool spy_str_ge(spy_str a, spy_str b) { return spy_text_compare(a, b) >= 0; }
static inline spy_str spy_str_add(spy_str a, spy_str b) { return spy_text_add(a, b); }
static inline bool spy_str_mul(spy_str a, int32_t n, spy_str *result) { return spy_text_mul(a, n, result); }
static inline int32_t spy_str_hash(spy_str a) { return spy_text_hash(a); }

/* The 128 texts of one ASCII character. */
extern spy_Text spy_ascii[128];

/* The byte offset of code point `index`, 0 <= index <= len. */
int32_t spy_str_offset(spy_str a, int32_t index);
spy_str spy_str_of_codepoint(uint32_t codepoint);
uint32_t spy_utf8_decode(const char *data, int32_t *size);
int32_t spy_utf8_encode(uint32_t codepoint, char *data);
/* Count the code points of valid UTF-8. */
int32_t spy_utf8_length(const char *data, int32_t size);
/* A str of valid UTF-8, copied. */
spy_str spy_str_from_utf8(const char *data, int32_t size);
/* A str of bytes that are meant to be UTF-8; raises UnicodeDecodeError. */
bool spy_str_decode(const char *data, int32_t size, spy_str *result);

#define spy_str_index_error() spy_raise("IndexError", "string index out of range")
bool spy_str_codepoint_wide(spy_str a, int32_t index, int32_t *result);

/* A negative index counts from the end. */
static inline bool spy_str_codepoint(spy_str a, int32_t index, int32_t *result) {
    int32_t length = spy_str_len(a);
    if (index < 0) index += length;
    if (SPY_UNLIKELY((uint32_t)index >= (uint32_t)length)) return spy_str_index_error();
    if (SPY_UNLIKELY(a->size != length)) return spy_str_codepoint_wide(a, index, result);
    *result = (uint8_t)a->data[index];
    return false;
}

static inline bool spy_str_getitem(spy_str a, int32_t index, spy_str *result) {
    int32_t codepoint;
    if (SPY_UNLIKELY(spy_str_codepoint(a, index, &codepoint))) return true;
    *result = codepoint < 128 ? &spy_ascii[codepoint] : spy_str_of_codepoint((uint32_t)codepoint);
    return false;
}

/* 0 <= start <= stop <= len */
spy_str spy_str_substr(spy_str a, int32_t start, int32_t stop);
bool spy_str_contains(spy_str a, spy_str part);
int32_t spy_str_find(spy_str a, spy_str part, int32_t start, int32_t end);
int32_t spy_str_rfind(spy_str a, spy_str part, int32_t start, int32_t end);
bool spy_str_ord(spy_str a, int32_t *result);
bool spy_str_chr(int32_t codepoint, spy_str *result);
spy_bytes spy_str_encode(spy_str a);
spy_str spy_str_repr(spy_str a);

/* From a caller in C: NULL and an exception if it is too long, or no UTF-8. */
spy_str spy_str_from_c(const char *data, size_t size);
spy_bytes spy_bytes_from_c(const char *data, size_t size);

/* UTF-8 to and from a buffer of `length` u8 items. */
bool spy_str_write(spy_str a, uint8_t *buffer, int32_t length, int32_t offset);
bool spy_str_read(const uint8_t *buffer, int32_t length, int32_t offset, int32_t size, spy_str *result);

#endif
