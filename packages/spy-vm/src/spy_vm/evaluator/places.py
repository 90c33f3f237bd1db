"""Where an exception was raised, for the traceback."""

from typing import Any

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm.exceptions import Raised
from spy_vm.frame.frame import WalkingFrame
from spy_vm.interface.engine import Compute
from spy_vm.interface.flow import Flow
from spy_vm.objects.operand import Operand
from spy_vm.trace_entry import TraceEntry


class Places(WalkingFrame):
    """Noting the place where an exception is first seen."""

    @property
    def display_name(self) -> str:
        """The name of this frame in tracebacks."""
        return self.w_func.definition.name if self.w_func is not None else "<module>"

    def exec(self, stmt: n.Stmt) -> Flow:
        try:
            return super().exec(stmt)
        except Raised as error:
            self.note_place(error, self.loc(stmt.span))
            raise

    def note_place(self, error: Raised, loc: Loc | None) -> None:
        """Remember where `error` was raised, if this is the first frame to see it."""
        if not error.frames and loc is not None:
            error.frames.append(TraceEntry(loc.file, loc.line, self.display_name))
            error.where = loc

    def _at(self, loc: Loc | None, compute: Compute, args: list[Operand]) -> Any:
        try:
            return compute(*[arg.val for arg in args])
        except Raised as error:
            self.note_place(error, loc)
            raise
