/* Collected memory: blocks of objects of one size, handed out by moving a pointer through their free parts.
   A collection leaves marks; blocks are swept when memory is wanted from them, not before. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/mman.h>

#include "heap.h"
#include "spy.h"

/* A collection follows when this much was handed out since the last one: at least MINIMUM, else a part of what lives. */
#define MINIMUM ((size_t)8 << 20)
#define PART_OF_LIVING(bytes) ((bytes) / 4 * 3)

/* To find faults: collect all the time, and spoil what was taken back. */
#ifdef SPY_COLLECT_OFTEN
#undef MINIMUM
#define MINIMUM ((size_t)1 << 10)
#undef PART_OF_LIVING
#define PART_OF_LIVING(bytes) ((size_t)0)
#define LARGEST_ROOM 1
#define SPOIL(memory, size) memset(memory, 0xdb, size)
#else
#define LARGEST_ROOM UINT32_MAX
#define SPOIL(memory, size) ((void)0)
#endif

spy_Room spy_rooms[SPY_KINDS][SPY_SIZE_CLASSES];
uint32_t *spy_units;
Arena *spy_arenas;

static Block *unswept[SPY_KINDS][SPY_SIZE_CLASSES];
static size_t handed_out, next_collection = MINIMUM;
#ifdef SPY_COLLECT_NEVER
static bool is_stopped = true;
#else
static bool is_stopped;
#endif

/* Sizes above SPY_SMALL: as many to a block as the number says. */
static const uint8_t per_block[] = {48, 40, 32, 24, 20, 16, 12, 10, 8, 7, 6, 5, 4};
#define STEPS (SPY_SMALL / SPY_ALIGNMENT)
_Static_assert(SPY_SIZE_CLASSES == STEPS + 1 + sizeof per_block, "a room for every size");

static size_t size_of_class(size_t size_class) {
    if (size_class <= STEPS) return size_class ? size_class * SPY_ALIGNMENT : SPY_ALIGNMENT;
    return BLOCK_SIZE / per_block[size_class - STEPS - 1] & ~(size_t)(SPY_ALIGNMENT - 1);
}

static size_t class_of_size(size_t size) {
    if (size <= SPY_SMALL) return (size + SPY_ALIGNMENT - 1) / SPY_ALIGNMENT;
    size_t size_class = STEPS + 1;
    while (size_of_class(size_class) < size) size_class++;
    return size_class;
}

/* --- arenas ---------------------------------------------------------------------------------- */

