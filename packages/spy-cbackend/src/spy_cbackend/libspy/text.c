/* What str and bytes share: building, comparing, hashing, searching. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "spy.h"

spy_Text *spy_text_of(const char *data, int32_t size, int32_t length) {
    spy_Text *text = spy_gc_alloc(sizeof *text);
    text->size = size;
    text->length = length;
    text->data = data;
    return text;
}

spy_Text *spy_text_new(int32_t size, int32_t length, char **data) {
    if (size < 0) spy_fatal("MemoryError");
    spy_Text *text = spy_alloc(sizeof *text + (size_t)size, SPY_TEXTS);
    *data = (char *)(text + 1);
    text->size = size;
    text->length = length;
    text->data = *data;
    return text;
}

spy_Text *spy_text_copy(const char *data, int32_t size, int32_t length) {
    if (size == 0) return NULL;
    char *room;
    spy_Text *text = spy_text_new(size, length, &room);
    memcpy(room, data, (size_t)size);
    return text;
}

/* Room after the text that was joined last: `s += part` in a loop extends it in place, since nobody else sees the room. */
static char *tail_next, *tail_end;

static bool extend_in_place(spy_Text *left, spy_Text *right) {
    if (left->data + left->size != tail_next || !tail_next || right->size > tail_end - tail_next) return false;
    memcpy(tail_next, right->data, (size_t)right->size);
    tail_next += right->size;
    return true;
}

spy_Text *spy_text_add(spy_Text *left, spy_Text *right) {
    if (spy_text_size(left) == 0) return right;
    if (spy_text_size(right) == 0) return left;
    int64_t size = (int64_t)left->size + right->size;
    if (size > INT32_MAX) spy_fatal("MemoryError");
    int32_t length = left->length + right->length;
    spy_Text *joined;
    if (extend_in_place(left, right)) {
        joined = spy_text_of(left->data, (int32_t)size, length);
    } else if ((left->flags & SPY_JOINED) && size >= 64) {
        /* The second join of one text: a loop is likely, so leave room. */
        char *data = spy_gc_alloc_plain((size_t)size * 2);
        memcpy(data, left->data, (size_t)left->size);
        memcpy(data + left->size, right->data, (size_t)right->size);
        tail_next = data + size;
        tail_end = data + size * 2;
        joined = spy_text_of(data, (int32_t)size, length);
    } else {
        char *data;
        joined = spy_text_new((int32_t)size, length, &data);
        memcpy(data, left->data, (size_t)left->size);
        memcpy(data + left->size, right->data, (size_t)right->size);
    }
    joined->flags = SPY_JOINED;
    return joined;
}

bool spy_text_mul(spy_Text *text, int32_t count, spy_Text **result) {
    int32_t size = spy_text_size(text);
    *result = NULL;
    if (size == 0 || count <= 0) return false;
    if ((int64_t)size * count > INT32_MAX) return spy_raise("MemoryError", "");
    char *data;
    *result = spy_text_new(size * count, text->length * count, &data);
    if (size == 1) {
        memset(data, text->data[0], (size_t)count);
        return false;
    }
    for (int32_t i = 0; i < count; i++) memcpy(data + (size_t)i * (size_t)size, text->data, (size_t)size);
    return false;
}

int32_t spy_text_compare(const spy_Text *left, const spy_Text *right) {
    int32_t left_size = spy_text_size(left), right_size = spy_text_size(right);
    int32_t shared = left_size < right_size ? left_size : right_size;
    int order = shared ? memcmp(left->data, right->data, (size_t)shared) : 0;
    if (order != 0) return order < 0 ? -1 : 1;
    return (left_size > right_size) - (left_size < right_size);
}

int32_t spy_text_hash(spy_Text *text) {
    if (!text) return 0;
    if (!(text->flags & SPY_HASHED)) {
        text->hash = (int32_t)spy_crc32(text->data, (size_t)text->size);
        text->flags |= SPY_HASHED;
    }
    return text->hash;
}

int32_t spy_text_find(const spy_Text *text, const spy_Text *part, int32_t start, int32_t end) {
    int32_t size = spy_text_size(part);
    if (size > end - start) return -1;
    if (size == 0) return start;
    const char *found = size == 1 ? memchr(text->data + start, part->data[0], (size_t)(end - start))
                                  : memmem(text->data + start, (size_t)(end - start), part->data, (size_t)size);
    return found ? (int32_t)(found - text->data) : -1;
}

int32_t spy_text_rfind(const spy_Text *text, const spy_Text *part, int32_t start, int32_t end) {
    int32_t size = spy_text_size(part);
    if (size == 0) return start <= end ? end : -1;
    for (int32_t at = end - size; at >= start; at--) {
        if (text->data[at] == part->data[0] && memcmp(text->data + at, part->data, (size_t)size) == 0) return at;
    }
    return -1;
}

const char *spy_text_c(const spy_Text *text) {
    int32_t size = spy_text_size(text);
    char *copy = spy_gc_alloc_plain((size_t)size + 1);
    if (size) memcpy(copy, text->data, (size_t)size);
    copy[size] = 0;
    return copy;
}
