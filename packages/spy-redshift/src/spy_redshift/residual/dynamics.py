"""Dynamic operands: boxed, checked, and operated on at run time."""

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_vm.dispatch import dynamic
from spy_vm.dispatch.convert import boxed
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type

from spy_redshift.residual.state import ResidualFrame


class Dynamics(ResidualFrame):
    """Operations that look at types when the program runs."""

    def to_dynamic(self, op: Operand, w_T: W_Type) -> Operand:
        if op.known:
            if op.w_T in b.BLUE_ONLY:
                return op
            return Operand(w_T, boxed(op), op.blue, op.loc, None, op.declared)
        return self.red(w_T, ir.ToDynamic("dynamic", self.pos(op.loc), self.expr(op)), op.loc, op.declared)

    def from_dynamic(self, op: Operand, w_T: W_Type) -> Operand:
        if op.known and op.val is not None and op.val.t == w_T.fqn:
            return Operand(w_T, op.val.value, op.blue, op.loc, None, op.declared)
        node = ir.FromDynamic(self.tid(w_T, op.loc), self.pos(op.loc), self.expr(op))
        return self.red(w_T, node, op.loc, op.declared)

    def dynamic_op(self, name: str, args: list[Operand], loc: Loc | None) -> Operand:
        if all(arg.blue for arg in args):
            return dynamic.dynamic_op(self, name, args, loc)
        w_T = dynamic.RESULTS.get(name, b.W_DYNAMIC)
        exprs = []
        for arg in args:
            op = arg if arg.w_T in (b.W_DYNAMIC, b.W_OBJECT) else self.to_dynamic(arg, b.W_DYNAMIC)
            exprs.append(self.expr(op))
        return self.red(w_T, ir.DynamicOp(self.tid(w_T), self.pos(loc), name, tuple(exprs)), loc)
