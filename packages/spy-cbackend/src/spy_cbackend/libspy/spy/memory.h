/* Memory: gc memory comes zeroed from a bump allocator and is never freed; raw memory is malloc's. */
#ifndef SPY_MEMORY_H
#define SPY_MEMORY_H

#include "spy/base.h"
#include "spy/error.h"

#define SPY_ALIGNMENT 16

typedef struct {
    char *next;
    char *end;
} spy_Heap;

extern spy_Heap spy_heap;

SPY_COLD void *spy_heap_grow(size_t size);

static inline void *spy_gc_alloc(size_t size) {
    size = (size + (SPY_ALIGNMENT - 1)) & ~(size_t)(SPY_ALIGNMENT - 1);
    char *block = spy_heap.next;
    if (SPY_UNLIKELY(size > (size_t)(spy_heap.end - block))) return spy_heap_grow(size);
    spy_heap.next = block + size;
    return block;
}

/* `count` zeroed items; a negative count raises ValueError. */
static inline bool spy_gc_alloc_items(int32_t count, size_t item_size, void **result) {
    if (SPY_UNLIKELY(count < 0)) return spy_raise("ValueError", "negative allocation count");
    *result = spy_gc_alloc((size_t)count * item_size);
    return false;
}

void *spy_raw_alloc(size_t size);
void spy_raw_free(void *block);

static inline bool spy_raw_alloc_items(int32_t count, size_t item_size, void **result) {
    if (SPY_UNLIKELY(count < 0)) return spy_raise("ValueError", "negative allocation count");
    *result = spy_raw_alloc((size_t)count * item_size);
    return false;
}

/* Checks of debug builds, where a pointer knows how many items follow it; true: an exception was raised. */
SPY_COLD void spy_set_pointer_error(const char *what, const void *pointer, int32_t index, int32_t length);

static inline bool spy_check_pointer(const char *what, const void *pointer, int32_t index, int32_t length) {
    if (SPY_LIKELY((uint32_t)index < (uint32_t)length && pointer)) return false;
    return spy_set_pointer_error(what, pointer, index, length), true;
}

/* A pointer may be moved to the end of its block, not beyond. */
static inline bool spy_check_offset(const void *pointer, int32_t offset, int32_t length) {
    if (SPY_LIKELY((uint32_t)offset <= (uint32_t)length)) return false;
    return spy_set_pointer_error("ptr_getitem", pointer, offset, length), true;
}

/* `count` items from a pointer with `length` items. */
SPY_COLD void spy_set_range_error(const char *what, const void *pointer, int32_t count);

static inline bool spy_check_range(const char *what, const void *pointer, int32_t count, int32_t length) {
    if (SPY_LIKELY((uint32_t)count <= (uint32_t)length && (pointer || count == 0))) return false;
    return spy_set_range_error(what, pointer, count), true;
}

/* Refuse to copy between regions that overlap. */
bool spy_check_overlap(const void *target, const void *source, size_t size);

static inline void spy_copy(void *target, const void *source, int32_t count, size_t item_size) {
    if (count > 0) memcpy(target, source, (size_t)count * item_size);
}

static inline void spy_move(void *target, const void *source, int32_t count, size_t item_size) {
    if (count > 0) memmove(target, source, (size_t)count * item_size);
}

static inline void spy_setbytes(void *target, uint8_t value, int32_t count, size_t item_size) {
    if (count > 0) memset(target, value, (size_t)count * item_size);
}

static inline int32_t spy_compare(const void *left, const void *right, int32_t count, size_t item_size) {
    int order = count > 0 ? memcmp(left, right, (size_t)count * item_size) : 0;
    return (order > 0) - (order < 0);
}

#endif
