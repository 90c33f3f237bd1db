/* The bump allocator. Chunks come zeroed from the system; nothing is given back. */
#include <stdlib.h>

#include "spy.h"

#define FIRST_CHUNK ((size_t)256 << 10)
#define LARGEST_CHUNK ((size_t)32 << 20)

spy_Heap spy_heap;
static size_t chunk_size = FIRST_CHUNK;

void *spy_heap_grow(size_t size) {
    /* A large block gets its own chunk, so that the rest of the current one is not lost. */
    bool own_chunk = size > chunk_size / 4;
    size_t room = own_chunk ? size : chunk_size;
    char *chunk = calloc(room ? room : 1, 1);
    if (!chunk) spy_fatal("MemoryError");
    if (own_chunk) return chunk;
    spy_heap.next = chunk + size;
    spy_heap.end = chunk + room;
    if (chunk_size < LARGEST_CHUNK) chunk_size *= 2;
    return chunk;
}

void *spy_raw_alloc(size_t size) {
    void *block = calloc(size ? size : 1, 1);
    if (!block) spy_fatal("MemoryError");
    return block;
}

void spy_raw_free(void *block) { free(block); }

void spy_set_pointer_error(const char *what, const void *pointer, int32_t index, int32_t length) {
    if (!pointer) {
        spy_set_error("PanicError", "cannot dereference NULL pointer");
    } else {
        spy_set_error_format("PanicError", "%s out of bounds: index %d, length %d", what, (int)index, (int)length);
    }
}

void spy_set_range_error(const char *what, const void *pointer, int32_t count) {
    if (!pointer && count > 0) {
        spy_set_error("PanicError", "cannot dereference NULL pointer");
    } else {
        spy_set_error_format("PanicError", "%s out of bounds", what);
    }
}

bool spy_check_overlap(const void *target, const void *source, size_t size) {
    uintptr_t a = (uintptr_t)target, b = (uintptr_t)source;
    if (size == 0 || (a < b ? b - a : a - b) >= size) return false;
    return spy_raise("PanicError", "ptr_copy regions overlap");
}
