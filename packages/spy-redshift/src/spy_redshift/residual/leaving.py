"""Leaving: `break`, `continue`, `return`, `raise`."""

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_vm.interface.flow import Flow
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand

from spy_redshift import errors
from spy_redshift.residual.temporaries import Temporaries


class Leaving(Temporaries):
    """Jumps of the residual code."""

    def leave_loop(self, flow: Flow, loc: Loc) -> Flow:
        entry = self.loops[-1]
        if not entry.unrolled:
            if flow is Flow.BREAK:
                entry.breaks.append(set(self.assigned))
            self.emit(ir.Break(self.pos(loc)) if flow is Flow.BREAK else ir.Continue(self.pos(loc)))
            return flow
        if self.depth == entry.depth:
            return flow
        entry.continued = True
        if flow is Flow.BREAK:
            if entry.broken is None:
                entry.broken = self.temporary(b.W_BOOL, "broken")
            entry.breaks.append(set(self.assigned))
            self.emit(ir.Assign(self.pos(loc), entry.broken, self.bool_const(True, loc)))
        self.emit(ir.Break(self.pos(loc)))
        return flow

    def return_value(self, op: Operand, loc: Loc) -> Flow:
        self.returned.append(op)
        if self.inlining is not None:
            if self.depth or self.loops:
                raise errors.inline_return(loc, "`return` must be the last statement of the body")
            self.result = op
            return Flow.RETURN
        if op.w_T is b.W_NONE:
            self.discard(op)
            self.emit(ir.Return(self.pos(loc), None))
        else:
            self.emit(ir.Return(self.pos(loc), self.expr(op)))
        return Flow.RETURN

    def raise_exception(self, etype: str, message: Operand | None, loc: Loc) -> Flow:
        self.emit(ir.Raise(self.pos(loc), etype, None if message is None else self.expr(message)))
        return Flow.RAISE
