/* One third of the runtime: memory and text. */
#define _GNU_SOURCE
#include "memory.c"
#include "heap.c"
#include "collect.c"
#include "text.c"
#include "unicode.c"
#include "str.c"
#include "tables.c"
