"""Comprehensions in the evaluator: a frame of their own, and their static types."""

from collections.abc import Callable

from spy_types.errors import SpyError
from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm.frame.scoping import scope_at
from spy_vm.interface.frame import Frame
from spy_vm.objects.operand import Operand, W_Type


class Comprehension(Frame):
    """Scopes inside an activation."""

    def in_comprehension(self, node: n.Node, scope_id: int, run: Callable[[Frame], Operand]) -> Operand:
        inner = self.new_frame(
            self.module,
            scope_at(self.module, scope_id),
            self,
            self.ns,
            blue_frame=self.blue_frame,
            w_func=self.w_func,
        )
        return run(inner)

    def static_type(self, node: n.Expr, loc: Loc) -> W_Type | None:
        """Return the type of `node`, which is looked at but not run: no round of a loop may run at all."""
        if self.world.abstract is None:
            return None
        key = (self.w_func, loc)
        known: dict[object, W_Type | None] = self.world.static_types
        if key not in known:
            try:
                known[key] = self.world.abstract(self).eval(node).w_T
            except SpyError:
                known[key] = None
        return known[key]
