/* Objects of classes: a header with the number of the class, then the fields. */
#ifndef SPY_OBJECT_H
#define SPY_OBJECT_H

#include "spy/memory.h"

typedef struct {
    int32_t cls;
} spy_Object;

static SPY_ALWAYS_INLINE void *spy_new(size_t size, int32_t cls) {
    spy_Object *object = spy_gc_alloc(size);
    object->cls = cls;
    return object;
}

/* The same for a class whose fields are no pointers. */
static SPY_ALWAYS_INLINE void *spy_new_plain(size_t size, int32_t cls) {
    spy_Object *object = spy_gc_alloc_plain(size);
    object->cls = cls;
    return object;
}

static inline int32_t spy_class_of(const void *object) { return ((const spy_Object *)object)->cls; }

/* Checks that generated code makes; true: an exception was raised. */
static inline bool spy_check_field(bool is_set, const char *cls, const char *field) {
    if (SPY_LIKELY(is_set)) return false;
    return spy_raise_format("AttributeError", "'%s' object has no attribute '%s'", cls, field);
}

static inline bool spy_check_class(bool fits, const char *expected, const char *cls) {
    if (SPY_LIKELY(fits)) return false;
    return spy_raise_format("TypeError", "Invalid cast. Expected `%s`, got `%s`", expected, cls);
}

#endif
