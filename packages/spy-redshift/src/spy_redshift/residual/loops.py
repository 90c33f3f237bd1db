"""Loops keep their shape: `ForRange` is not a `While`."""

from collections.abc import Callable

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_vm.interface.control import Block
from spy_vm.interface.flow import Flow
from spy_vm.objects.operand import Operand

from spy_redshift.residual.leaving import Leaving
from spy_redshift.residual.state import Loop
from spy_redshift.residual.variables import Variables


class Loops(Leaving, Variables):
    """Loops of the residual code."""

    def loop(self, cond: Callable[[], Operand], body: Block, orelse: Block, loc: Loc) -> Flow:
        cond_out, test = self.capture(cond)
        if test.known and not test.val:
            return orelse()
        before = set(self.assigned)
        entry = Loop(unrolled=False, depth=self.depth)
        self.loops.append(entry)
        body_out, _ = self.capture(body)
        self.loops.pop()
        self.assigned = set(before)
        endless = test.known
        else_out: list[ir.Stmt] = []
        if not endless:
            else_out, else_flow = self.capture(orelse)
            if else_flow is not Flow.NEXT and not entry.breaks:
                self._emit_while(loc, cond_out, test, body_out, else_out)
                return Flow(else_flow)
        self._emit_while(loc, cond_out, test, body_out, else_out)
        return self._after_loop(entry, before, endless=endless)

    def range_loop(
        self,
        target: str,
        bounds: tuple[Operand, Operand, Operand],
        body: Block,
        orelse: Block,
        loc: Loc,
    ) -> Flow:
        w_T = bounds[0].w_T
        start, stop, step = (self.expr(op) for op in bounds)
        before = set(self.assigned)
        name = self.ir_name(target, w_T, loc)
        entry = Loop(unrolled=False, depth=self.depth)

        def run() -> Flow:
            self.bind_counter(target, w_T, loc)
            return body()

        self.loops.append(entry)
        body_out, _ = self.capture(run)
        self.loops.pop()
        sure = (
            all(op.known for op in bounds) and len(range(*(op.val for op in bounds))) > 0
            if bounds[2].val != 0
            else False
        )
        self.assigned = before | ({target} if sure else set())
        else_out, _ = self.capture(orelse)
        self.emit(ir.ForRange(self.pos(loc), name, start, stop, step, tuple(body_out), tuple(else_out)))
        return self._after_loop(entry, before, endless=False)

    def _emit_while(
        self, loc: Loc, cond_out: list[ir.Stmt], test: Operand, body: list[ir.Stmt], orelse: list[ir.Stmt]
    ) -> None:
        self.emit(ir.While(self.pos(loc), self.block(cond_out, test), tuple(body), tuple(orelse)))

    def _after_loop(self, entry: Loop, before: set[str], *, endless: bool) -> Flow:
        exits = [*entry.breaks] if endless else [*entry.breaks, self.assigned]
        if not exits:
            self.assigned = before
            return Flow.RETURN
        self.assigned = set.intersection(*exits) | before
        return Flow.NEXT
