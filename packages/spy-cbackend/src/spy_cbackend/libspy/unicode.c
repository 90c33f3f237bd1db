/* Properties of code points, and UTF-8. */
#include "unicode.h"

#include "spy.h"
#include "tables.h"

static bool in_ranges(uint32_t codepoint, const spy_Range *ranges, int32_t count) {
    int32_t low = 0, high = count;
    while (low < high) {
        int32_t middle = (low + high) / 2;
        if (codepoint > ranges[middle].last) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && codepoint >= ranges[low].first;
}

bool spy_is_printable(uint32_t codepoint) {
    if (codepoint < 128) return codepoint >= 32 && codepoint < 127;
    return !in_ranges(codepoint, spy_unprintable, spy_unprintable_count);
}

bool spy_is_space(uint32_t codepoint) {
    if (codepoint < 128) return codepoint == 32 || (codepoint >= 9 && codepoint <= 13) || (codepoint >= 28 && codepoint <= 31);
    return in_ranges(codepoint, spy_space, spy_space_count);
}

int spy_decimal_digit(uint32_t codepoint) {
    if (codepoint >= '0' && codepoint <= '9') return (int)(codepoint - '0');
    if (codepoint < 128) return -1;
    for (int32_t i = 0; i < spy_decimal_zero_count; i++) {
        uint32_t digit = codepoint - spy_decimal_zeros[i];
        if (digit < 10) return (int)digit;
    }
    return -1;
}

/* `data` is valid UTF-8 (surrogates allowed); *size becomes the size of the code point. */
uint32_t spy_utf8_decode(const char *data, int32_t *size) {
    const uint8_t *byte = (const uint8_t *)data;
    if (byte[0] < 0x80) {
        *size = 1;
        return byte[0];
    }
    if (byte[0] < 0xE0) {
        *size = 2;
        return (uint32_t)(byte[0] & 0x1F) << 6 | (byte[1] & 0x3F);
    }
    if (byte[0] < 0xF0) {
        *size = 3;
        return (uint32_t)(byte[0] & 0x0F) << 12 | (uint32_t)(byte[1] & 0x3F) << 6 | (byte[2] & 0x3F);
    }
    *size = 4;
    return (uint32_t)(byte[0] & 0x07) << 18 | (uint32_t)(byte[1] & 0x3F) << 12 | (uint32_t)(byte[2] & 0x3F) << 6 |
           (byte[3] & 0x3F);
}

int32_t spy_utf8_encode(uint32_t codepoint, char *data) {
    if (codepoint < 0x80) {
        data[0] = (char)codepoint;
        return 1;
    }
    if (codepoint < 0x800) {
        data[0] = (char)(0xC0 | codepoint >> 6);
        data[1] = (char)(0x80 | (codepoint & 0x3F));
        return 2;
    }
    if (codepoint < 0x10000) {
        data[0] = (char)(0xE0 | codepoint >> 12);
        data[1] = (char)(0x80 | (codepoint >> 6 & 0x3F));
        data[2] = (char)(0x80 | (codepoint & 0x3F));
        return 3;
    }
    data[0] = (char)(0xF0 | codepoint >> 18);
    data[1] = (char)(0x80 | (codepoint >> 12 & 0x3F));
    data[2] = (char)(0x80 | (codepoint >> 6 & 0x3F));
    data[3] = (char)(0x80 | (codepoint & 0x3F));
    return 4;
}

int32_t spy_utf8_length(const char *data, int32_t size) {
    int32_t length = 0;
    for (int32_t i = 0; i < size; i++) length += ((uint8_t)data[i] & 0xC0) != 0x80;
    return length;
}

static bool is_continuation(uint8_t byte) { return (byte & 0xC0) == 0x80; }

/* The size of the code point at `at`, or 0 with what is wrong: *bad bytes, and why. */
static int32_t decode_strict(const uint8_t *at, int32_t left, int32_t *bad, const char **reason) {
    uint8_t lead = at[0];
    *bad = 1;
    if (lead < 0x80) return 1;
    *reason = "invalid start byte";
    if (lead < 0xC2 || lead > 0xF4) return 0;
    int32_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    for (int32_t i = 1; i < size; i++) {
        *bad = i;
        *reason = "unexpected end of data";
        if (i >= left) return 0;
        *reason = "invalid continuation byte";
        if (!is_continuation(at[i])) return 0;
        bool overlong = i == 1 && ((lead == 0xE0 && at[1] < 0xA0) || (lead == 0xF0 && at[1] < 0x90));
        bool beyond = i == 1 && ((lead == 0xED && at[1] > 0x9F) || (lead == 0xF4 && at[1] > 0x8F));
        if (overlong || beyond) return 0;
    }
    return size;
}

bool spy_str_decode(const char *data, int32_t size, spy_str *result) {
    int32_t length = 0;
    for (int32_t at = 0; at < size; length++) {
        int32_t bad;
        const char *reason;
        int32_t step = decode_strict((const uint8_t *)data + at, size - at, &bad, &reason);
        if (step == 0 && bad == 1) {
            return spy_raise_format("UnicodeDecodeError", "'utf-8' codec can't decode byte 0x%02x in position %d: %s",
                                    (unsigned)(uint8_t)data[at], (int)at, reason);
        }
        if (step == 0) {
            return spy_raise_format("UnicodeDecodeError", "'utf-8' codec can't decode bytes in position %d-%d: %s",
                                    (int)at, (int)(at + bad - 1), reason);
        }
        at += step;
    }
    *result = spy_text_copy(data, size, length);
    return false;
}
