"""Indentation of lines to INDENT and DEDENT marks."""

from typing import Final, final

from spy_types.errors import SpyError

from spy_parser.errors import text as errors
from spy_parser.marks import DEDENT, INDENT
from spy_parser.source import Source

MAX_LEVELS: Final = 100


@final
class Indentation:
    """The blocks open at a line: their widths with tabs of 8 and with tabs of 1, which must agree."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = ""
        self.levels: list[tuple[int, int]] = [(0, 0)]
        self.marks: dict[int, int] = {}

    def enter(self, start: int, indent: str) -> str:
        """Return the marks for a line that begins at `start` with `indent`; remember how many they are."""
        if indent == self.text:
            return ""
        self.text = indent
        wide, narrow = _widths(indent)
        levels = self.levels
        if wide == levels[-1][0]:
            if narrow != levels[-1][1]:
                self._report(errors.inconsistent_tabs, start, indent)
            return ""
        if wide > levels[-1][0]:
            return self._deeper(start, indent, wide, narrow)
        closed = 0
        while wide < levels[-1][0]:
            levels.pop()
            closed += 1
        if wide != levels[-1][0]:
            self._report(errors.bad_dedent, start, indent)
            levels.append((wide, narrow))
            closed -= 1
        elif narrow != levels[-1][1]:
            self._report(errors.inconsistent_tabs, start, indent)
        return self._marked(start, DEDENT * closed)

    def finish(self) -> str:
        """Return the marks that close every open block at the end of the file."""
        return DEDENT * (len(self.levels) - 1)

    def _deeper(self, start: int, indent: str, wide: int, narrow: int) -> str:
        if narrow <= self.levels[-1][1]:
            self._report(errors.inconsistent_tabs, start, indent)
        if len(self.levels) >= MAX_LEVELS:
            self._report(errors.too_many_levels, start, indent)
            raise SpyError.of(self.source.diagnostics)
        self.levels.append((wide, narrow))
        return self._marked(start, INDENT)

    def _marked(self, start: int, marks: str) -> str:
        line = self.source.original_span(start, start + 1).line
        self.marks[line] = len(marks)
        return marks

    def _report(self, make: "errors.IndentationFault", start: int, indent: str) -> None:
        span = self.source.original_span(start, start + max(1, len(indent)))
        self.source.report(make(self.source.loc(span)))


def _widths(indent: str) -> tuple[int, int]:
    """Return the width of `indent` with tabs to multiples of 8, and with tabs as one blank."""
    if "\t" not in indent and "\f" not in indent:
        return len(indent), len(indent)
    wide = narrow = 0
    for char in indent:
        if char == "\t":
            wide, narrow = (wide // 8 + 1) * 8, narrow + 1
        elif char == "\f":
            wide = narrow = 0
        else:
            wide, narrow = wide + 1, narrow + 1
    return wide, narrow
