"""Primitive operations, and when an operation is computed now."""

from typing import Any

from spy_types.loc import Loc
from spy_types.program.nodes import (
    Expr,
    Pos,
    Prim,
)

from spy_vm.exceptions import Raised
from spy_vm.host import CHECKED_PRIMS
from spy_vm.interface.engine import Compute, Residual
from spy_vm.interface.frame import Frame
from spy_vm.objects.functions import W_PrimFunc
from spy_vm.objects.operand import Operand, W_Type


class Primitives(Frame):
    """Operations that need no binding."""

    def call_prim(self, name: str, args: list[Operand], loc: Loc | None, *, swapped: bool = False) -> Operand:
        """Do a primitive operation; `swapped`: the second operand was evaluated first."""
        w_prim = self.world.prim(name)
        w_result = w_prim.w_result
        assert w_result is not None
        tid = w_result.fqn

        def residual(exprs: list[Expr], pos: Pos) -> Expr:
            return Prim(tid, pos, name, tuple(exprs))

        body = w_prim.body if not w_prim.op.overflow else self._overflow_body(w_prim, loc)
        if swapped:
            return self.swapped(
                args[1],
                args[0],
                lambda c, t: self.intrinsic([t, c], w_result, body, residual, loc, pure=True),
            )
        return self.intrinsic(args, w_result, body, residual, loc, pure=True)

    def intrinsic(  # noqa: PLR0913  # all of them matter to every caller
        self,
        args: list[Operand],
        w_T: W_Type,
        compute: Compute,
        residual: Residual,
        loc: Loc | None,
        *,
        pure: bool = False,
    ) -> Operand:
        """Compute now if the operation is pure and all operands are blue, else as the engine says."""
        if pure and all(arg.blue for arg in args):
            try:
                return Operand(w_T, compute(*[arg.val for arg in args]), True, loc)
            except Raised as error:
                return self.fold_failed(error, args, w_T, residual, loc)
        return self.run_intrinsic(args, w_T, compute, residual, loc)

    def _overflow_body(self, w_prim: W_PrimFunc, loc: Loc | None) -> Compute:
        """Return the body of an operation that can overflow: raising, or wrapping with a warning."""
        checked = CHECKED_PRIMS[w_prim.op.name]
        if self.world.overflow == "check":
            return checked

        def body(*vals: Any) -> Any:
            try:
                return checked(*vals)
            except Raised as error:
                if error.etype != "OverflowError":
                    raise
                if self.world.warn_overflow is not None and self.engine == "eval":
                    self.world.warn_overflow(error.message, loc)
                return w_prim.body(*vals)

        return body
