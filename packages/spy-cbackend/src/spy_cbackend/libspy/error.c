/* Exceptions: the one under way, its traceback, and the report at the end. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "spy.h"

static const char *error_type;
static spy_Text *error_message;
static int32_t error_exit_code;
static bool error_has_exit_code;

static const spy_Place **traceback;
static size_t traceback_size, traceback_room;

static void start_error(const char *etype, spy_Text *message) {
    error_type = etype;
    error_message = message;
    error_has_exit_code = false;
    traceback_size = 0;
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
    char *text = spy_gc_alloc((size_t)size + 1);
    vsnprintf(text, (size_t)size + 1, format, again);
    va_end(arguments);
    va_end(again);
    start_error(etype, spy_text_of(text, size, spy_utf8_length(text, size)));
}

bool spy_raise_exit(int32_t code) {
    start_error("SystemExit", NULL);
    error_has_exit_code = true;
    error_exit_code = code;
    return true;
}

void spy_note_place(const spy_Place *place) {
    if (!place) return;
    if (place->file[0] == '<') return; /* the library's own frames are not shown */
    if (traceback_size == traceback_room) {
        size_t room = traceback_room ? 2 * traceback_room : 64;
        const spy_Place **larger = realloc(traceback, room * sizeof *larger);
        if (!larger) return;
        traceback = larger;
        traceback_room = room;
    }
    traceback[traceback_size++] = place;
}

const char *spy_error_type(void) { return error_type; }

const char *spy_error_message(size_t *size) {
    *size = (size_t)spy_text_size(error_message);
    return spy_text_data(error_message);
}

int32_t spy_error_exit_code(void) { return error_has_exit_code ? error_exit_code : 0; }

void spy_error_clear(void) {
    error_type = NULL;
    error_message = NULL;
    traceback_size = 0;
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
const char *spy_error_traceback(void) {
    spy_Text *text = NULL;
    size_t repeated = 0;
    for (size_t i = traceback_size; i-- > 0;) {
        bool again = i + 1 < traceback_size && traceback[i] == traceback[i + 1];
        if (!again && repeated > 2) text = add_repeated(text, repeated - 2);
        repeated = again ? repeated + 1 : 0;
        if (repeated <= 2) text = add_place(text, traceback[i]);
    }
    if (repeated > 2) text = add_repeated(text, repeated - 2);
    return spy_text_c(text);
}

static void write_c(const char *text) { spy_stderr_write(text, strlen(text)); }

int spy_error_report(void) {
    spy_stdout_flush();
    bool is_exit = strcmp(error_type, "SystemExit") == 0;
    if (is_exit && error_has_exit_code) return error_exit_code & 255;
    if (is_exit && spy_text_size(error_message) == 0) return 0;
    if (!is_exit) {
        if (traceback_size) {
            write_c("Traceback (most recent call last):\n");
            write_c(spy_error_traceback());
        }
        write_c(error_type);
        if (spy_text_size(error_message)) write_c(": ");
    }
    spy_stderr_write(spy_text_data(error_message), (size_t)spy_text_size(error_message));
    write_c("\n");
    return 1;
}

void spy_fatal(const char *text) {
    spy_stdout_flush();
    write_c(text);
    write_c("\n");
    _Exit(1);
}

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
