/* Operations of str that are not inline. */
#include <string.h>

#include "spy.h"
#include "tables.h"
#include "unicode.h"

#define A(n) { .refcount = -1, .size = 1, .length = 1, .data = ascii_characters + (n) }
#define A4(n) A(n), A((n) + 1), A((n) + 2), A((n) + 3)
#define A16(n) A4(n), A4((n) + 4), A4((n) + 8), A4((n) + 12)

static const char ascii_characters[129] =
    "\000\001\002\003\004\005\006\007\010\011\012\013\014\015\016\017"
    "\020\021\022\023\024\025\026\027\030\031\032\033\034\035\036\037"
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\177";

spy_Text spy_ascii[128] = {A16(0), A16(16), A16(32), A16(48), A16(64), A16(80), A16(96), A16(112)};

#define BLOCK 64

/* The index of a text: the byte offset of every BLOCK-th code point. */
static const uint32_t *index_of(spy_str a) {
    if (a->index) return a->index;
    uint32_t *index = spy_gc_alloc_plain(((size_t)a->length / BLOCK + 1) * sizeof *index);
    int32_t point = 0;
    for (int32_t at = 0; at < a->size; at++) {
        if (((uint8_t)a->data[at] & 0xC0) == 0x80) continue;
        if (point % BLOCK == 0) index[point / BLOCK] = (uint32_t)at;
        point++;
    }
    a->index = index;
    return index;
}

int32_t spy_str_offset(spy_str a, int32_t index) {
    if (spy_str_isascii(a)) return index;
    if (index == a->length) return a->size;
    const char *at = a->data + (index < BLOCK ? 0 : index_of(a)[index / BLOCK]);
    for (int32_t left = index % BLOCK; left > 0; left--) {
        at++;
        while (((uint8_t)*at & 0xC0) == 0x80) at++;
    }
    return (int32_t)(at - a->data);
}

spy_str spy_str_of_codepoint(uint32_t codepoint) {
    if (codepoint < 128) return &spy_ascii[codepoint];
    char data[4];
    int32_t size = spy_utf8_encode(codepoint, data);
    return spy_text_copy(data, size, 1);
}

spy_str spy_str_from_utf8(const char *data, int32_t size) {
    return spy_text_copy(data, size, spy_utf8_length(data, size));
}

bool spy_str_codepoint_wide(spy_str a, int32_t index, int32_t *result) {
    int32_t size;
    *result = (int32_t)spy_utf8_decode(a->data + spy_str_offset(a, index), &size);
    return false;
}

spy_str spy_str_substr(spy_str a, int32_t start, int32_t stop) {
    if (start == stop) return NULL;
    if (stop - start == spy_str_len(a)) return a;
    int32_t from = spy_str_offset(a, start), to = spy_str_offset(a, stop);
    if (to - from == 1) return &spy_ascii[(uint8_t)a->data[from]];
    return spy_text_of(a->data + from, to - from, stop - start);
}

bool spy_str_contains(spy_str a, spy_str part) { return spy_text_find(a, part, 0, spy_text_size(a)) >= 0; }

/* Python's rules for the bounds of find: negative ones count from the end, all are clamped. False: nothing to find. */
static bool clamp_bounds(int32_t length, int32_t *start, int32_t *end) {
    if (*end > length) *end = length;
    if (*end < 0) *end = *end + length < 0 ? 0 : *end + length;
    if (*start < 0) *start = *start + length < 0 ? 0 : *start + length;
    return *start <= *end;
}

static int32_t to_codepoints(spy_str a, int32_t at) {
    return at <= 0 || spy_str_isascii(a) ? at : spy_utf8_length(a->data, at);
}

int32_t spy_str_find(spy_str a, spy_str part, int32_t start, int32_t end) {
    if (!clamp_bounds(spy_str_len(a), &start, &end)) return -1;
    return to_codepoints(a, spy_text_find(a, part, spy_str_offset(a, start), spy_str_offset(a, end)));
}

int32_t spy_str_rfind(spy_str a, spy_str part, int32_t start, int32_t end) {
    if (!clamp_bounds(spy_str_len(a), &start, &end)) return -1;
    return to_codepoints(a, spy_text_rfind(a, part, spy_str_offset(a, start), spy_str_offset(a, end)));
}

bool spy_bytes_contains(spy_bytes a, spy_bytes part) { return spy_text_find(a, part, 0, spy_text_size(a)) >= 0; }

int32_t spy_bytes_find(spy_bytes a, spy_bytes part, int32_t start, int32_t end) {
    return clamp_bounds(spy_text_size(a), &start, &end) ? spy_text_find(a, part, start, end) : -1;
}

int32_t spy_bytes_rfind(spy_bytes a, spy_bytes part, int32_t start, int32_t end) {
    return clamp_bounds(spy_text_size(a), &start, &end) ? spy_text_rfind(a, part, start, end) : -1;
}

bool spy_str_ord(spy_str a, int32_t *result) {
    if (SPY_LIKELY(spy_str_len(a) == 1)) return spy_str_codepoint(a, 0, result);
    return spy_raise_format("TypeError", "ord() expected a character, but string of length %d found", (int)spy_str_len(a));
}

