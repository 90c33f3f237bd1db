"""Colours of terminal output."""

import os
from typing import Literal, TextIO

Colour = Literal["auto", "always", "never"]

_CODES = {
    "bold": "1",
    "dim": "2",
    "cyan": "36",
    "red": "1;31",
    "green": "1;32",
    "yellow": "1;33",
    "blue": "1;34",
}


class Palette:
    """Wraps text in colours, or leaves it alone."""

    def __init__(self, enabled: bool) -> None:
        self.enabled = enabled

    def paint(self, style: str, text: str) -> str:
        """Return `text` in `style`: a name like `red`, or numbers of an ANSI sequence."""
        if not self.enabled or not text:
            return text
        return f"\x1b[{_CODES.get(style, style)}m{text}\x1b[0m"


PLAIN = Palette(False)


def palette_for(stream: TextIO, choice: Colour = "auto") -> Palette:
    """Return the colours to use on `stream`: none unless it is a terminal and the user did not object."""
    if choice != "auto":
        return Palette(choice == "always")
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return PLAIN
    if os.environ.get("FORCE_COLOR"):
        return Palette(True)
    return Palette(stream.isatty())
