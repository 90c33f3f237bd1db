"""Objects that run time makes and changes.

p = P(1)     ->     $o1 = P.__new__(); P.__init__($o1, 1); p = $o1
"""

from collections.abc import Callable

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.operand import Operand

from spy_redshift.residual.order import Order


class Objects(Order):
    """Allocation and assignment of fields."""

    def new_object(self, w_T: W_ClassType, initialise: Callable[[Operand], None], loc: Loc | None) -> Operand:
        tid, pos = self.tid(w_T, loc), self.pos(loc)
        name = self.temporary(w_T, "o")
        made = self.red(w_T, ir.Local(tid, pos, name), loc)
        saved, self.out = self.out, []
        try:
            self.emit(ir.Assign(pos, name, ir.New(tid, pos)))
            initialise(made)
            steps = self.out
        finally:
            self.out = saved
        return self.with_prelude(steps, made)

    def run_set_attr(self, obj: Operand, name: str, value: Operand, loc: Loc | None) -> None:
        self.emit(ir.SetAttr(self.pos(loc), self.expr(obj), name, self.expr(value)))
