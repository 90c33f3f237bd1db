/* One third of the runtime: exceptions, files, the process. */
#define _GNU_SOURCE
#define SPY_USES_DYNAMIC
#include "error.c"
#include "generator.c"
#include "dynamic.c"
#include "posix.c"
#include "system.c"
