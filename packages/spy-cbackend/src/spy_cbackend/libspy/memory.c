/* Memory that the collector does not take back by itself, and the checks of pointers. */
#include <stdlib.h>

#include "heap.h"
#include "spy.h"

void *spy_raw_alloc(size_t size) {
    void *block = calloc(size ? size : 1, 1);
    if (!block) spy_fatal("MemoryError");
    return block;
}

/* A list of objects that stay. */
typedef struct {
    void **objects;
    size_t count, room;
} Held;

static Held pinned, texts;

static void hold(Held *held, void *object) {
    if (held->count == held->room) {
        held->room = held->room ? 2 * held->room : 64;
        held->objects = realloc(held->objects, held->room * sizeof *held->objects);
        if (!held->objects) spy_fatal("MemoryError");
    }
    held->objects[held->count++] = object;
}

static void mark_held(const Held *held) {
    if (held->count) spy_mark_root(held->objects, held->count * sizeof *held->objects);
}

void spy_mark_held(void) {
    mark_held(&pinned);
    mark_held(&texts);
}

/* Raw memory with pointers in it is an object that stays until it is freed; before it stands its place in the list. */
typedef union {
    size_t place;
    char alignment[SPY_ALIGNMENT];
} Pin;

void *spy_raw_alloc_pointers(size_t size) {
    Pin *pin = spy_alloc(sizeof *pin + size, SPY_OBJECTS);
    pin->place = pinned.count;
    hold(&pinned, pin);
    return pin + 1;
}

void spy_raw_free(void *block) {
    if (!arena_of((uintptr_t)block)) {
        free(block);
        return;
    }
    size_t place = ((Pin *)block - 1)->place;
    Pin *last = pinned.objects[--pinned.count];
    pinned.objects[place] = last;
    last->place = place;
}

void spy_hold_text(const spy_Text *text) { hold(&texts, (void *)text); }
void spy_release_texts(void) { texts.count = 0; }

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
