"""The marked text of one file during its parse: positions, and the faults found so far."""

from bisect import bisect_right
from itertools import accumulate
from typing import final

from spy_types.errors import Diagnostic
from spy_types.loc import Loc, Span

from spy_parser.marks import LAYOUT


@final
class Source:
    """What the grammar parses.

    `original` is the text of the user with `\\n` line ends, `text` the same with layout marks. Marks
    stand only at the start of lines, so a line of `text` is that of `original`, moved: offset `o` of line
    `n` is column `o - column_base[n]`.
    """

    def __init__(self, original: str, path: str) -> None:
        self.original = original
        self.path = path
        self.text = original
        self.starts = [0, *accumulate(len(line) + 1 for line in original.split("\n"))]
        self.line_of: list[int] = []
        self.column_base: list[int] = []
        self.diagnostics: list[Diagnostic] = []
        self.faults: set[tuple[str, Loc]] = set()
        self.faulty_lines: set[int] = set()

    def set_marked(self, text: str, marks: dict[int, int]) -> None:
        """Take the marked text; `marks` says how many marks stand before a line (numbered from 1)."""
        self.text = text
        line_of: list[int] = []
        base = [0]
        shift = 0
        starts = self.starts
        for number in range(1, len(starts)):
            added = marks.get(number, 0)
            shift += added
            start = starts[number - 1]
            base.append(start + shift - 1)
            line_of += [number] * (starts[number] - start + added)
        line_of += [len(starts) - 1] * (len(text) + 1 - len(line_of))
        self.line_of = line_of
        self.column_base = base

    def span(self, start: int, end: int) -> Span:
        """Return the span of `text[start:end]` without the blanks at its end."""
        text = self.text
        end -= 1
        while end > start and text[end] in LAYOUT:
            end -= 1
        line_of = self.line_of
        base = self.column_base
        line = line_of[start]
        end_line = line_of[end]
        return Span(line, start - base[line], end_line, end + 1 - base[end_line])

    def exact_span(self, start: int, end: int) -> Span:
        """Return the span of `text[start:end]`, which may end in blanks."""
        line, end_line = self.line_of[start], self.line_of[end]
        base = self.column_base
        return Span(line, start - base[line], end_line, end - base[end_line])

    def original_span(self, start: int, end: int) -> Span:
        """Return the span of `original[start:end]`."""
        starts = self.starts
        line = bisect_right(starts, start)
        end_line = max(line, bisect_right(starts, end - 1))
        return Span(line, start - starts[line - 1] + 1, end_line, end - starts[end_line - 1] + 1)

    def uncommented(self, start: int, end: int) -> str:
        """Return what the user wrote at `text[start:end]`, inside brackets, without comments."""
        original = self.original[self._original(start) : self._original(end)]
        if "#" not in original:
            return original
        marked = self.text[start:end]
        lines = []
        for line in original.splitlines(keepends=True):
            code, marked = marked[: len(line)], marked[len(line) :]
            comment = next((i for i, char in enumerate(line) if char == "#" and code[i] != "#"), None)
            lines.append(line if comment is None else line[:comment] + "\n")
        return "".join(lines)

    def loc(self, span: Span) -> Loc:
        """Return `span` as a place in this file."""
        return Loc.at(self.path, span)

    def report(self, diagnostic: Diagnostic) -> None:
        """Note a fault and go on; the same fault counts once, also when the grammar looks twice."""
        loc = diagnostic.labels[0].loc
        if (diagnostic.code, loc) not in self.faults:
            self.faults.add((diagnostic.code, loc))
            self.faulty_lines.add(loc.line)
            self.diagnostics.append(diagnostic)

    def forget_reports(self) -> None:
        """Start again with no faults."""
        self.diagnostics.clear()
        self.faults.clear()
        self.faulty_lines.clear()

    def _original(self, offset: int) -> int:
        line = self.line_of[offset]
        return self.starts[line - 1] + offset - self.column_base[line] - 1
