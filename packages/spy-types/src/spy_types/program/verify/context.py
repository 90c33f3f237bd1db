"""The state of the check of one function."""

from collections.abc import Callable, Sequence

from spy_types.program.nodes import Expr, Pos, Stmt
from spy_types.program.program import Function
from spy_types.program.types import TypeId
from spy_types.program.verify import codes
from spy_types.program.verify.constants import ConstantVerifier
from spy_types.program.verify.facts import Facts
from spy_types.program.verify.report import Report

MAX_LINE = 2**31 - 1


class Context:
    """One function's names, where the walk stands in it, and what it was seen to do.

    `loops` counts the loops around, those outside of the innermost block expression not included.
    `raises`, `allocates` and `impure` are the first places that do so.
    """

    def __init__(
        self,
        facts: Facts,
        report: Report,
        function: Function,
        verify_body: "Callable[[Context, Sequence[Stmt]], None]",
    ) -> None:
        self.facts = facts
        self.report = report
        self.function = function
        self.verify_body = verify_body
        self.constants = ConstantVerifier(facts, report)
        self.types = facts.known_types
        self.sources = len(facts.program.sources)
        self.variables: dict[str, TypeId] = {}
        self.depth = 0
        self.loops = 0
        self.handlers = 0
        self.in_block = False
        self.generator = facts.generators.get(function.result) if function.generator else None
        self.raises: Pos | None = None
        self.allocates: Pos | None = None
        self.impure: Pos | None = None

    def fault(self, code: str, message: str, pos: Pos) -> None:
        """Note a violation."""
        self.report.add(code, message, pos)

    def expect(self, expr: Expr, wanted: TypeId, what: str) -> None:
        """Check the type of `expr`, which stands for `what`."""
        if expr.t != wanted:
            self.fault(codes.WRONG_TYPE, f"{what} has type `{expr.t}`, not `{wanted}`", expr.pos)

    @property
    def result(self) -> TypeId:
        """The type of what a return has."""
        return self.function.result if self.generator is None else self.generator.result

    def verify_pos(self, pos: Pos) -> None:
        """Check that `pos` lies in a source and does not end before it starts."""
        if not (
            0 <= pos.source < self.sources
            and 1 <= pos.line <= pos.end_line <= MAX_LINE
            and 1 <= pos.col <= MAX_LINE
            and 1 <= pos.end_col <= MAX_LINE
            and (pos.line < pos.end_line or pos.col <= pos.end_col)
        ):
            self.fault(codes.BAD_POSITION, f"{pos} is no place in a source", pos)
