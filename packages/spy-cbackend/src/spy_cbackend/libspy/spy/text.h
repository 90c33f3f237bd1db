/* What str and bytes share: an immutable run of bytes. NULL is the empty text, so that zeroed memory means "". */
#ifndef SPY_TEXT_H
#define SPY_TEXT_H

#include "spy/base.h"
#include "spy/memory.h"

/* `length` counts code points in a str and equals `size` in bytes; equal counts mean ASCII in a str. */
typedef struct spy_Text {
    int32_t refcount; /* reserved; negative: static */
    int32_t size;
    int32_t length;
    int32_t hash; /* valid with SPY_HASHED */
    uint32_t flags;
    const char *data;
    uint32_t *index; /* byte offset of every 64th code point, or NULL; see str.c */
} spy_Text;

typedef spy_Text *spy_str;
typedef spy_Text *spy_bytes;

enum { SPY_HASHED = 1, SPY_JOINED = 2 };

/* Literals: static data, hash included. */
#define SPY_TEXT(text_data, text_size, text_length, text_hash)                                               \
    { .refcount = -1, .size = text_size, .length = text_length, .hash = text_hash, .flags = SPY_HASHED,      \
      .data = text_data }

static inline int32_t spy_text_size(const spy_Text *text) { return text ? text->size : 0; }
static inline const char *spy_text_data(const spy_Text *text) { return text ? text->data : ""; }

/* A text that refers to `data`, which must stay; `length` code points. */
spy_Text *spy_text_of(const char *data, int32_t size, int32_t length);
/* A text with room for `size` bytes that the caller fills through *data at once. */
spy_Text *spy_text_new(int32_t size, int32_t length, char **data);
spy_Text *spy_text_copy(const char *data, int32_t size, int32_t length);
spy_Text *spy_text_add(spy_Text *left, spy_Text *right);
bool spy_text_mul(spy_Text *text, int32_t count, spy_Text **result);
int32_t spy_text_compare(const spy_Text *left, const spy_Text *right);
int32_t spy_text_hash(spy_Text *text);
uint32_t spy_crc32(const char *data, size_t size);
/* The byte offset of `part` in `text`, first or last, between two byte offsets; -1 if it is not there. */
int32_t spy_text_find(const spy_Text *text, const spy_Text *part, int32_t start, int32_t end);
int32_t spy_text_rfind(const spy_Text *text, const spy_Text *part, int32_t start, int32_t end);
/* NUL-terminated, for C; in gc memory. */
const char *spy_text_c(const spy_Text *text);

static inline bool spy_text_eq(const spy_Text *left, const spy_Text *right) {
    if (left == right) return true;
    int32_t size = spy_text_size(left);
    if (size != spy_text_size(right)) return false;
    return size == 0 || memcmp(left->data, right->data, (size_t)size) == 0;
}

#endif
