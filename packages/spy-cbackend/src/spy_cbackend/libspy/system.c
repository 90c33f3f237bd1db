/* Start and exit, standard streams, and the builtin modules __spy__, sys and time. */
#define _GNU_SOURCE
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
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

static const spy_Recursion *recursions;
static int32_t recursion_count;

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

static uintptr_t program_counter(const ucontext_t *context) {
#if defined(__linux__) && defined(__x86_64__)
    return (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
#elif defined(__linux__) && defined(__aarch64__)
    return (uintptr_t)context->uc_mcontext.pc;
#else
    (void)context;
    return 0;
#endif
}

#ifdef __ELF__
extern const char __start_spy_recursive[] __attribute__((weak, visibility("hidden")));
extern const char __stop_spy_recursive[] __attribute__((weak, visibility("hidden")));

/* The recursive function that holds the instruction at `address`. */
static const spy_Recursion *recursion_at(uintptr_t address) {
    if (address < (uintptr_t)__start_spy_recursive || address >= (uintptr_t)__stop_spy_recursive) return NULL;
    const spy_Recursion *best = NULL;
    for (int32_t i = 0; i < recursion_count; i++) {
        if ((uintptr_t)recursions[i].function > address) continue;
        if (!best || recursions[i].function > best->function) best = &recursions[i];
    }
    return best;
}
#else
static const spy_Recursion *recursion_at(uintptr_t address) {
    (void)address;
    return NULL;
}
#endif

/* The first part of the stack above `address` that there is: the stack pointer itself may be beyond the end. */
static const uintptr_t *end_of_stack(uintptr_t address) {
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    unsigned char state;
    address = (address + 7) & ~(uintptr_t)7;
    for (int i = 0; i < 1024 && mincore((void *)(address & ~(page - 1)), 1, &state) != 0; i++) {
        address = (address & ~(page - 1)) + page;
    }
    return (const uintptr_t *)address;
}

/* The recursive function that ran when the stack was full: the first one whose address is on the stack. */
static const spy_Recursion *running_recursion(const ucontext_t *context) {
    const spy_Recursion *found = recursion_at(program_counter(context));
    const uintptr_t *word = end_of_stack(stack_pointer(context));
    for (int32_t i = 0; !found && i < 4096; i++) found = recursion_at(word[i]);
    return found;
}

static void report_full_stack(const ucontext_t *context) {
    spy_stdout_flush();
    spy_stop_collecting();
    const spy_Recursion *recursion = recursion_count ? running_recursion(context) : NULL;
    if (recursion) {
        spy_set_error("RecursionError", "maximum recursion depth exceeded");
        spy_note_place(recursion->place);
        const char *lines = spy_error_traceback(), head[] = "Traceback (most recent call last):\n";
        write_all(2, head, sizeof head - 1);
        write_all(2, lines, strlen(lines));
    }
    static const char text[] = "RecursionError: maximum recursion depth exceeded\n";
    write_all(2, text, sizeof text - 1);
    _Exit(1);
}

/* A fault next to the stack pointer is the guard page; any other is not ours to explain. */
static void on_fault(int number, siginfo_t *info, void *context) {
    uintptr_t at = (uintptr_t)info->si_addr, stack = stack_pointer(context);
    const uintptr_t near = 1 << 20;
    if (stack == 0 || (at + near > stack && at < stack + near)) report_full_stack(context);
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

/* The stack of the main thread grows down from here, as far as the system lets it. */
static void find_end_of_stack(void) {
    const uintptr_t room = 1 << 18;
    struct rlimit limit;
    if (getrlimit(RLIMIT_STACK, &limit) != 0) return;
    size_t size = limit.rlim_cur == RLIM_INFINITY ? (size_t)1 << 30 : (size_t)limit.rlim_cur;
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    if (size > 2 * room && here > size) spy_stack_end = here - size + room;
}

void spy_start(int argc, char **argv, const spy_Recursion *table, int32_t count) {
    recursions = table;
    recursion_count = count;
    argument_count = argc;
    arguments = argv;
    output_is_tty = isatty(1);
    catch_stack_overflow();
    find_end_of_stack();
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
