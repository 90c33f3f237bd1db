/* Numbers to text, as CPython writes them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "shortest.h"
#include "spy.h"

static spy_str ascii_text(const char *data, int32_t size) {
    return size == 1 ? &spy_ascii[(uint8_t)data[0]] : spy_text_copy(data, size, size);
}

/* The digits of `value` before `end`; returns where they start. */
static char *write_digits(uint64_t value, char *end) {
    do {
        *--end = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    return end;
}

spy_str spy_u64_str(uint64_t value) {
    char room[20], *end = room + sizeof room, *start = write_digits(value, end);
    return ascii_text(start, (int32_t)(end - start));
}

spy_str spy_i64_str(int64_t value) {
    char room[21], *end = room + sizeof room;
    char *start = write_digits(value < 0 ? 0 - (uint64_t)value : (uint64_t)value, end);
    if (value < 0) *--start = '-';
    return ascii_text(start, (int32_t)(end - start));
}

spy_str spy_bool_str(bool value) {
    static spy_Text yes = {.refcount = -1, .size = 4, .length = 4, .data = "True"};
    static spy_Text no = {.refcount = -1, .size = 5, .length = 5, .data = "False"};
    return value ? &yes : &no;
}

static char *write_zeros(char *out, int32_t count) {
    for (; count > 0; count--) *out++ = '0';
    return out;
}

static char *write_exponent(char *out, int32_t exponent) {
    *out++ = 'e';
    *out++ = exponent < 0 ? '-' : '+';
    if (exponent < 0) exponent = -exponent;
    if (exponent >= 100) *out++ = (char)('0' + exponent / 100);
    *out++ = (char)('0' + exponent / 10 % 10);
    *out++ = (char)('0' + exponent % 10);
    return out;
}

/* Lay out digits[0..count) with the decimal point after `point` digits, as repr does. */
static char *write_decimal(char *out, const char *digits, int32_t count, int32_t point, bool add_dot_zero) {
    if (point <= -4 || point > 16) {
        *out++ = digits[0];
        if (count > 1) {
            *out++ = '.';
            memcpy(out, digits + 1, (size_t)count - 1);
            out += count - 1;
        }
        return write_exponent(out, point - 1);
    }
    if (point <= 0) {
        *out++ = '0';
        *out++ = '.';
        out = write_zeros(out, -point);
        memcpy(out, digits, (size_t)count);
        return out + count;
    }
    int32_t whole = count < point ? count : point;
    memcpy(out, digits, (size_t)whole);
    out = write_zeros(out + whole, point - whole);
    if (count > point) {
        *out++ = '.';
        memcpy(out, digits + point, (size_t)(count - point));
        return out + (count - point);
    }
    if (add_dot_zero) {
        *out++ = '.';
        *out++ = '0';
    }
    return out;
}

static int32_t write_special(char *out, double value) {
    const char *text = isnan(value) ? "nan" : value < 0 ? "-inf" : "inf";
    size_t size = strlen(text);
    memcpy(out, text, size);
    return (int32_t)size;
}

static char *write_shortest(char *out, spy_Decimal decimal, bool add_dot_zero) {
    while (decimal.digits % 10 == 0) {
        decimal.digits /= 10;
        decimal.exponent++;
    }
    char room[20], *end = room + sizeof room, *digits = write_digits(decimal.digits, end);
    int32_t count = (int32_t)(end - digits);
    return write_decimal(out, digits, count, count + decimal.exponent, add_dot_zero);
}

static int32_t write_zero(char *out, bool negative, bool add_dot_zero) {
    char *at = out;
    if (negative) *at++ = '-';
    return (int32_t)(write_decimal(at, "0", 1, 1, add_dot_zero) - out);
}

int32_t spy_write_f64(double value, char *out, bool add_dot_zero) {
    if (!isfinite(value)) return write_special(out, value);
    if (value == 0) return write_zero(out, signbit(value), add_dot_zero);
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    uint64_t fraction = bits & (((uint64_t)1 << 52) - 1);
    int32_t exponent = (int32_t)(bits >> 52 & 0x7FF);
    uint64_t c = exponent ? fraction | (uint64_t)1 << 52 : fraction;
    spy_Decimal decimal = spy_shortest(c, (exponent ? exponent : 1) - 1075, fraction == 0 && exponent > 1);
    char *at = out;
    if (value < 0) *at++ = '-';
    return (int32_t)(write_shortest(at, decimal, add_dot_zero) - out);
}

static int32_t write_f32(float value, char *out) {
    if (!isfinite(value)) return write_special(out, (double)value);
    if (value == 0) return write_zero(out, signbit(value), true);
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    uint32_t fraction = bits & (((uint32_t)1 << 23) - 1);
    int32_t exponent = (int32_t)(bits >> 23 & 0xFF);
    uint32_t c = exponent ? fraction | (uint32_t)1 << 23 : fraction;
    spy_Decimal decimal = spy_shortest(c, (exponent ? exponent : 1) - 150, fraction == 0 && exponent > 1);
    char *at = out;
    if (value < 0) *at++ = '-';
    return (int32_t)(write_shortest(at, decimal, true) - out);
}

spy_str spy_f64_str(double value) {
    char room[40];
    return ascii_text(room, spy_write_f64(value, room, true));
}

bool spy_f64_format(double value, int32_t kind, int32_t precision, spy_str *result) {
    if ((kind != 'e' && kind != 'f' && kind != 'g') || precision < 0 || precision > 100000) {
        return spy_raise("ValueError", "precision too big");
    }
    char form[] = {'%', '.', '*', (char)kind, 0}, room[512], *text = room;
    if (isnan(value)) value = fabs(value);
    int size = snprintf(room, sizeof room, form, precision, value);
    if ((size_t)size >= sizeof room) {
        text = spy_gc_alloc_plain((size_t)size + 1);
        snprintf(text, (size_t)size + 1, form, precision, value);
    }
    *result = ascii_text(text, size);
    return false;
}

spy_str spy_f32_str(float value) {
    char room[40];
    return ascii_text(room, write_f32(value, room));
}

spy_str spy_complex128_str(spy_complex128 value) {
    char room[100], *at = room;
    bool with_real = value.real != 0 || signbit(value.real);
    if (with_real) {
        *at++ = '(';
        at += spy_write_f64(value.real, at, false);
        if (!signbit(value.imag) || isnan(value.imag)) *at++ = '+';
    }
    at += spy_write_f64(value.imag, at, false);
    *at++ = 'j';
    if (with_real) *at++ = ')';
    return ascii_text(room, (int32_t)(at - room));
}
