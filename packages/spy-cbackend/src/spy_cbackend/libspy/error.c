/* Exceptions: the one under way, its traceback, and the report at the end. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "spy.h"

struct spy_Exception {
    const char *type;
    spy_Text *message;   /* str(e) */
    spy_Text *arguments; /* what repr(e) has in parentheses, if `has_arguments`; else it follows from the message */
    bool has_arguments, quiet;
    const char *lineage; /* of a class of the program: its name and those of the classes above, by line */
    void *object;
    const spy_Place **places; /* from the place where it was raised outwards */
    size_t size, room;
    spy_Exception *cause;
    spy_Exception *context; /* what was being handled; for those that wait to be used again, the next one */
};

static spy_Exception *pending; /* the exception under way */
static spy_Exception *unused;

static spy_Exception *new_error(const char *etype, spy_Text *message) {
    spy_Exception *error = unused;
    if (error) {
        unused = error->context;
    } else {
        error = spy_gc_alloc(sizeof *error);
    }
    error->type = etype;
    error->message = message;
    error->has_arguments = error->quiet = false;
    error->size = 0;
    error->context = error->cause = NULL;
    error->lineage = NULL;
    error->object = NULL;
    return error;
}

static void start_error(const char *etype, spy_Text *message) {
    if (pending) spy_release(pending);
    pending = new_error(etype, message);
}

spy_Exception *spy_catch(void) {
    spy_Exception *error = pending;
    pending = NULL;
    return error;
}

void spy_throw(spy_Exception *error) { pending = error; }

void spy_throw_from(spy_Exception *error, spy_Exception *cause) {
    pending = error;
    error->cause = cause;
    error->quiet = cause == NULL;
}

void spy_release(spy_Exception *error) {
    if (error == pending) pending = NULL;
    error->message = error->arguments = NULL;
    error->object = NULL;
    error->context = unused;
    unused = error;
}

void spy_error_during(spy_Exception *handled) {
    spy_Exception *last = pending;
    while (last != handled && last->context) last = last->context;
    if (last != handled) last->context = handled;
}

/* The parent of each builtin exception type, as in spy_types.exception_types; an unknown type is an Exception. */
static const struct {
    const char *name, *parent;
} parents[] = {
    {"BaseExceptionGroup", "BaseException"}, {"Exception", "BaseException"}, {"GeneratorExit", "BaseException"},
    {"KeyboardInterrupt", "BaseException"}, {"SystemExit", "BaseException"}, {"ArithmeticError", "Exception"},
    {"AssertionError", "Exception"}, {"AttributeError", "Exception"}, {"BufferError", "Exception"}, {"EOFError",
    "Exception"}, {"ExceptionGroup", "BaseExceptionGroup"}, {"ImportError", "Exception"}, {"LookupError",
    "Exception"}, {"MemoryError", "Exception"}, {"NameError", "Exception"}, {"OSError", "Exception"},
    {"ReferenceError", "Exception"}, {"RuntimeError", "Exception"}, {"StopAsyncIteration", "Exception"},
    {"StopIteration", "Exception"}, {"SyntaxError", "Exception"}, {"SystemError", "Exception"}, {"ValueError",
    "Exception"}, {"Warning", "Exception"}, {"FloatingPointError", "ArithmeticError"}, {"OverflowError",
    "ArithmeticError"}, {"ZeroDivisionError", "ArithmeticError"}, {"ModuleNotFoundError", "ImportError"},
    {"IndexError", "LookupError"}, {"KeyError", "LookupError"}, {"UnboundLocalError", "NameError"},
    {"BlockingIOError", "OSError"}, {"ChildProcessError", "OSError"}, {"ConnectionError", "OSError"},
    {"FileExistsError", "OSError"}, {"FileNotFoundError", "OSError"}, {"InterruptedError", "OSError"},
    {"IsADirectoryError", "OSError"}, {"NotADirectoryError", "OSError"}, {"PermissionError", "OSError"},
    {"ProcessLookupError", "OSError"}, {"TimeoutError", "OSError"}, {"BrokenPipeError", "ConnectionError"},
    {"ConnectionAbortedError", "ConnectionError"}, {"ConnectionRefusedError", "ConnectionError"},
    {"ConnectionResetError", "ConnectionError"}, {"NotImplementedError", "RuntimeError"}, {"RecursionError",
    "RuntimeError"}, {"IndentationError", "SyntaxError"}, {"TabError", "IndentationError"}, {"UnicodeError",
    "ValueError"}, {"UnicodeDecodeError", "UnicodeError"}, {"UnicodeEncodeError", "UnicodeError"},
    {"UnicodeTranslateError", "UnicodeError"}, {"BytesWarning", "Warning"}, {"DeprecationWarning", "Warning"},
    {"EncodingWarning", "Warning"}, {"FutureWarning", "Warning"}, {"ImportWarning", "Warning"},
    {"PendingDeprecationWarning", "Warning"}, {"ResourceWarning", "Warning"}, {"RuntimeWarning", "Warning"},
    {"SyntaxWarning", "Warning"}, {"UnicodeWarning", "Warning"}, {"UserWarning", "Warning"}, {"StaticError",
    "Exception"}, {"TypeError", "StaticError"}, {"ScopeError", "StaticError"}, {"ParseError", "SyntaxError"},
    {"PanicError", "Exception"}, {"WIP", "Exception"}
};

