"""Comprehensions in residual code: loops before a value, in a frame that writes into the same function.

`inner` walks in the scope of the comprehension; the frame around it is its `host`, whose locals it reads.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_types.syntax import nodes as n
from spy_vm.frame.scoping import scope_at
from spy_vm.interface.frame import Frame
from spy_vm.objects.closure import Closure
from spy_vm.objects.operand import Operand, W_Type

from spy_redshift.residual.cells import Cells
from spy_redshift.residual.state import ResidualFrame


class Comprehensions(Cells):
    """Scopes inside a function."""

    def in_comprehension(self, node: n.Node, scope_id: int, run: Callable[[Frame], Operand]) -> Operand:
        inner = self.inside(scope_id)
        self.depth -= 1
        try:
            stmts, op = self.capture(lambda: self._run_inside(inner, node, run))
        finally:
            self.depth += 1
        if op.known:
            self.out += stmts
            return op
        expr = self.expr(op)
        return self.red(op.w_T, ir.BlockExpr(expr.t, expr.pos, tuple(stmts), expr), op.loc, op.declared)

    def static_type(self, node: n.Expr, loc: Loc) -> W_Type | None:
        return None  # the walk itself finds it

    def inside(self, scope_id: int) -> ResidualFrame:
        """Return a frame for a scope inside this activation."""
        assert self.w_func is not None
        inner = self.frame_for(self.w_func)
        inner.scope = scope_at(self.module, scope_id)
        inner.parent = inner.host = self
        inner.temporaries, inner.ir_locals, inner.flagged = self.temporaries, self.ir_locals, self.flagged
        inner.rename = self.spec.fresh_local("in")
        return inner

    def _run_inside(self, inner: ResidualFrame, node: n.Node, run: Callable[[Frame], Operand]) -> Operand:
        inner.out, inner.open_blocks, inner.depth = self.out, self.open_blocks, self.depth
        inner.open_cells(node)
        return run(inner)

    @contextmanager
    def acting(self, owner: Closure) -> Iterator[ResidualFrame | None]:
        """Let the host `owner` write where this frame writes; None if `owner` is another activation."""
        if not isinstance(owner, ResidualFrame) or owner.root is not self.root:
            yield None
            return
        saved = owner.out, owner.depth
        owner.out, owner.depth = self.out, self.depth
        try:
            yield owner
        finally:
            owner.out, owner.depth = saved
