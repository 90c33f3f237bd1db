"""Positions of Program IR as Python's `ast` counts them: columns in UTF-8 bytes from 0."""

import ast
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


def fill_places(root: ast.stmt) -> None:
    """Give each node without a place that of the node it stands in; `root` has one."""
    stack: list[tuple[ast.AST, tuple[int, int, int | None, int | None]]] = [(root, (1, 0, 1, 0))]
    while stack:
        node, place = stack.pop()
        if isinstance(node, ast.expr | ast.stmt | ast.arg | ast.ExceptHandler):
            if "lineno" in vars(node):
                place = node.lineno, node.col_offset, node.end_lineno, node.end_col_offset
            else:
                node.lineno, node.col_offset, node.end_lineno, node.end_col_offset = place
        for value in list(vars(node).values()):
            if isinstance(value, list):
                stack += [(inner, place) for inner in value if isinstance(inner, NODES)]
            elif isinstance(value, NODES):
                stack.append((value, place))


NODES = (ast.expr, ast.stmt, ast.arg, ast.arguments, ast.excepthandler)
