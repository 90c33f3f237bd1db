/* The whole runtime as one unit. */
#define _GNU_SOURCE
#include "error.c"
#include "memory.c"
#include "text.c"
#include "unicode.c"
#include "tables.c"
#include "str.c"
#include "shortest.c"
#include "format.c"
#include "parse.c"
#include "numbers.c"
#include "posix.c"
#include "system.c"
