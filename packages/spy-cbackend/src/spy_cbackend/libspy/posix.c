/* The builtin modules posix and input: files are handles, and a handle is its file descriptor. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spy.h"

/* An open file. Text is UTF-8; nothing is done to newlines. */
typedef struct {
    FILE *stream;
    bool writing;
    bool may_read;
    bool may_write;
} File;

static File *files;
static int32_t file_count;

static const char *error_class(int number) {
    switch (number) {
    case ENOENT: return "FileNotFoundError";
    case EEXIST: return "FileExistsError";
    case EISDIR: return "IsADirectoryError";
    case ENOTDIR: return "NotADirectoryError";
    case EACCES:
    case EPERM: return "PermissionError";
    default: return "OSError";
    }
}

/* `path` NULL: the error has no path. */
static bool raise_errno(int number, spy_str path, bool with_path) {
    const char *reason = strerror(number);
    if (!with_path) return spy_raise_format(error_class(number), "[Errno %d] %s", number, reason);
    spy_str repr = spy_str_repr(path);
    return spy_raise_format(error_class(number), "[Errno %d] %s: %.*s", number, reason, (int)repr->size, repr->data);
}

static bool reserve(int32_t handle) {
    if (handle < file_count) return true;
    int32_t count = handle + 16;
    File *larger = realloc(files, (size_t)count * sizeof *larger);
    if (!larger) return false;
    memset(larger + file_count, 0, (size_t)(count - file_count) * sizeof *larger);
    files = larger;
    file_count = count;
    return true;
}

/* The open file of a handle, or NULL with ValueError raised. */
static File *file_of(int32_t handle) {
    if (handle >= 0 && handle < 3 && reserve(handle) && !files[handle].stream) {
        FILE *streams[3] = {stdin, stdout, stderr};
        files[handle] = (File){.stream = streams[handle], .may_read = handle == 0, .may_write = handle != 0};
    }
    if (handle >= 0 && handle < file_count && files[handle].stream) return &files[handle];
    spy_set_error("ValueError", "I/O operation on closed file.");
    return NULL;
}

static bool mode_is_valid(const char *mode) {
    if (!*mode) return false;
    for (const char *at = mode; *at; at++) {
        if (!strchr("rwax+bt", *at) || strchr(at + 1, *at)) return false;
    }
    return true;
}

static int count_kinds(const char *mode) {
    int kinds = 0;
    for (; *mode; mode++) kinds += strchr("rwax", *mode) != NULL;
    return kinds;
}

bool spy_posix$_open(spy_str path, spy_str mode, int32_t *result) {
    const char *wanted = spy_text_c(mode), *name = spy_text_c(path);
    if (!mode_is_valid(wanted)) {
        spy_str repr = spy_str_repr(mode);
        return spy_raise_format("ValueError", "invalid mode: %.*s", (int)repr->size, repr->data);
    }
    if (count_kinds(wanted) != 1) {
        return spy_raise("ValueError", "must have exactly one of create/read/write/append mode");
    }
    if ((int32_t)strlen(name) != spy_text_size(path)) return spy_raise("ValueError", "embedded null byte");
    bool plus = strchr(wanted, '+'), reads = strchr(wanted, 'r');
    const char *kind = reads ? "r" : strchr(wanted, 'w') ? "w" : strchr(wanted, 'a') ? "a" : "wx";
    char native[8];
    snprintf(native, sizeof native, "%c%s%s", kind[0], plus ? "+" : "", kind[0] == 'w' && kind[1] ? "x" : "");
    FILE *stream = fopen(name, native);
    if (!stream) return raise_errno(errno, path, true);
    struct stat status;
    int32_t handle = fileno(stream);
    if (fstat(handle, &status) == 0 && S_ISDIR(status.st_mode)) {
        fclose(stream);
        return raise_errno(EISDIR, path, true);
    }
    if (!reserve(handle)) spy_fatal("MemoryError");
    files[handle] = (File){.stream = stream, .may_read = reads || plus, .may_write = !reads || plus};
    *result = handle;
    return false;
}

/* --- reading --------------------------------------------------------------------------------- */

typedef struct {
    char *data;
    size_t size;
    size_t room;
} Buffer;

static void push(Buffer *buffer, int byte) {
    if (buffer->size == buffer->room) {
        buffer->room = buffer->room ? 2 * buffer->room : 128;
        buffer->data = realloc(buffer->data, buffer->room);
        if (!buffer->data) spy_fatal("MemoryError");
    }
    buffer->data[buffer->size++] = (char)byte;
}

static bool take(Buffer *buffer, spy_str *result) {
    if (buffer->size > INT32_MAX) spy_fatal("MemoryError");
    bool raised = spy_str_decode(buffer->data, (int32_t)buffer->size, result);
    free(buffer->data);
    return raised;
}

static bool start_reading(int32_t handle, File **file) {
    *file = file_of(handle);
    if (!*file) return true;
    if (!(*file)->may_read) return spy_raise("OSError", "not readable");
    if ((*file)->writing) fseek((*file)->stream, 0, SEEK_CUR);
    (*file)->writing = false;
    return false;
}