static void *map(size_t size) {
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

/* Memory of whole units that starts at one. */
static Arena *map_arena(size_t size) {
    if (!spy_units) spy_units = map(UNITS * sizeof *spy_units);
    char *memory = size < SIZE_MAX - 2 * ARENA_SIZE ? map(size + ARENA_SIZE) : NULL;
    if (!memory || !spy_units) spy_fatal("MemoryError");
    char *start = (char *)(((uintptr_t)memory + ARENA_SIZE - 1) & ~(uintptr_t)(ARENA_SIZE - 1));
    if (start > memory) munmap(memory, (size_t)(start - memory));
    size_t after = (size_t)(memory + ARENA_SIZE - start);
    if (after) munmap(start + size, after);
    size_t unit = (uintptr_t)start >> ARENA_BITS, count = size >> ARENA_BITS;
    if (unit + count > UNITS) spy_fatal("MemoryError");
    for (size_t i = 0; i < count; i++) spy_units[unit + i] = (uint32_t)i + 1;
    Arena *arena = (Arena *)start;
    arena->mapped = size;
    arena->next = spy_arenas;
    spy_arenas = arena;
    return arena;
}

static void unmap_arena(Arena *arena) {
    size_t unit = (uintptr_t)arena >> ARENA_BITS, count = arena->mapped >> ARENA_BITS;
    for (size_t i = 0; i < count; i++) spy_units[unit + i] = 0;
    munmap(arena, arena->mapped);
}

static Arena *new_arena(void) {
    Arena *arena = map_arena(ARENA_SIZE);
    memset(arena->states, REST, HEADER_BLOCKS);
    arena->search = HEADER_BLOCKS;
    return arena;
}

/* `count` free blocks in a row: their arena, and in *number the first one. */
static Arena *find_blocks(size_t count, size_t *number) {
    for (Arena *arena = spy_arenas; arena; arena = arena->next) {
        if (arena->mapped > ARENA_SIZE) continue;
        while (arena->search < ARENA_BLOCKS && arena->states[arena->search] != FREE) arena->search++;
        size_t run = 0;
        for (size_t i = arena->search; i < ARENA_BLOCKS; i++) {
            run = arena->states[i] == FREE ? run + 1 : 0;
            if (run < count) continue;
            *number = i + 1 - count;
            return arena;
        }
    }
    *number = HEADER_BLOCKS;
    return new_arena();
}

/* --- small objects --------------------------------------------------------------------------- */

static Block *take_block(size_t kind, size_t size_class) {
    size_t number;
    Arena *arena = find_blocks(1, &number);
    Block *block = &arena->blocks[number];
    arena->states[number] = SMALL;
    block->kind = (uint8_t)kind;
    block->size_class = (uint8_t)size_class;
    block->size = (uint32_t)size_of_class(size_class);
    block->count = (uint32_t)(BLOCK_SIZE / block->size);
    block->inverse = (uint32_t)((((uint64_t)1 << 32) + block->size - 1) / block->size);
    block->next_object = 0;
    memset(block->marks, 0, sizeof block->marks);
    return block;
}

static inline bool is_marked(const Block *block, uint32_t i) { return block->marks[i / 64] >> (i % 64) & 1; }

static char *memory_of(const Block *block) {
    const Arena *arena = (const Arena *)((uintptr_t)block & ~(uintptr_t)(ARENA_SIZE - 1));
    return block_memory(arena, (size_t)(block - arena->blocks));
}

/* Make the next free part of `block` the room of its class; false: there is none. */
static bool open_room(Block *block, spy_Room *room) {
    uint32_t first = block->next_object, end;
    while (first < block->count && is_marked(block, first)) first++;
    if (first == block->count) return false;
    for (end = first + 1; end < block->count && end - first < LARGEST_ROOM && !is_marked(block, end);) end++;
    block->next_object = end;
    room->next = memory_of(block) + (size_t)first * block->size;
    room->end = room->next + (size_t)(end - first) * block->size;
    if (block->is_dirty) memset(room->next, 0, (size_t)(room->end - room->next));
    handed_out += (size_t)(room->end - room->next);
    return true;
}

static void make_room(size_t kind, size_t size_class) {
    if (handed_out >= next_collection) spy_collect();
    Block **blocks = &unswept[kind][size_class];
    for (; *blocks; *blocks = (*blocks)->next) {
        if (open_room(*blocks, &spy_rooms[kind][size_class])) return;
    }
    Block *block = take_block(kind, size_class);
    open_room(block, &spy_rooms[kind][size_class]);
    block->is_dirty = true;
    block->next = *blocks;
    *blocks = block;
}

/* --- large objects --------------------------------------------------------------------------- */

static void *alloc_huge(size_t size, size_t kind) {
    size_t first = HEADER_BLOCKS * BLOCK_SIZE;
    if (size > (size_t)1 << 46) spy_fatal("MemoryError");
    Arena *arena = map_arena((size + first + ARENA_SIZE - 1) & ~(ARENA_SIZE - 1));
    arena->blocks[0] = (Block){.kind = (uint8_t)kind, .bytes = size};
    return (char *)arena + first;
}

static void *alloc_large(size_t size, size_t kind) {
    if (handed_out + size >= next_collection && handed_out) spy_collect();
    handed_out += size;
    size_t count = (size + BLOCK_SIZE - 1) >> BLOCK_BITS;
    if (count > ARENA_BLOCKS / 2) return alloc_huge(size, kind);
    size_t number;
    Arena *arena = find_blocks(count, &number);
    Block *block = &arena->blocks[number];
    for (size_t i = 1; i < count; i++) {
        arena->states[number + i] = REST;
        arena->blocks[number + i].head = (uint32_t)number;
    }
    arena->states[number] = LARGE;
    block->kind = (uint8_t)kind;
    block->count = (uint32_t)count;
    block->bytes = size;
    block->marks[0] = 0;
    char *memory = block_memory(arena, number);
    for (size_t i = 0; i < count; i++) {
        size_t part = size - i * BLOCK_SIZE < BLOCK_SIZE ? size - i * BLOCK_SIZE : BLOCK_SIZE;
        if (arena->blocks[number + i].is_dirty) memset(memory + i * BLOCK_SIZE, 0, part);
        arena->blocks[number + i].is_dirty = true;
    }
    return memory;
}

void *spy_alloc(size_t size, spy_Kind kind) {
    if (size > LARGEST_SMALL) return alloc_large(size, kind);
    size_t size_class = class_of_size(size), bytes = size_of_class(size_class);
    spy_Room *room = &spy_rooms[kind][size_class];
    if (SPY_UNLIKELY(bytes > (size_t)(room->end - room->next))) make_room(kind, size_class);
    char *object = room->next;
    room->next = object + bytes;
    return object;
}

/* --- after marking --------------------------------------------------------------------------- */

/* Give long free parts back to the system, which also makes them zero again. */
static void give_back(Arena *arena, size_t first, size_t count) {
    if (count < 8 || madvise(block_memory(arena, first), count * BLOCK_SIZE, MADV_DONTNEED) != 0) return;
    for (size_t i = 0; i < count; i++) arena->blocks[first + i].is_dirty = false;
}

static size_t living_objects(const Block *block) {
    size_t living = 0;
    for (size_t i = 0; i < (block->count + 63) / 64; i++) living += (size_t)__builtin_popcountll(block->marks[i]);
    return living;
}

/* Return the bytes alive in `arena`; blocks without any are free again. */
static size_t sort_blocks(Arena *arena) {
    size_t bytes = 0;
    for (size_t i = HEADER_BLOCKS; i < ARENA_BLOCKS; i++) {
        Block *block = &arena->blocks[i];
        if (arena->states[i] == SMALL) {
            size_t living = living_objects(block);
            for (uint32_t n = 0; n < block->count; n++) {
                if (!is_marked(block, n)) SPOIL(block_memory(arena, i) + (size_t)n * block->size, block->size);
            }
            bytes += living * block->size;
            if (living == 0) {
                arena->states[i] = FREE;
            } else if (living < block->count) {
                block->next_object = 0;
                block->next = unswept[block->kind][block->size_class];
                unswept[block->kind][block->size_class] = block;
            }
        } else if (arena->states[i] == LARGE) {
            if (block->marks[0]) {
                bytes += block->bytes;
            } else {
                memset(arena->states + i, FREE, block->count);
                SPOIL(block_memory(arena, i), block->count * BLOCK_SIZE);
                give_back(arena, i, block->count);
            }
        }
    }
    arena->search = HEADER_BLOCKS;
    return bytes;
}

void spy_collect(void) {
    handed_out = 0;
    if (is_stopped || !spy_mark_living()) return;
    memset(spy_rooms, 0, sizeof spy_rooms);
    memset(unswept, 0, sizeof unswept);
    size_t living = 0;
    for (Arena **link = &spy_arenas; *link;) {
        Arena *arena = *link;
        if (arena->mapped == ARENA_SIZE) {
            living += sort_blocks(arena);
        } else if (arena->blocks[0].marks[0]) {
            living += arena->blocks[0].bytes;
        } else {
            *link = arena->next;
            unmap_arena(arena);
            continue;
        }
        link = &arena->next;
    }
    next_collection = PART_OF_LIVING(living) > MINIMUM ? PART_OF_LIVING(living) : MINIMUM;
}

void spy_stop_collecting(void) { is_stopped = true; }
