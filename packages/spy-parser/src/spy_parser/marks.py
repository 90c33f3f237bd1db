"""Characters that the layout pass writes into the text for the grammar to see.

They are control characters, which source text may hold only inside strings. There `hide` replaces them,
before the layout pass, by lone surrogates, which no source text can hold; builders of strings `restore` them.
"""

import re
from typing import Final

INDENT: Final = "\x01"
DEDENT: Final = "\x02"
FSTRING_START: Final = "\x03"
FSTRING_END: Final = "\x04"
FIELD_OPEN: Final = "\x05"
FIELD_CLOSE: Final = "\x06"
FIELD_SPEC: Final = "\x07"
END: Final = "\x08"

LAYOUT: Final = frozenset(" \t\f\n" + INDENT + DEDENT + END)
"""What never belongs to a node: blanks, line ends, and the marks of blocks."""

_USED: Final = re.compile("[\x01-\x08]")
_HIDDEN: Final = {code: 0xD800 + code for code in range(1, 9)}
_RESTORED: Final = {hidden: code for code, hidden in _HIDDEN.items()}


def hide(text: str) -> str:
    """Return `text` without characters that look like marks."""
    return text.translate(_HIDDEN) if _USED.search(text) else text


def restore(text: str) -> str:
    """Return `text` as it was before `hide`."""
    return text if text.isascii() else text.translate(_RESTORED)


def after_blanks(text: str, pos: int) -> int:
    """Return where the code after the blanks at `pos` begins; marked text ends with END, which is none."""
    while text[pos] in " \t\f":
        pos += 1
    return pos
