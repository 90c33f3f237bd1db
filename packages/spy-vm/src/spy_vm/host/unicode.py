"""What SPy knows about characters, from tables of its own.

The Python that runs us may know an older or a newer Unicode; the result of a program does not depend on it.
A table of a property holds the bounds of its ranges: the first code point inside, the first one after.
"""

from __future__ import annotations

from bisect import bisect_right

from spy_vm.host.unicode_ranges import DECIMAL_ZEROS, SPACE, UNPRINTABLE

DIGITS = 10


def str_repr(text: str) -> str:
    """Return `repr(text)`."""
    if text.isascii():
        return repr(text)
    quote = '"' if "'" in text and '"' not in text else "'"
    return quote + "".join([_shown(char, quote) for char in text]) + quote


def ascii_number(text: str) -> str:
    """Return `text` with digits and spaces as ASCII has them, and `?` for what no number has."""
    return text if text.isascii() else "".join([_number_char(char) for char in text])


def is_printable(code: int) -> bool:
    """Tell whether `repr` shows a non-ASCII character as it is."""
    return bisect_right(UNPRINTABLE, code) % 2 == 0


def _shown(char: str, quote: str) -> str:
    if char.isascii():
        return f"\\{char}" if char == quote else char if char in "'\"" else repr(char)[1:-1]
    return char if is_printable(ord(char)) else ascii(char)[1:-1]


def _number_char(char: str) -> str:
    if char.isascii():
        return char
    code = ord(char)
    if bisect_right(SPACE, code) % 2:
        return " "
    last_zero = bisect_right(DECIMAL_ZEROS, code) - 1
    digit = code - DECIMAL_ZEROS[last_zero]
    return str(digit) if last_zero >= 0 and digit < DIGITS else "?"
