/* Exceptions: a function that may raise returns true when it did; the exception waits in spy_error. */
#ifndef SPY_ERROR_H
#define SPY_ERROR_H

#include "spy/base.h"

struct spy_Text;

/* A place in the SPy source, as a traceback shows it; `text` is the stripped source line. */
typedef struct {
    const char *function;
    const char *file;
    int32_t line;
    const char *text;
} spy_Place;

/* Run a call that may raise; if it does, note the place and leave the function. */
#define SPY_TRY(call, place)                                                                                 \
    do {                                                                                                     \
        if (SPY_UNLIKELY(call)) return spy_unwind(place);                                                    \
    } while (0)

/* The same inside of a `try`, whose handlers are at `label`. */
#define SPY_TRY_OR(call, place, label)                                                                       \
    do {                                                                                                     \
        if (SPY_UNLIKELY(call)) {                                                                            \
            spy_note_place(place);                                                                           \
            goto label;                                                                                      \
        }                                                                                                    \
    } while (0)

/* An exception that is not under way: one that was caught. */
typedef struct spy_Exception spy_Exception;

/* Whether the exception under way is of this type, or of one below it. */
SPY_COLD bool spy_error_is(const char *ancestor);
SPY_COLD spy_Exception *spy_catch(void);
SPY_COLD void spy_throw(spy_Exception *error);
/* Raise from another exception, or from None. */
SPY_COLD void spy_throw_from(spy_Exception *error, spy_Exception *cause);
/* Nobody looks at a caught exception again. */
SPY_COLD void spy_release(spy_Exception *error);
/* The exception under way was raised while this one was handled. */
SPY_COLD void spy_error_during(spy_Exception *handled);

SPY_COLD void spy_set_error(const char *etype, const char *message);
SPY_COLD void spy_set_error_str(const char *etype, const struct spy_Text *message);
SPY_COLD void spy_set_error_format(const char *etype, const char *format, ...) __attribute__((format(printf, 2, 3)));
SPY_COLD void spy_note_place(const spy_Place *place);

/* Raise; and note a place that the exception passes on its way out. All are true, and the compiler shall see it:
 * then it knows that a function which returned false has stored its result. */
#define spy_raise(etype, message) (spy_set_error(etype, message), true)
#define spy_raise_str(etype, message) (spy_set_error_str(etype, message), true)
#define spy_raise_format(...) (spy_set_error_format(__VA_ARGS__), true)
#define spy_unwind(place) (spy_note_place(place), true)

SPY_COLD bool spy_raise_exit(int32_t code);

/* The exception under way: NULL if there is none. The message is UTF-8 of `size` bytes. */
const char *spy_error_type(void);
const char *spy_error_message(size_t *size);
int32_t spy_error_exit_code(void);
/* The traceback as text, without the head and the exception itself. */
const char *spy_error_traceback(void);
void spy_error_clear(void);

/* Report the exception under way as CPython does; returns the exit code. */
SPY_COLD int spy_error_report(void);

/* End the program at once: what cannot be an exception. */
SPY_COLD void spy_fatal(const char *text) __attribute__((noreturn));

/* The end of a function that must not be reached. */
SPY_COLD void spy_unreachable(void) __attribute__((noreturn));

/* Once per place: `i32 addition overflowed and wrapped, demo.spy:12; ...` */
SPY_COLD void spy_warn_overflow(const char *type, const char *word, const spy_Place *place, bool *warned);

/* Exceptions as values. `arguments` is the text between the parentheses of their repr. */
struct spy_Text *spy_exception_type(const spy_Exception *error);
struct spy_Text *spy_exception_str(const spy_Exception *error);
struct spy_Text *spy_exception_arguments(const spy_Exception *error);
struct spy_Text *spy_exception_repr(const spy_Exception *error);
spy_Exception *spy_exception_cause(const spy_Exception *error);
spy_Exception *spy_exception_context(const spy_Exception *error);
bool spy_exception_has_cause(const spy_Exception *error);
bool spy_exception_has_context(const spy_Exception *error);
spy_Exception *spy_exception_new(struct spy_Text *type, struct spy_Text *message);
spy_Exception *spy_exception_with(struct spy_Text *type, struct spy_Text *message, struct spy_Text *arguments);
/* One of a class of the program: the names of the class and of those above it, by line. */
spy_Exception *spy_exception_wrap(struct spy_Text *lineage, struct spy_Text *message, struct spy_Text *arguments,
                                  void *object);
bool spy_exception_wraps(const spy_Exception *error);
void *spy_exception_object(const spy_Exception *error);
bool spy_exception_is(const spy_Exception *error, struct spy_Text *ancestor);
bool spy_exception_subtype(struct spy_Text *type, struct spy_Text *ancestor);

static inline bool spy_exception_eq(const spy_Exception *left, const spy_Exception *right) { return left == right; }
static inline bool spy_exception_ne(const spy_Exception *left, const spy_Exception *right) { return left != right; }

/* Where the stack ends, but for some room to handle it; 0 where that is not known. */
extern uintptr_t spy_stack_end;

static inline bool spy_stack_is_full(void) { return (uintptr_t)__builtin_frame_address(0) < spy_stack_end; }
SPY_COLD bool spy_raise_recursion(void);

/* Checks that generated code makes; true: an exception was raised. */
SPY_COLD void spy_set_unbound(const char *name);

static inline bool spy_check_local(bool is_set, const char *name) {
    return SPY_LIKELY(is_set) ? false : (spy_set_unbound(name), true);
}

static inline bool spy_check_step(bool is_nonzero) {
    return SPY_LIKELY(is_nonzero) ? false : spy_raise("ValueError", "range() arg 3 must not be zero");
}

static inline bool spy_check_function(bool is_there) {
    return SPY_LIKELY(is_there) ? false : spy_raise("PanicError", "cannot call NULL");
}

/* The number of rounds of range(start, stop, step). */
static inline uint64_t spy_range_signed(int64_t start, int64_t stop, int64_t step) {
    if (step > 0) return start < stop ? ((uint64_t)stop - (uint64_t)start - 1) / (uint64_t)step + 1 : 0;
    return start > stop ? ((uint64_t)start - (uint64_t)stop - 1) / (0 - (uint64_t)step) + 1 : 0;
}

static inline uint64_t spy_range_unsigned(uint64_t start, uint64_t stop, uint64_t step) {
    return start < stop ? (stop - start - 1) / step + 1 : 0;
}

#endif