bool spy_str_chr(int32_t codepoint, spy_str *result) {
    if ((uint32_t)codepoint >= 0x110000) return spy_raise("ValueError", "chr() arg not in range(0x110000)");
    *result = spy_str_of_codepoint((uint32_t)codepoint);
    return false;
}

spy_bytes spy_str_encode(spy_str a) {
    return spy_text_size(a) ? spy_text_of(a->data, a->size, a->size) : NULL;
}

bool spy_bytes_decode(spy_bytes a, spy_str *result) {
    return spy_str_decode(spy_text_data(a), spy_text_size(a), result);
}

/* --- buffers --------------------------------------------------------------------------------- */

static bool check_buffer(int32_t length, int32_t offset, int32_t size) {
    if (SPY_LIKELY(offset >= 0 && size >= 0 && (int64_t)offset + size <= length)) return false;
    return spy_raise("IndexError", "buffer index out of range");
}

bool spy_bytes_write(spy_bytes a, uint8_t *buffer, int32_t length, int32_t offset) {
    int32_t size = spy_text_size(a);
    if (check_buffer(length, offset, size)) return true;
    if (size) memcpy(buffer + offset, a->data, (size_t)size);
    return false;
}

bool spy_str_write(spy_str a, uint8_t *buffer, int32_t length, int32_t offset) {
    return spy_bytes_write(a, buffer, length, offset);
}

bool spy_bytes_read(const uint8_t *buffer, int32_t length, int32_t offset, int32_t size, spy_bytes *result) {
    if (check_buffer(length, offset, size)) return true;
    *result = size ? spy_text_copy((const char *)buffer + offset, size, size) : NULL;
    return false;
}

bool spy_str_read(const uint8_t *buffer, int32_t length, int32_t offset, int32_t size, spy_str *result) {
    if (check_buffer(length, offset, size)) return true;
    *result = NULL;
    return size ? spy_str_decode((const char *)buffer + offset, size, result) : false;
}

static bool check_size(size_t size) {
    return size <= INT32_MAX ? false : spy_raise("OverflowError", "text of more than 2147483647 bytes");
}

spy_str spy_str_from_c(const char *data, size_t size) {
    spy_str text = NULL;
    return check_size(size) || spy_str_decode(data, (int32_t)size, &text) ? NULL : text;
}

spy_bytes spy_bytes_from_c(const char *data, size_t size) {
    return check_size(size) ? NULL : spy_text_copy(data, (int32_t)size, (int32_t)size);
}

/* --- repr ------------------------------------------------------------------------------------ */

static char *write_hex(char *out, char kind, uint32_t value, int digits) {
    *out++ = '\\';
    *out++ = kind;
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) *out++ = "0123456789abcdef"[value >> shift & 15];
    return out;
}

static char *write_escaped(char *out, uint32_t point, char quote, bool is_bytes) {
    if (point == (uint8_t)quote || point == '\\') {
        *out++ = '\\';
        *out++ = (char)point;
        return out;
    }
    if (point == '\n' || point == '\r' || point == '\t') {
        *out++ = '\\';
        *out++ = point == '\n' ? 'n' : point == '\r' ? 'r' : 't';
        return out;
    }
    if (!is_bytes && spy_is_printable(point)) return out + spy_utf8_encode(point, out);
    if (is_bytes && point >= 32 && point < 127) {
        *out++ = (char)point;
        return out;
    }
    if (point < 0x100) return write_hex(out, 'x', point, 2);
    return point < 0x10000 ? write_hex(out, 'u', point, 4) : write_hex(out, 'U', point, 8);
}

static spy_str text_repr(const spy_Text *a, bool is_bytes) {
    int32_t size = spy_text_size(a);
    const char *data = spy_text_data(a);
    char quote = size && memchr(data, '\'', (size_t)size) && !memchr(data, '"', (size_t)size) ? '"' : '\'';
    char *room = spy_gc_alloc_plain((size_t)size * 4 + 3), *out = room;
    if (is_bytes) *out++ = 'b';
    *out++ = quote;
    for (int32_t at = 0, step = 1; at < size; at += step) {
        uint32_t point = is_bytes ? (uint8_t)data[at] : spy_utf8_decode(data + at, &step);
        out = write_escaped(out, point, quote, is_bytes);
    }
    *out++ = quote;
    return spy_text_of(room, (int32_t)(out - room), spy_utf8_length(room, (int32_t)(out - room)));
}

spy_str spy_str_repr(spy_str a) { return text_repr(a, false); }
spy_str spy_bytes_repr(spy_bytes a) { return text_repr(a, true); }

uint32_t spy_crc32(const char *data, size_t size) {
    uint32_t crc = 0xFFFFFFFF;
    const uint8_t *at = (const uint8_t *)data;
    for (; size >= 8; size -= 8, at += 8) {
        uint32_t low = crc ^ ((uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24);
        crc = spy_crc_table[7][low & 255] ^ spy_crc_table[6][low >> 8 & 255] ^ spy_crc_table[5][low >> 16 & 255] ^
              spy_crc_table[4][low >> 24] ^ spy_crc_table[3][at[4]] ^ spy_crc_table[2][at[5]] ^
              spy_crc_table[1][at[6]] ^ spy_crc_table[0][at[7]];
    }
    for (; size > 0; size--, at++) crc = crc >> 8 ^ spy_crc_table[0][(crc ^ *at) & 255];
    return ~crc;
}
