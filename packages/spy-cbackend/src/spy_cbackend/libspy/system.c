/* Start and exit, standard streams, and the builtin modules __spy__, sys and time. */
#define _GNU_SOURCE
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include "spy.h"

static int argument_count;
static char **arguments;

static char output[1 << 16];
static size_t output_size;
static bool output_is_tty;

static void write_all(int descriptor, const char *data, size_t size) {
    while (size > 0) {
        ssize_t written = write(descriptor, data, size);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return;
        data += written;
        size -= (size_t)written;
    }
}

void spy_stdout_flush(void) {
    size_t size = output_size;
    output_size = 0;
    write_all(1, output, size);
}

void spy_stdout_write(const char *data, size_t size) {
    if (size > sizeof output - output_size) spy_stdout_flush();
    if (size > sizeof output) {
        write_all(1, data, size);
        return;
    }
    memcpy(output + output_size, data, size);
    output_size += size;
    if (output_is_tty && size && memchr(data, '\n', size)) spy_stdout_flush();
}

void spy_stderr_write(const char *data, size_t size) { write_all(2, data, size); }

void spy___spy__$_stdout_write(spy_str text) { spy_stdout_write(spy_text_data(text), (size_t)spy_text_size(text)); }

void spy___spy__$_stderr_write(spy_str text) {
    spy_stdout_flush();
    spy_stderr_write(spy_text_data(text), (size_t)spy_text_size(text));
}

void spy___spy__$_stdout_flush(void) { spy_stdout_flush(); }

/* --- stack overflow -------------------------------------------------------------------------- */

static uintptr_t stack_pointer(const ucontext_t *context) {
#if defined(__linux__) && defined(__x86_64__)
    return (uintptr_t)context->uc_mcontext.gregs[REG_RSP];
#elif defined(__linux__) && defined(__aarch64__)
    return (uintptr_t)context->uc_mcontext.sp;
#else
    (void)context;
    return 0;
#endif
}

/* A fault next to the stack pointer is the guard page; any other is not ours to explain. */
static void on_fault(int number, siginfo_t *info, void *context) {
    uintptr_t at = (uintptr_t)info->si_addr, stack = stack_pointer(context);
    const uintptr_t near = 1 << 20;
    if (stack == 0 || (at + near > stack && at < stack + near)) {
        static const char text[] = "RecursionError: maximum recursion depth exceeded\n";
        spy_stdout_flush();
        write_all(2, text, sizeof text - 1);
        _Exit(1);
    }
    signal(number, SIG_DFL);
}

static void catch_stack_overflow(void) {
    static char spare_stack[1 << 16];
    stack_t stack = {.ss_sp = spare_stack, .ss_size = sizeof spare_stack};
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    if (sigaltstack(&stack, NULL) != 0) return;
    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGBUS, &action, NULL);
}

void spy_start(int argc, char **argv) {
    argument_count = argc;
    arguments = argv;
    output_is_tty = isatty(1);
    catch_stack_overflow();
}

int spy_finish(int code) {
    spy_stdout_flush();
    return code & 255;
}

/* --- sys ------------------------------------------------------------------------------------- */

bool spy_sys$exit(int32_t code) { return spy_raise_exit(code); }
int32_t spy_sys$_argc(void) { return argument_count; }

bool spy_sys$_argv(int32_t index, spy_str *result) {
    if (index < 0 || index >= argument_count) return spy_raise("IndexError", "list index out of range");
    const char *text = arguments[index];
    return spy_str_decode(text, (int32_t)strlen(text), result);
}

/* --- time ------------------------------------------------------------------------------------ */

static double seconds_of(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

double spy_time$time(void) { return seconds_of(CLOCK_REALTIME); }
double spy_time$perf_counter(void) { return seconds_of(CLOCK_MONOTONIC); }
double spy_time$monotonic(void) { return seconds_of(CLOCK_MONOTONIC); }

bool spy_time$sleep(double seconds) {
    if (isnan(seconds)) return spy_raise("ValueError", "Invalid value NaN (not a number)");
    if (seconds < 0) return spy_raise("ValueError", "sleep length must be non-negative");
    struct timespec left = {(time_t)seconds, (long)((seconds - floor(seconds)) * 1e9)};
    while (nanosleep(&left, &left) != 0 && errno == EINTR) {
    }
    return false;
}
