/* What libspy asks of a code point. */
#ifndef SPY_UNICODE_H
#define SPY_UNICODE_H

#include <stdbool.h>
#include <stdint.h>

bool spy_is_printable(uint32_t codepoint);
bool spy_is_space(uint32_t codepoint);
/* 0 to 9, or -1 if it is no decimal digit of any script. */
int spy_decimal_digit(uint32_t codepoint);

#endif
