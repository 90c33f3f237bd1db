"""Statements that are wrong: reported, or made to raise when they run; the walk goes on after them."""

from functools import partial

from spy_types.errors import SpyError
from spy_types.loc import Loc
from spy_types.syntax import nodes as n
from spy_vm.frame.poison import Poisoned, bound_names
from spy_vm.interface.flow import Flow

from spy_redshift.residual.assigned import Assigned
from spy_redshift.residual.state import Loop


class Faults(Assigned):
    """Recovery from static errors."""

    def exec(self, stmt: n.Stmt) -> Flow:
        try:
            return super().exec(stmt)
        except SpyError as error:
            self._poison(stmt)
            flow = self.static_error(error, self.loc(stmt.span))
            self._check_inside(stmt)
            return Flow.NEXT if self.looking_ahead else flow
        except Poisoned:
            self._poison(stmt)
            return Flow.RETURN if isinstance(stmt, n.Return) else Flow.NEXT

    def static_error(self, error: SpyError, loc: Loc) -> Flow:
        """A statement is wrong: report it now, or make it raise when it runs."""
        failure = self.spec.static_error(self.w_func, error, loc)
        if failure is None:
            return Flow.NEXT
        self.emit(failure)
        return Flow.RAISE

    def _check_inside(self, stmt: n.Stmt) -> None:
        """Find the faults inside a statement whose head is wrong already."""
        blocks = _blocks(stmt)
        if (self.spec.mode != "eager" and not self.looking_ahead) or not blocks:
            return
        self.loops.append(Loop(unrolled=False, depth=self.depth))
        assigned = set(self.assigned)
        for block in blocks:
            self.capture(partial(self.exec_block, block))
        self.assigned = assigned
        self.loops.pop()

    def _poison(self, stmt: n.Stmt) -> None:
        self.poisoned.update(name for name in bound_names(stmt) if name not in self.locals)


def _blocks(stmt: n.Stmt) -> tuple[tuple[n.Stmt, ...], ...]:
    """Return the blocks of a statement whose head may be wrong."""
    match stmt:
        case (
            n.If(body=body, orelse=orelse)
            | n.While(body=body, orelse=orelse)
            | n.For(body=body, orelse=orelse)
        ):
            return body, orelse
        case n.Try(body=body, orelse=orelse, finalbody=final):
            return body, orelse, final
        case n.With(body=body):
            return (body,)
        case _:
            return ()
