/* Text to numbers, with the grammar of CPython's int(), float() and complex(). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "spy.h"
#include "unicode.h"

/* The text without surrounding blanks, other scripts' digits and blanks as ASCII, NUL-terminated. */
static char *to_ascii(spy_str text, int32_t *size) {
    int32_t from_size = spy_text_size(text);
    const char *data = spy_text_data(text);
    char *copy = spy_gc_alloc_plain((size_t)from_size + 1), *out = copy;
    for (int32_t at = 0, step; at < from_size; at += step) {
        uint32_t point = spy_utf8_decode(data + at, &step);
        int digit = point < 128 ? -1 : spy_decimal_digit(point);
        *out++ = digit >= 0 ? (char)('0' + digit) : spy_is_space(point) ? ' ' : point < 128 && point ? (char)point : '?';
    }
    while (out > copy && out[-1] == ' ') out--;
    *out = 0;
    while (*copy == ' ') copy++;
    *size = (int32_t)(out - copy);
    return copy;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Take out underscores between digits; false: an underscore elsewhere. */
static bool remove_underscores(char *text) {
    char *out = text, before = 0;
    for (char *at = text; *at; before = *at++) {
        if (*at == '_' && !(is_digit(before) && is_digit(at[1]))) return false;
        if (*at != '_') *out++ = *at;
    }
    *out = 0;
    return true;
}

/* --- int ------------------------------------------------------------------------------------- */

/* CPython shows 200 characters of what is no integer. */
static bool invalid_int(spy_str text) {
    spy_str repr = spy_str_repr(text);
    int32_t size = 0, step;
    for (int shown = 0; shown < 200 && size < (int32_t)repr->size; shown++, size += step) spy_utf8_decode(repr->data + size, &step);
    return spy_raise_format("ValueError", "invalid literal for int() with base 10: %.*s", (int)size, repr->data);
}

/* A number between -below and above, or the exception; *magnitude wraps with its sign applied. */
static bool parse_int(spy_str text, const char *type, uint64_t below, uint64_t above, uint64_t *value) {
    int32_t size;
    char *at = to_ascii(text, &size);
    bool negative = *at == '-';
    if (*at == '-' || *at == '+') at++;
    if (!is_digit(*at) || !remove_underscores(at)) return invalid_int(text);
    while (*at == '0' && at[1]) at++;
    const char *digits = at;
    uint64_t magnitude = 0;
    bool fits = true;
    for (; is_digit(*at); at++) {
        fits = fits && !__builtin_mul_overflow(magnitude, 10, &magnitude) &&
               !__builtin_add_overflow(magnitude, (uint64_t)(*at - '0'), &magnitude);
    }
    if (*at) return invalid_int(text);
    if (!fits || magnitude > (negative ? below : above)) {
        return spy_raise_format("OverflowError", "%s value %s%s out of range [%s%llu, %llu]", type, negative ? "-" : "",
                                digits, below ? "-" : "", (unsigned long long)below, (unsigned long long)above);
    }
    *value = negative ? 0 - magnitude : magnitude;
    return false;
}

#define PARSE_INT(t, c, below, above)                                                                        \
    bool spy_str_to_##t(spy_str text, c *result) {                                                           \
        uint64_t value;                                                                                      \
        if (parse_int(text, #t, below, above, &value)) return true;                                          \
        *result = (c)value;                                                                                  \
        return false;                                                                                        \
    }

PARSE_INT(i8, int8_t, 128, INT8_MAX)
PARSE_INT(i16, int16_t, 32768, INT16_MAX)
PARSE_INT(i32, int32_t, (uint64_t)1 << 31, INT32_MAX)
PARSE_INT(i64, int64_t, (uint64_t)1 << 63, INT64_MAX)
PARSE_INT(u8, uint8_t, 0, UINT8_MAX)
PARSE_INT(u16, uint16_t, 0, UINT16_MAX)
PARSE_INT(u32, uint32_t, 0, UINT32_MAX)
PARSE_INT(u64, uint64_t, 0, UINT64_MAX)

/* --- float ----------------------------------------------------------------------------------- */

static char *skip_digits(char *at) {
    while (is_digit(*at)) at++;
    return at;
}

static bool starts_with_word(const char *at, const char *word) {
    for (; *word; at++, word++) {
        if ((*at | 32) != *word) return false;
    }
    return true;
}

/* Read a float without blanks or underscores; returns where it ends, NULL if there is none. */
static char *read_float(char *start, double *value) {
    char *at = start;
    if (*at == '+' || *at == '-') at++;
    bool infinite = starts_with_word(at, "inf"), nan = starts_with_word(at, "nan");
    if (infinite || nan) {
        *value = copysign(nan ? SPY_NAN : SPY_INF, *start == '-' ? -1 : 1);
        return at + (infinite && starts_with_word(at, "infinity") ? 8 : 3);
    }
    char *digits = at;
    at = skip_digits(at);
    long count = at - digits;
    if (*at == '.') {
        digits = ++at;
        at = skip_digits(at);
        count += at - digits;
    }
    if (count == 0) return NULL;
    if (*at == 'e' || *at == 'E') {
        char *exponent = at + 1;
        if (*exponent == '+' || *exponent == '-') exponent++;
        if (is_digit(*exponent)) at = skip_digits(exponent);
    }
    char after = *at;
    *at = 0;
    *value = strtod(start, NULL);
    *at = after;
    return at;
}

bool spy_str_to_f64(spy_str text, double *result) {
    int32_t size;
    char *start = to_ascii(text, &size);
    char *end = remove_underscores(start) ? read_float(start, result) : NULL;
    if (end && !*end && size > 0) return false;
    spy_str repr = spy_str_repr(text);
    return spy_raise_format("ValueError", "could not convert string to float: %.*s", (int)repr->size, repr->data);
}

/* --- complex --------------------------------------------------------------------------------- */

static bool malformed_complex(void) { return spy_raise("ValueError", "complex() arg is a malformed string"); }

static bool is_j(char c) { return c == 'j' || c == 'J'; }

/* `x`, `yj`, `x+yj`, `j`, `x-j`; returns the end, NULL if it is none of these. */
static char *read_complex(char *at, spy_complex128 *value) {
    *value = (spy_complex128){0, 0};
    double first = 0;
    char *end = read_float(at, &first);
    if (end && *end != '+' && *end != '-') {
        if (!is_j(*end)) {
            value->real = first;
            return end;
        }
        value->imag = first;
        return end + 1;
    }
    if (end) {
        value->real = first;
        at = end;
    }
    double second = 0;
    char *second_end = (*at == '+' || *at == '-' || !end) ? read_float(at, &second) : NULL;
    if (!second_end) {
        second = *at == '-' ? -1 : 1;
        second_end = at + (*at == '+' || *at == '-');
    }
    value->imag = second;
    return is_j(*second_end) ? second_end + 1 : NULL;
}

bool spy_str_to_complex128(spy_str text, spy_complex128 *result) {
    int32_t size;
    char *at = to_ascii(text, &size);
    if (!remove_underscores(at)) {
        spy_str repr = spy_str_repr(text);
        return spy_raise_format("ValueError", "could not convert string to complex: %.*s", (int)repr->size, repr->data);
    }
    bool parenthesised = *at == '(';
    if (parenthesised) {
        at++;
        while (*at == ' ') at++;
    }
    at = read_complex(at, result);
    if (!at) return malformed_complex();
    while (*at == ' ') at++;
    if (parenthesised) {
        if (*at != ')') return malformed_complex();
        at++;
        while (*at == ' ') at++;
    }
    return *at ? malformed_complex() : false;
}
