/* How collected memory is laid out; shared by heap.c, which hands it out, and collect.c, which takes it back.

       arena, 32 MB      | header: what each block holds | block | block | ...
       block, 32 KB      small objects of one size and one kind | a part of a large object | nothing

   An object of more than an arena has mapped memory of its own, with the same header in front.
   Addresses are found by their upper bits: `spy_units` knows for each 32 MB of them whether they are an arena. */
#ifndef SPY_HEAP_H
#define SPY_HEAP_H

#include "spy/memory.h"

#define ARENA_BITS 25
#define ARENA_SIZE ((size_t)1 << ARENA_BITS)
#define BLOCK_BITS 15
#define BLOCK_SIZE ((size_t)1 << BLOCK_BITS)
#define ARENA_BLOCKS (ARENA_SIZE / BLOCK_SIZE)
#define UNITS ((size_t)1 << (47 - ARENA_BITS))
#define LARGEST_SMALL 8192

enum BlockState { FREE, SMALL, LARGE, REST };

typedef struct Block {
    uint32_t count;        /* SMALL: objects; LARGE: blocks (bytes / BLOCK_SIZE, rounded up) */
    uint32_t inverse;      /* SMALL: (offset * inverse) >> 32 is the number of the object at an offset */
    uint32_t size;         /* SMALL: bytes of an object */
    uint32_t head;         /* REST: the number of the block where the object starts */
    uint8_t kind;          /* spy_Kind */
    uint8_t size_class;    /* SMALL */
    bool is_dirty;         /* its memory is not zero */
    uint32_t next_object;  /* SMALL, being swept: where to go on */
    struct Block *next;    /* SMALL, with free objects: the next such block of its class */
    size_t bytes;          /* LARGE: what was asked for */
    uint64_t marks[BLOCK_SIZE / SPY_ALIGNMENT / 64];
} Block;

typedef struct Arena {
    struct Arena *next;
    size_t mapped; /* bytes; more than ARENA_SIZE: one object fills it */
    size_t search; /* no block before this one is free */
    uint8_t states[ARENA_BLOCKS];
    Block blocks[ARENA_BLOCKS];
} Arena;

#define HEADER_BLOCKS ((sizeof(Arena) + BLOCK_SIZE - 1) / BLOCK_SIZE)

/* 0: not ours; 1: an arena starts here; n + 1: n units after the start of one. */
extern uint32_t *spy_units;
extern Arena *spy_arenas;

static inline size_t block_number(const Arena *arena, uintptr_t address) {
    return (address - (uintptr_t)arena) >> BLOCK_BITS;
}

static inline char *block_memory(const Arena *arena, size_t number) {
    return (char *)arena + number * BLOCK_SIZE;
}

/* The arena that an address lies in, or NULL. */
static inline Arena *arena_of(uintptr_t address) {
    size_t unit = address >> ARENA_BITS;
    if (unit >= UNITS || !spy_units || spy_units[unit] == 0) return NULL;
    return (Arena *)((unit - (spy_units[unit] - 1)) << ARENA_BITS);
}

/* Find what is alive and mark it. False: this system does not tell where to look, so nothing may be taken back. */
bool spy_mark_living(void);
/* Mark what the words between two addresses may point to. */
void spy_mark_root(const void *from, size_t size);
/* Roots that are neither in registers, nor on the stack, nor in the program's data. */
void spy_mark_held(void);

#endif
