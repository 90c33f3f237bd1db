"""Positions of Program IR as Python's `ast` counts them: columns in UTF-8 bytes from 0."""

from typing import TypedDict, final

from spy_types.program.nodes import Pos
from spy_types.program.program import Source


class AstPlace(TypedDict):
    """What every `ast` node says of its position."""

    lineno: int
    col_offset: int
    end_lineno: int
    end_col_offset: int


@final
class Places:
    """The positions in one source file."""

    def __init__(self, index: int, source: Source) -> None:
        self._index = index
        self._lines = None if source.text.isascii() else source.text.splitlines()

    def of(self, pos: Pos) -> AstPlace | None:
        """Return the place of `pos`; None if it is in another file, as that of code which was inlined."""
        if pos.source != self._index:
            return None
        start = max(pos.line, 1), self._bytes(pos.line, pos.col)
        end = pos.end_line, self._bytes(pos.end_line, pos.end_col)
        end = max(start, end)
        return AstPlace(lineno=start[0], col_offset=start[1], end_lineno=end[0], end_col_offset=end[1])

    def _bytes(self, line: int, col: int) -> int:
        before = max(col - 1, 0)
        if self._lines is None or not 1 <= line <= len(self._lines):
            return before
        return len(self._lines[line - 1][:before].encode("utf-8", "surrogatepass"))
