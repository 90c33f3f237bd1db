/* One third of the runtime: numbers, and their text. */
#define _GNU_SOURCE
#define SPY_USES_FLOATS
#define SPY_USES_MATH
#include "shortest.c"
#include "format.c"
#include "parse.c"
#include "numbers.c"
