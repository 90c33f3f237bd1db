"""Loops over items that are known one by one: no loop is left.

for x in (1, "a"): print(x)     ->     print(1); print("a")
"""

from typing import Any

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_vm.interface.control import Block
from spy_vm.interface.flow import Flow
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import UNKNOWN, Operand

from spy_redshift.residual.leaving import Leaving
from spy_redshift.residual.state import Loop


class Unrolling(Leaving):
    """Rounds one after another."""

    def unrolled(self, bodies: list[Block], orelse: Block, loc: Loc) -> Flow:
        if not bodies:
            return orelse()
        entry = Loop(unrolled=True, depth=self.depth + 1)
        self.loops.append(entry)
        shown = dict(self.declared)
        body_out, flow = self.capture(bodies[0])
        self.loops.pop()
        for name in list(self.declared):
            if name not in shown:
                del self.declared[name]
        pos = self.pos(loc)
        if entry.broken is not None:
            self.emit(ir.Assign(pos, entry.broken, self.bool_const(False, loc)))
        if entry.continued:
            self.emit(ir.While(pos, self.bool_const(True, loc), (*body_out, ir.Break(pos)), ()))
        else:
            self.out += body_out
        if flow is Flow.BREAK:
            return Flow.NEXT
        if flow in (Flow.RETURN, Flow.RAISE) and not entry.continued:
            return flow
        if entry.broken is None:
            return self.unrolled(bodies[1:], orelse, loc)
        go_on = Operand(
            b.W_BOOL,
            UNKNOWN,
            False,
            loc,
            ir.Prim("bool", pos, "bool_not", (ir.Local("bool", pos, entry.broken),)),
        )
        return self.branch(go_on, lambda: self.unrolled(bodies[1:], orelse, loc), lambda: Flow.NEXT, loc)

    def bind_unrolled(self, target: Any, op: Operand) -> None:
        for elt in getattr(target, "elts", (target,)):
            self.declared.pop(getattr(elt, "id", ""), None)
        name = getattr(target, "id", None)
        if name is not None and op.known and self.scope.symbols[name].scope == self.scope.id:
            self.bind_blue(name, op)
        else:
            self.assign(target, op)
