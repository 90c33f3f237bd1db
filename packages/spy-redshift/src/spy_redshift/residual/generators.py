"""Generators in residual code: `yield` is a statement, stepping is done by nodes."""

from collections.abc import Callable
from typing import Any

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type

from spy_redshift.residual.state import ResidualFrame


class Generators(ResidualFrame):
    """`yield` for later."""

    def run_yield(self, op: Operand, w_sent: W_Type, loc: Loc) -> Operand:
        pos, tid = self.pos(loc), self.tid(w_sent, loc)
        sent = Operand(b.W_NONE, None, True, loc)
        value = self.expr(sent) if w_sent is b.W_NONE else ir.Sent(tid, pos)
        return self.red(w_sent, ir.BlockExpr(tid, pos, (ir.Yield(pos, self.expr(op)),), value), loc)

    def delegate(self, iterable: Operand, loc: Loc) -> Operand:
        self.depth -= 1
        try:
            stmts, op = self.capture(lambda: self.yield_all(iterable, loc))
        finally:
            self.depth += 1
        expr = self.expr(op)
        return self.red(op.w_T, ir.BlockExpr(expr.t, expr.pos, tuple(stmts), expr), loc)

    def close_generator(self, op: Operand, loc: Loc | None) -> None:
        self.stepped_type(op)
        self.emit(ir.CloseGenerator(self.pos(loc), self.expr(op)))

    def stepping(self, loc: Loc | None) -> Callable[..., bool]:
        def step(*_: Any) -> bool:
            raise NotImplementedError("generators are stepped at run time")

        return step