static const char *parent_of(const char *type) {
    for (size_t i = 0; i < sizeof parents / sizeof *parents; i++) {
        if (strcmp(parents[i].name, type) == 0) return parents[i].parent;
    }
    return strcmp(type, "BaseException") == 0 ? NULL : "Exception";
}

void spy_set_error(const char *etype, const char *message) {
    start_error(etype, spy_str_from_utf8(message, (int32_t)strlen(message)));
}

void spy_set_error_str(const char *etype, const spy_Text *message) { start_error(etype, (spy_Text *)message); }

void spy_set_error_format(const char *etype, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    char *text = spy_gc_alloc_plain((size_t)size + 1);
    vsnprintf(text, (size_t)size + 1, format, again);
    va_end(arguments);
    va_end(again);
    start_error(etype, spy_text_of(text, size, spy_utf8_length(text, size)));
}

bool spy_raise_exit(int32_t code) {
    start_error("SystemExit", NULL);
    char text[16];
    int size = snprintf(text, sizeof text, "%d", (int)code);
    pending->message = pending->arguments = spy_text_copy(text, size, size);
    pending->has_arguments = true;
    return true;
}

void spy_note_place(const spy_Place *place) {
    if (!place) return;
    if (place->file[0] == '<') return; /* the library's own frames are not shown */
    if (pending->size == pending->room) {
        size_t room = pending->room ? 2 * pending->room : 8;
        const spy_Place **larger = spy_gc_alloc_plain(room * sizeof *larger);
        if (pending->size) memcpy(larger, pending->places, pending->size * sizeof *larger);
        pending->places = larger;
        pending->room = room;
    }
    pending->places[pending->size++] = place;
}

const char *spy_error_type(void) { return pending ? pending->type : NULL; }

const char *spy_error_message(size_t *size) {
    const spy_Text *message = pending ? pending->message : NULL;
    *size = (size_t)spy_text_size(message);
    return spy_text_data(message);
}

/* The exit code that a SystemExit asks for; INT64_MIN if it has a message instead. */
static int64_t exit_code_of(const spy_Exception *error) {
    const spy_Text *text = spy_exception_arguments(error);
    const char *start = spy_text_c(text);
    char *end;
    if (spy_text_size(text) == 0 || strcmp(start, "None") == 0) return 0;
    long code = strtol(start, &end, 10);
    return *end ? INT64_MIN : code;
}

int32_t spy_error_exit_code(void) {
    int64_t code = pending ? exit_code_of(pending) : 0;
    return code == INT64_MIN ? 1 : (int32_t)code;
}

void spy_error_clear(void) {
    if (pending) spy_release(pending);
}

static spy_Text *add_c(spy_Text *text, const char *more) {
    return spy_text_add(text, spy_text_of(more, (int32_t)strlen(more), 0));
}

static spy_Text *add_place(spy_Text *text, const spy_Place *place) {
    char line[32];
    snprintf(line, sizeof line, "\", line %d, in ", (int)place->line);
    text = add_c(add_c(text, "  File \""), place->file);
    text = add_c(add_c(text, spy_text_c(spy_text_of(line, (int32_t)strlen(line), 0))), place->function);
    return *place->text ? add_c(add_c(add_c(text, "\n    "), place->text), "\n") : add_c(text, "\n");
}

static spy_Text *add_repeated(spy_Text *text, size_t count) {
    char line[80];
    int size = snprintf(line, sizeof line, "  [Previous line repeated %zu more time%s]\n", count, count > 1 ? "s" : "");
    return spy_text_add(text, spy_text_copy(line, size, 0));
}

/* The text of the traceback, without the exception itself. As CPython: after three equal entries only their number. */
static spy_Text *traceback_of(const spy_Exception *error) {
    const spy_Place **traceback = error->places;
    const size_t traceback_size = error->size;
    spy_Text *text = NULL;
    size_t repeated = 0;
    for (size_t i = traceback_size; i-- > 0;) {
        bool again = i + 1 < traceback_size && traceback[i] == traceback[i + 1];
        if (!again && repeated > 2) text = add_repeated(text, repeated - 2);
        repeated = again ? repeated + 1 : 0;
        if (repeated <= 2) text = add_place(text, traceback[i]);
    }
    if (repeated > 2) text = add_repeated(text, repeated - 2);
    return text;
}

const char *spy_error_traceback(void) { return pending ? spy_text_c(traceback_of(pending)) : ""; }

static void write_c(const char *text) { spy_stderr_write(text, strlen(text)); }

static void write_text(const spy_Text *text) { spy_stderr_write(spy_text_data(text), (size_t)spy_text_size(text)); }

