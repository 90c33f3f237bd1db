"""`try` keeps its shape; what its parts surely assign is worked out here.

A handler, and `finally`, may start after any part of the body: there, only what was assigned before the
`try`, and not deleted in it, surely has a value.
"""

from collections.abc import Callable

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_vm.interface.control import Block, Handler
from spy_vm.interface.flow import Flow

from spy_redshift.residual.state import ResidualFrame


class Catching(ResidualFrame):
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
            caught.append(ir.Handler(self.pos(handler.loc), handler.types, None, part(handler.run)))
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

    def reraise(self, loc: Loc) -> Flow:
        self.emit(ir.Reraise(self.pos(loc)))
        return Flow.RAISE


def _common(flows: list[Flow]) -> Flow:
    """Return how a statement ends that never goes on."""
    return flows[0] if len(set(flows)) == 1 else Flow.RETURN
