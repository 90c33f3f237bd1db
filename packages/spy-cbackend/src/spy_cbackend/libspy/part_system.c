/* One third of the runtime: exceptions, files, the process. */
#define _GNU_SOURCE
#include "error.c"
#include "posix.c"
#include "system.c"