static void report(const spy_Exception *error) {
    if (error->cause) {
        report(error->cause);
        write_c("\nThe above exception was the direct cause of the following exception:\n\n");
    } else if (error->context && !error->quiet) {
        report(error->context);
        write_c("\nDuring handling of the above exception, another exception occurred:\n\n");
    }
    if (error->size) {
        write_c("Traceback (most recent call last):\n");
        write_text(traceback_of(error));
    }
    write_c(error->type);
    if (spy_text_size(error->message)) write_c(": ");
    write_text(error->message);
    write_c("\n");
}

int spy_error_report(void) {
    spy_stdout_flush();
    if (!spy_error_is("SystemExit")) {
        report(pending);
        return 1;
    }
    int64_t code = exit_code_of(pending);
    if (code != INT64_MIN) return (int)(code & 255);
    write_text(pending->message);
    write_c("\n");
    return 1;
}

/* --- exceptions as values ---------------------------------------------------------------------- */

spy_Text *spy_exception_type(const spy_Exception *error) {
    int32_t size = (int32_t)strlen(error->type);
    return spy_text_of(error->type, size, spy_utf8_length(error->type, size));
}

spy_Text *spy_exception_str(const spy_Exception *error) { return error->message; }

spy_Text *spy_exception_arguments(const spy_Exception *error) {
    if (error->has_arguments) return error->arguments;
    if (spy_text_size(error->message) == 0 || strcmp(error->type, "KeyError") == 0) return error->message;
    return spy_str_repr(error->message);
}

spy_Text *spy_exception_repr(const spy_Exception *error) {
    spy_Text *text = add_c(spy_exception_type(error), "(");
    return add_c(spy_text_add(text, spy_exception_arguments(error)), ")");
}

spy_Exception *spy_exception_cause(const spy_Exception *error) { return error->cause; }
spy_Exception *spy_exception_context(const spy_Exception *error) { return error->context; }
bool spy_exception_has_cause(const spy_Exception *error) { return error->cause != NULL; }
bool spy_exception_has_context(const spy_Exception *error) { return error->context != NULL; }

spy_Exception *spy_exception_new(spy_Text *type, spy_Text *message) { return new_error(spy_text_c(type), message); }

spy_Exception *spy_exception_with(spy_Text *type, spy_Text *message, spy_Text *arguments) {
    spy_Exception *error = new_error(spy_text_c(type), message);
    error->arguments = arguments;
    error->has_arguments = true;
    return error;
}

static bool is_subtype(const char *type, const char *ancestor) {
    for (; type; type = parent_of(type)) {
        if (strcmp(type, ancestor) == 0) return true;
    }
    return false;
}

static bool is_a(const spy_Exception *error, const char *ancestor) {
    const char *name = error->lineage;
    if (!name) return is_subtype(error->type, ancestor);
    const size_t size = strlen(ancestor);
    for (const char *end; (end = strchr(name, '\n')); name = end + 1) {
        if ((size_t)(end - name) == size && memcmp(name, ancestor, size) == 0) return true;
    }
    return is_subtype(name, ancestor);
}

bool spy_error_is(const char *ancestor) { return is_a(pending, ancestor); }
bool spy_exception_is(const spy_Exception *error, spy_Text *ancestor) { return is_a(error, spy_text_c(ancestor)); }

spy_Exception *spy_exception_wrap(spy_Text *lineage, spy_Text *message, spy_Text *arguments, void *object) {
    const char *names = spy_text_c(lineage), *end = strchr(names, '\n'), *name = names;
    for (const char *colon = names; (colon = strstr(colon, "::")) && colon < end; colon += 2) name = colon + 2;
    size_t size = (size_t)(end - name);
    char *type = spy_gc_alloc_plain(size + 1);
    memcpy(type, name, size);
    spy_Exception *error = new_error(type, message);
    error->arguments = arguments;
    error->has_arguments = true;
    error->lineage = names;
    error->object = object;
    return error;
}

bool spy_exception_wraps(const spy_Exception *error) { return error->object != NULL; }
void *spy_exception_object(const spy_Exception *error) { return error->object; }

bool spy_exception_subtype(spy_Text *type, spy_Text *ancestor) {
    return is_subtype(spy_text_c(type), spy_text_c(ancestor));
}

void spy_fatal(const char *text) {
    spy_stdout_flush();
    write_c(text);
    write_c("\n");
    _Exit(1);
}

uintptr_t spy_stack_end;

bool spy_raise_recursion(void) { return spy_raise("RecursionError", "maximum recursion depth exceeded"); }

void spy_set_unbound(const char *name) {
    spy_set_error_format("UnboundLocalError", "cannot access local variable '%s' where it is not associated with a value",
                            name);
}

void spy_unreachable(void) { spy_fatal("SystemError: the end of a function that must not be reached"); }

void spy_warn_overflow(const char *type, const char *word, const spy_Place *place, bool *warned) {
    if (*warned) return;
    *warned = true;
    char text[512];
    int size = snprintf(text, sizeof text, "%s %s overflowed and wrapped, %s:%d; use i64 or --overflow=check\n", type,
                        word, place->file, (int)place->line);
    spy_stdout_flush();
    spy_stderr_write(text, (size_t)size < sizeof text ? (size_t)size : sizeof text - 1);
}
