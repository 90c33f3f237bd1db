"""Source lines with marks under them.

3 |     x: int = "hello"
  |              ^^^^^^^ expected `i32`, got `str`
"""

from collections.abc import Sequence
from typing import NamedTuple

from spy_types.errors import Label

from spy_cli.sources import TAB, Sources
from spy_cli.style import Palette

WIDTH = 160
BEFORE = 60


class _Cut(NamedTuple):
    text: str
    start: int
    end: int


Marked = tuple[Label, bool]


def snippet(labels: Sequence[Marked], sources: Sources, margin: int, palette: Palette) -> list[str]:
    """Return the lines of one file that `labels` (each with: is it the primary one) mark, with the marks."""
    lines: list[str] = []
    bar = palette.paint("blue", " " * (margin + 1) + "|")
    previous: int | None = None
    shown = ""
    for label, primary in sorted(labels, key=lambda item: (item[0].loc.line, item[0].loc.col)):
        source = sources.line(label.loc.file, label.loc.line)
        if source is None:
            continue
        if previous is None:
            lines.append(bar)
        elif label.loc.line > previous + 1:
            lines.append(palette.paint("blue", "..."))
        cut = _cut(label, source)
        if label.loc.line != previous or cut.text != shown:
            lines.append(palette.paint("blue", f"{label.loc.line:>{margin}} |") + f" {cut.text}".rstrip())
        previous, shown = label.loc.line, cut.text
        marks = ("^" if primary else "-") * max(1, cut.end - cut.start)
        remark = palette.paint("red" if primary else "blue", f"{marks} {label.text[:WIDTH]}".rstrip())
        lines.append(f"{bar} {' ' * cut.start}{remark}")
    return lines


def _cut(label: Label, source: str) -> _Cut:
    """Return the part of `source` to show and the columns (from 0) to mark in it."""
    loc = label.loc
    start = min(loc.col - 1, len(source))
    end = min(loc.end_col - 1, len(source)) if loc.end_line == loc.line else len(source.rstrip())
    end = max(end, start)
    head, tail = 0, len(source)
    if len(source) > WIDTH:
        head = max(0, start - BEFORE)
        tail = min(len(source), head + WIDTH)
        end = min(end, tail)
    prefix = "..." if head else ""
    suffix = "..." if tail < len(source) else ""
    before, marked = _printable(source[head:start]), _printable(source[start:end])
    text = prefix + before + marked + _printable(source[end:tail]) + suffix
    first = _columns(prefix + before)
    return _Cut(text, first, first + _columns(marked))


def _printable(text: str) -> str:
    text = text.replace("\t", TAB)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _columns(text: str) -> int:
    """Return the width of `text` on a terminal."""
    if text.isascii():
        return len(text)
    import unicodedata

    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) != 0 for c in text)
