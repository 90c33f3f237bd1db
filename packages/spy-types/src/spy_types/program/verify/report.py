"""Violations as they are found, and where."""

from collections.abc import Sequence

from spy_types.errors import Diagnostic, Label
from spy_types.loc import Loc
from spy_types.program.nodes import Pos
from spy_types.program.program import Source

MAX_VIOLATIONS = 1000
MAX_TITLE = 1000


class TooManyViolations(Exception):
    """More violations than anyone reads: a hostile program must not make the report grow without end."""


class Report:
    """Collects violations; `where` is the thing being checked, the start of each message."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = sources
        self.where = "the program"
        self.found: list[Diagnostic] = []

    def add(self, code: str, message: str, pos: Pos | None = None) -> None:
        """Note a violation of the rule `code`; raise TooManyViolations when that is enough."""
        if len(self.found) >= MAX_VIOLATIONS:
            raise TooManyViolations
        labels = [] if pos is None or not 0 <= pos.source < len(self.sources) else [self._label(pos)]
        title = f"{self.where}: {message}"
        title = title if len(title) <= MAX_TITLE else f"{title[: MAX_TITLE - 3]}..."
        self.found.append(Diagnostic(code, title, labels, etype="ImportError"))

    def _label(self, pos: Pos) -> Label:
        path = self.sources[pos.source].path
        return Label(Loc(path, pos.line, pos.col, pos.end_line, pos.end_col), "here")
