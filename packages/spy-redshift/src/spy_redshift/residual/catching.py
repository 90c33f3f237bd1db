"""`try` keeps its shape; what its parts surely assign is worked out here.

A handler, and `finally`, may start after any part of the body: there, only what was assigned before the
`try`, and not deleted in it, surely has a value.
"""

from collections.abc import Callable
from functools import partial

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_types.program.constants import StrConst
from spy_vm.interface.control import Block, Handler
from spy_vm.interface.flow import Flow
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand

from spy_redshift.residual.temporaries import Temporaries


class Catching(Temporaries):
    """`try` and the bare `raise`."""

    def try_block(
        self, body: Block, handlers: list[Handler], orelse: Block, finalbody: Block | None, loc: Loc
    ) -> Flow:
        deleted, self.deleted = self.deleted, set()
        before = set(self.assigned)
        exits: list[set[str]] = []
        flows: list[Flow] = []

        def part(run: Callable[[], Flow], *, last: bool = True) -> tuple[ir.Stmt, ...]:
            out, flow = self.capture(run)
            if last or flow is not Flow.NEXT:
                flows.append(flow)
            if last and flow is Flow.NEXT:
                exits.append(self.assigned)
            return tuple(out)

        body_out = part(body, last=False)
        else_out = () if flows else part(orelse)
        caught = []
        for handler in handlers:
            self.assigned = before - self.deleted
            name = None if handler.name is None else self.temporary(b.W_EXCEPTION, "e")
            error = self._caught(name, handler.loc)
            pos = self.pos(handler.loc)
            caught.append(ir.Handler(pos, handler.types, name, part(partial(handler.run, error))))
        final_out: list[ir.Stmt] = []
        final_flow = Flow.NEXT
        surely: set[str] = set()
        if finalbody is not None:
            self.assigned = before - self.deleted
            self.deleted, deleted_before = set(), self.deleted
            final_out, final_flow = self.capture(finalbody)
            exits = [names - self.deleted for names in exits]
            surely = self.assigned
            self.deleted |= deleted_before
        self.deleted |= deleted
        self.assigned = set.intersection(*exits) | surely if exits else before
        self.emit_try(loc, body_out, tuple(caught), else_out, tuple(final_out))
        if final_flow is not Flow.NEXT:
            return final_flow
        return Flow.NEXT if exits else _common(flows)

    def emit_try(
        self,
        loc: Loc,
        body: tuple[ir.Stmt, ...],
        handlers: tuple[ir.Handler, ...],
        orelse: tuple[ir.Stmt, ...],
        finalbody: tuple[ir.Stmt, ...],
    ) -> None:
        """Write a try statement, or what is left of it."""
        if not body:
            handlers = ()
        if not handlers:
            body, orelse = (*body, *orelse), ()
        if handlers or finalbody:
            self.emit(ir.Try(self.pos(loc), body, handlers, orelse, finalbody))
        else:
            self.out += body

    def _caught(self, name: str | None, loc: Loc) -> Operand:
        """Return the read of the local that holds the exception; nobody reads that of one without a name."""
        return self.red(b.W_EXCEPTION, ir.Local("exception", self.pos(loc), name or ""), loc)

    def raise_object(self, error: Operand, cause: Operand | None, quiet: bool, loc: Loc) -> Flow:
        pos = self.pos(loc)
        match self.expr(error):
            case ir.Prim(op="exception_new", args=(ir.Const(value=StrConst(value=etype)), message)) if (
                cause is None and not quiet
            ):
                self.emit(ir.Raise(pos, etype, message))
            case ir.Prim(
                op="exception_with",
                args=(
                    ir.Const(value=StrConst(value=etype)),
                    ir.Const(value=StrConst("")),
                    ir.Const(value=StrConst("")),
                ),
            ) if cause is None and not quiet:
                self.emit(ir.Raise(pos, etype, None))
            case value:
                self.emit(ir.RaiseObject(pos, value, None if cause is None else self.expr(cause), quiet))
        return Flow.RAISE

    def reraise(self, loc: Loc) -> Flow:
        self.emit(ir.Reraise(self.pos(loc)))
        return Flow.RAISE


def _common(flows: list[Flow]) -> Flow:
    """Return how a statement ends that never goes on."""
    return flows[0] if len(set(flows)) == 1 else Flow.RETURN
