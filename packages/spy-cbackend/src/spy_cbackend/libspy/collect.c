/* Marking: every word of the roots and of living objects that could be the address of an object keeps that object.
   Roots: the registers, the stack, the writable data of the program, texts and raw memory that C holds.
   The method is Boehm and Weiser's ("Garbage collection in an uncooperative environment", 1988). */
#define _GNU_SOURCE
#include <stdlib.h>

#include "heap.h"
#include "spy.h"

typedef struct {
    const uintptr_t *from, *to;
} Span;

static Span *waiting; /* objects marked, not yet looked into */
static size_t waiting_count, waiting_room;
static uintptr_t lowest, highest; /* no object lies outside */

static void look_later(const void *from, size_t size) {
    if (waiting_count == waiting_room) {
        waiting_room = waiting_room ? 2 * waiting_room : 4096;
        waiting = realloc(waiting, waiting_room * sizeof *waiting);
        if (!waiting) spy_fatal("MemoryError");
    }
    const uintptr_t *start = from;
    waiting[waiting_count++] = (Span){start, start + size / sizeof *start};
}

/* Look into a marked object, as far as its kind has pointers. */
static inline void look_into(const char *object, size_t size, uint8_t kind) {
    if (kind == SPY_OBJECTS) look_later(object, size);
    if (kind == SPY_TEXTS) look_later(object, size < sizeof(spy_Text) ? size : sizeof(spy_Text));
}

static inline void mark_large(Block *block, const char *object) {
    if (block->marks[0]) return;
    block->marks[0] = 1;
    look_into(object, block->bytes, block->kind);
}

static inline void mark(uintptr_t address) {
    Arena *arena = arena_of(address);
    if (!arena) return;
    if (arena->mapped > ARENA_SIZE) {
        const char *object = block_memory(arena, HEADER_BLOCKS);
        if ((const char *)address >= object) mark_large(&arena->blocks[0], object);
        return;
    }
    size_t number = block_number(arena, address);
    Block *block = &arena->blocks[number];
    switch (arena->states[number]) {
    case SMALL: {
        uint32_t i = (uint32_t)((address & (BLOCK_SIZE - 1)) * (uint64_t)block->inverse >> 32);
        uint64_t bit = (uint64_t)1 << (i % 64);
        if (i >= block->count || block->marks[i / 64] & bit) return;
        block->marks[i / 64] |= bit;
        look_into(block_memory(arena, number) + (size_t)i * block->size, block->size, block->kind);
        return;
    }
    case REST:
        if (number < HEADER_BLOCKS) return;
        number = block->head;
        block = &arena->blocks[number];
        mark_large(block, block_memory(arena, number));
        return;
    case LARGE: mark_large(block, block_memory(arena, number)); return;
    default: return;
    }
}

/* Addresses pass a short queue before they are marked: by then their memory has been fetched. */
#define QUEUE 16
static uintptr_t queue[QUEUE];
static size_t queue_at;

SPY_NO_SANITIZE static void mark_words(const uintptr_t *from, const uintptr_t *to) {
    const uintptr_t low = lowest, size = highest - lowest;
    for (; from < to; from++) {
        uintptr_t address = *from;
        if (address - low >= size) continue;
        __builtin_prefetch((const void *)address);
        uintptr_t oldest = queue[queue_at % QUEUE];
        queue[queue_at++ % QUEUE] = address;
        if (oldest) mark(oldest);
    }
}

static void mark_waiting(void) {
    do {
        while (waiting_count > 0) {
            Span span = waiting[--waiting_count];
            mark_words(span.from, span.to);
        }
        for (size_t i = 0; i < QUEUE; i++) {
            uintptr_t address = queue[i];
            queue[i] = 0;
            if (address) mark(address);
        }
    } while (waiting_count > 0);
}

void spy_mark_root(const void *from, size_t size) {
    const uintptr_t *start = (const uintptr_t *)(((uintptr_t)from + 7) & ~(uintptr_t)7);
    mark_words(start, (const uintptr_t *)(((uintptr_t)from + size) & ~(uintptr_t)7));
    mark_waiting();
}

static void forget_marks(void) {
    lowest = UINTPTR_MAX, highest = 0;
    for (Arena *arena = spy_arenas; arena; arena = arena->next) {
        uintptr_t start = (uintptr_t)arena, end = start + arena->mapped;
        if (start < lowest) lowest = start;
        if (end > highest) highest = end;
        if (arena->mapped > ARENA_SIZE) {
            arena->blocks[0].marks[0] = 0;
            continue;
        }
        for (size_t i = HEADER_BLOCKS; i < ARENA_BLOCKS; i++) {
            Block *block = &arena->blocks[i];
            if (arena->states[i] == SMALL) memset(block->marks, 0, (block->count + 63) / 64 * sizeof *block->marks);
            if (arena->states[i] == LARGE) block->marks[0] = 0;
        }
    }
}

/* --- roots ----------------------------------------------------------------------------------- */

#if defined(__linux__) && defined(__GLIBC__)
#include <link.h>
#include <pthread.h>

/* The writable data of the executable or library that this code is part of. */
static int mark_data(struct dl_phdr_info *module, size_t size, void *marker) {
    (void)size;
    bool is_ours = false;
    for (int i = 0; i < module->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &module->dlpi_phdr[i];
        uintptr_t start = module->dlpi_addr + part->p_vaddr;
        if (part->p_type == PT_LOAD && (uintptr_t)marker - start < part->p_memsz) is_ours = true;
    }
    if (!is_ours) return 0;
    for (int i = 0; i < module->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &module->dlpi_phdr[i];
        if (part->p_type != PT_LOAD || !(part->p_flags & PF_W)) continue;
        spy_mark_root((const void *)(module->dlpi_addr + part->p_vaddr), part->p_memsz);
    }
    return 1;
}

/* Where the stack of this thread begins: its highest address. */
static const char *stack_start(void) {
    static const char *start;
    static pthread_t owner;
    if (start && pthread_equal(owner, pthread_self())) return start;
    pthread_attr_t attributes;
    void *lowest_address;
    size_t size;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0) return NULL;
    bool is_known = pthread_attr_getstack(&attributes, &lowest_address, &size) == 0;
    pthread_attr_destroy(&attributes);
    if (!is_known) return NULL;
    owner = pthread_self();
    return start = (const char *)lowest_address + size;
}

SPY_NO_SANITIZE SPY_NOINLINE static void mark_stack(const char *start) {
    const char *here = __builtin_frame_address(0);
    spy_mark_root(here, (size_t)(start - here));
}

SPY_NOINLINE bool spy_mark_living(void) {
    const char *start = stack_start();
    if (!start) return false;
    forget_marks();
    __builtin_unwind_init(); /* writes all registers that a caller may use to the stack */
    mark_stack(start);
    dl_iterate_phdr(mark_data, &spy_arenas);
    spy_mark_held();
    return true;
}
#else
bool spy_mark_living(void) {
    (void)forget_marks, (void)spy_mark_held;
    return false;
}
#endif
