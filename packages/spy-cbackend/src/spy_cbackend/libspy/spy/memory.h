/* Memory: gc memory comes zeroed from a collected heap, raw memory is malloc's. */
#ifndef SPY_MEMORY_H
#define SPY_MEMORY_H

#include "spy/base.h"
#include "spy/error.h"

#define SPY_ALIGNMENT 16
#define SPY_SMALL 512
#define SPY_SIZE_CLASSES 46

/* What an object may point to: anything, nothing, or (a text with its bytes behind it) only from its head. */
typedef enum { SPY_OBJECTS, SPY_PLAIN, SPY_TEXTS, SPY_KINDS } spy_Kind;

/* Where the next objects of a size and a kind go: zeroed memory. */
typedef struct {
    char *next;
    char *end;
} spy_Room;

extern spy_Room spy_rooms[SPY_KINDS][SPY_SIZE_CLASSES];

void *spy_alloc(size_t size, spy_Kind kind);
/* Take back what nothing points to any more. */
SPY_COLD void spy_collect(void);
/* From now on only hand out: the program is ending on another stack. */
void spy_stop_collecting(void);

static SPY_ALWAYS_INLINE void *spy_gc_alloc_kind(size_t size, spy_Kind kind) {
    if (!__builtin_constant_p(size) || size > SPY_SMALL) return spy_alloc(size, kind);
    size_t bytes = (size + (SPY_ALIGNMENT - 1)) & ~(size_t)(SPY_ALIGNMENT - 1);
    spy_Room *room = &spy_rooms[kind][bytes / SPY_ALIGNMENT];
    char *object = room->next;
    if (SPY_UNLIKELY(bytes == 0 || object == room->end)) return spy_alloc(size, kind);
    room->next = object + bytes;
    return object;
}

static SPY_ALWAYS_INLINE void *spy_gc_alloc(size_t size) { return spy_gc_alloc_kind(size, SPY_OBJECTS); }
static SPY_ALWAYS_INLINE void *spy_gc_alloc_plain(size_t size) { return spy_gc_alloc_kind(size, SPY_PLAIN); }

/* `count` zeroed items; a negative count raises ValueError. */
static inline bool spy_gc_alloc_items(int32_t count, size_t item_size, void **result) {
    if (SPY_UNLIKELY(count < 0)) return spy_raise("ValueError", "negative allocation count");
    *result = spy_alloc((size_t)count * item_size, SPY_OBJECTS);
    return false;
}

/* The same for items without pointers. */
static inline bool spy_gc_alloc_plain_items(int32_t count, size_t item_size, void **result) {
    if (SPY_UNLIKELY(count < 0)) return spy_raise("ValueError", "negative allocation count");
    *result = spy_alloc((size_t)count * item_size, SPY_PLAIN);
    return false;
}

void *spy_raw_alloc(size_t size);
/* Raw memory whose items may point to collected objects. */
void *spy_raw_alloc_pointers(size_t size);
void spy_raw_free(void *block);

/* A text that the caller of a library holds, and the end of all these. */
void spy_hold_text(const struct spy_Text *text);
void spy_release_texts(void);

static inline bool spy_raw_alloc_items(int32_t count, size_t item_size, void **result) {
    if (SPY_UNLIKELY(count < 0)) return spy_raise("ValueError", "negative allocation count");
    *result = spy_raw_alloc((size_t)count * item_size);
    return false;
}

static inline bool spy_raw_alloc_pointers_items(int32_t count, size_t item_size, void **result) {
    if (SPY_UNLIKELY(count < 0)) return spy_raise("ValueError", "negative allocation count");
    *result = spy_raw_alloc_pointers((size_t)count * item_size);
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