bool spy_posix$_read(int32_t handle, int32_t count, spy_str *result) {
    File *file;
    if (start_reading(handle, &file)) return true;
    Buffer buffer = {0};
    int byte = 0;
    int32_t points = 0;
    while ((byte = getc(file->stream)) != EOF) {
        bool starts_point = (byte & 0xC0) != 0x80;
        if (starts_point && count >= 0 && points == count) {
            ungetc(byte, file->stream);
            break;
        }
        points += starts_point;
        push(&buffer, byte);
        if (points == count && byte < 0x80) break;
    }
    return take(&buffer, result);
}

bool spy_posix$_readline(int32_t handle, spy_str *result) {
    File *file;
    if (start_reading(handle, &file)) return true;
    Buffer buffer = {0};
    int byte;
    while ((byte = getc(file->stream)) != EOF) {
        push(&buffer, byte);
        if (byte == '\n') break;
    }
    return take(&buffer, result);
}

bool spy_input$_readline(spy_str *result) {
    spy_stdout_flush();
    return spy_posix$_readline(0, result);
}

/* --- writing --------------------------------------------------------------------------------- */

bool spy_posix$_write(int32_t handle, spy_str text, int32_t *result) {
    File *file = file_of(handle);
    if (!file) return true;
    if (!file->may_write) return spy_raise("OSError", "not writable");
    size_t size = (size_t)spy_text_size(text);
    *result = spy_str_len(text);
    if (handle == 1) {
        spy_stdout_write(spy_text_data(text), size);
        return false;
    }
    if (handle == 2) {
        spy___spy__$_stderr_write(text);
        return false;
    }
    if (!file->writing && file->may_read) fseek(file->stream, 0, SEEK_CUR);
    file->writing = true;
    return fwrite(spy_text_data(text), 1, size, file->stream) == size ? false : raise_errno(errno, NULL, false);
}

bool spy_posix$_flush(int32_t handle) {
    File *file = file_of(handle);
    if (!file) return true;
    if (handle == 1) spy_stdout_flush();
    return file->may_write && fflush(file->stream) != 0 ? raise_errno(errno, NULL, false) : false;
}

/* Closing twice is fine, as in Python. */
bool spy_posix$_close(int32_t handle) {
    if (handle == 1) spy_stdout_flush();
    if (handle < 3 || handle >= file_count || !files[handle].stream) return false;
    FILE *stream = files[handle].stream;
    files[handle].stream = NULL;
    return fclose(stream) == 0 ? false : raise_errno(errno, NULL, false);
}

bool spy_posix$_fileno(int32_t handle, int32_t *result) {
    File *file = file_of(handle);
    if (!file) return true;
    *result = handle;
    return false;
}

bool spy_posix$_seek(int32_t handle, int32_t offset, int32_t whence) {
    File *file = file_of(handle);
    if (!file) return true;
    return fseek(file->stream, offset, whence) == 0 ? false : raise_errno(errno, NULL, false);
}

bool spy_posix$_tell(int32_t handle, int32_t *result) {
    File *file = file_of(handle);
    if (!file) return true;
    long at = ftell(file->stream);
    if (at < 0) return raise_errno(errno, NULL, false);
    *result = (int32_t)at;
    return false;
}

bool spy_posix$_isatty(int32_t handle) { return isatty(handle); }

/* --- environment ----------------------------------------------------------------------------- */

spy_str spy_posix$_getenv(spy_str name) {
    const char *value = getenv(spy_text_c(name));
    spy_str text = NULL;
    if (value && spy_str_decode(value, (int32_t)strlen(value), &text)) spy_error_clear();
    return text;
}

bool spy_posix$_hasenv(spy_str name) { return getenv(spy_text_c(name)) != NULL; }

bool spy_posix$_getcwd(spy_str *result) {
    char *path = getcwd(NULL, 0);
    if (!path) return raise_errno(errno, NULL, false);
    bool raised = spy_str_decode(path, (int32_t)strlen(path), result);
    free(path);
    return raised;
}

bool spy_posix$_remove(spy_str path) {
    return unlink(spy_text_c(path)) == 0 ? false : raise_errno(errno, path, true);
}

bool spy_posix$_exists(spy_str path) {
    struct stat status;
    return stat(spy_text_c(path), &status) == 0;
}

/* As shutil.get_terminal_size: 80 by 24 if nothing is known. */
static int32_t terminal_size(const char *variable, bool columns, int32_t fallback) {
    const char *text = getenv(variable);
    int value = text ? atoi(text) : 0;
    if (value > 0) return value;
    struct winsize size;
    if (ioctl(1, TIOCGWINSZ, &size) != 0) return fallback;
    value = columns ? size.ws_col : size.ws_row;
    return value > 0 ? value : fallback;
}

int32_t spy_posix$_columns(void) { return terminal_size("COLUMNS", true, 80); }
int32_t spy_posix$_lines(void) { return terminal_size("LINES", false, 24); }
