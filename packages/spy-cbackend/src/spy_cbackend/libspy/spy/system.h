/* Start, exit, standard streams, and the builtin modules __spy__, sys, time, posix and input. */
#ifndef SPY_SYSTEM_H
#define SPY_SYSTEM_H

#include "spy/base.h"
#include "spy/error.h"
#include "spy/text.h"

/* A recursive function, and the place where it calls on. */
typedef struct {
    const char *function;
    const spy_Place *place;
} spy_Recursion;

void spy_start(int argc, char **argv, const spy_Recursion *recursions, int32_t recursion_count);
/* Flush the output; returns the exit code. */
int spy_finish(int code);

void spy_stdout_write(const char *data, size_t size);
void spy_stdout_flush(void);
void spy_stderr_write(const char *data, size_t size);

static inline bool spy___spy__$is_compiled(void) { return true; }
void spy___spy__$_stdout_write(spy_str text);
void spy___spy__$_stderr_write(spy_str text);
void spy___spy__$_stdout_flush(void);

bool spy_sys$exit(int32_t code);
int32_t spy_sys$_argc(void);
bool spy_sys$_argv(int32_t index, spy_str *result);

double spy_time$time(void);
bool spy_time$sleep(double seconds);
double spy_time$perf_counter(void);
double spy_time$monotonic(void);

bool spy_posix$_open(spy_str path, spy_str mode, int32_t *result);
bool spy_posix$_read(int32_t handle, int32_t count, spy_str *result);
bool spy_posix$_readline(int32_t handle, spy_str *result);
bool spy_posix$_write(int32_t handle, spy_str text, int32_t *result);
bool spy_posix$_flush(int32_t handle);
bool spy_posix$_close(int32_t handle);
bool spy_posix$_fileno(int32_t handle, int32_t *result);
bool spy_posix$_seek(int32_t handle, int32_t offset, int32_t whence);
bool spy_posix$_tell(int32_t handle, int32_t *result);
bool spy_posix$_isatty(int32_t handle);
spy_str spy_posix$_getenv(spy_str name);
bool spy_posix$_hasenv(spy_str name);
bool spy_posix$_getcwd(spy_str *result);
bool spy_posix$_remove(spy_str path);
bool spy_posix$_exists(spy_str path);
int32_t spy_posix$_columns(void);
int32_t spy_posix$_lines(void);

bool spy_input$_readline(spy_str *result);

#endif
