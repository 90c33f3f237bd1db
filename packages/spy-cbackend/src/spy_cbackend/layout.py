"""From lines to a file: indentation by braces, and `#line` wherever the C compiler would count
differently.
"""

from collections.abc import Iterable, Iterator

from spy_types.program.nodes import Pos
from spy_types.program.program import Program

from spy_cbackend.mangling import text_literal


def indent(lines: Iterable[str]) -> Iterator[str]:
    """Indent lines by the braces at their ends."""
    depth = 0
    for line in lines:
        if line.startswith("}"):
            depth -= 1
        yield "    " * depth + line if not line.startswith("#") else line
        if line.endswith("{"):
            depth += 1


def with_positions(program: Program, lines: Iterable[tuple[str, Pos | None]]) -> Iterator[str]:
    """Put `#line` before the lines whose place is not the one that the compiler assumes."""
    source, line = -1, -1
    for text, pos in lines:
        if pos is not None and (pos.source, pos.line) != (source, line):
            source, line = pos.source, pos.line
            yield f"#line {line} {text_literal(program.sources[source].path)}"
        yield text
        line += 1
