"""Places in the source that tracebacks and warnings show: one static table, one entry per function and
line.
"""

from collections.abc import Iterator
from typing import final

from spy_types.program.nodes import Pos
from spy_types.program.program import Program

from spy_cbackend.mangling import text_literal


@final
class Places:
    """The places of one program, numbered in order of first use."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._lines = [source.text.split("\n") for source in program.sources]
        self._numbers: dict[tuple[str, int, int], int] = {}
        self.warnings = 0

    def refer(self, function: str, pos: Pos) -> str:
        """Return C code for a pointer to the place of `pos` in `function` (the name that users see)."""
        number = self._numbers.setdefault((function, pos.source, pos.line), len(self._numbers))
        return f"&spy_places[{number}]"

    def warning(self) -> str:
        """Return C code for a pointer to a flag of its own."""
        self.warnings += 1
        return f"&spy_warned[{self.warnings - 1}]"

    def declarations(self) -> Iterator[str]:
        """Yield the declaration that the functions need before them."""
        if self._numbers:
            yield f"static const spy_Place spy_places[{len(self._numbers)}];"
        if self.warnings:
            yield f"static bool spy_warned[{self.warnings}];"

    def definitions(self) -> Iterator[str]:
        """Yield the table."""
        if not self._numbers:
            return
        yield f"static const spy_Place spy_places[{len(self._numbers)}] = {{"
        for function, source, line in self._numbers:
            path = text_literal(self._program.sources[source].path)
            yield f"{{{text_literal(function)}, {path}, {line}, {text_literal(self._text(source, line))}}},"
        yield "};"

    def _text(self, source: int, line: int) -> str:
        lines = self._lines[source]
        return lines[line - 1].strip() if 0 < line <= len(lines) else ""
