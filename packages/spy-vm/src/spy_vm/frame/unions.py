"""Values of unions: made of a member, asked for one, taken out again."""

from spy_types.loc import Loc
from spy_types.program.nodes import Expr, FromUnion, Pos, ToUnion, UnionTest

from spy_vm.exceptions import Raised
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_UnionType


class Unions(Frame):
    """What becomes ToUnion, UnionTest and FromUnion."""

    def to_union(self, op: Operand, w_U: W_UnionType) -> Operand:
        """Return `op`, of a member or of a union of fewer members, as a `w_U`."""
        w_from = op.w_T

        def compute(val: object) -> object:
            w_member, held = w_from.held(val) if isinstance(w_from, W_UnionType) else (w_from, val)
            return w_U.wrap(w_member, held)

        def residual(exprs: list[Expr], pos: Pos) -> Expr:
            return ToUnion(w_U.fqn, pos, exprs[0])

        result = self.intrinsic([op], w_U, compute, residual, op.loc, pure=True)
        result.declared = op.declared
        return result

    def union_test(self, op: Operand, w_member: W_Type, loc: Loc | None) -> Operand:
        """Return whether the union `op` holds its member `w_member`."""
        w_U = op.w_T
        assert isinstance(w_U, W_UnionType)

        def residual(exprs: list[Expr], pos: Pos) -> Expr:
            return UnionTest("bool", pos, exprs[0], w_member.fqn)

        return self.intrinsic(
            [op], b.W_BOOL, lambda val: w_U.held(val)[0] is w_member, residual, loc, pure=True
        )

    def from_union(self, op: Operand, w_T: W_Type) -> Operand:
        """Return the union `op` as its member `w_T`, or as a union of fewer members; checked at run time."""
        w_U = op.w_T
        assert isinstance(w_U, W_UnionType)
        if w_T is b.W_NONE:
            return self.after(op, Operand(b.W_NONE, None, op.blue, op.loc, None, op.declared))
        wanted = w_T.members if isinstance(w_T, W_UnionType) else (w_T,)

        def compute(val: object) -> object:
            w_member, held = w_U.held(val)
            if w_member not in wanted:
                raise Raised("TypeError", f"expected `{w_T.display}`, got `{shown(w_member)}`")
            return w_T.wrap(w_member, held) if isinstance(w_T, W_UnionType) else held

        def residual(exprs: list[Expr], pos: Pos) -> Expr:
            return FromUnion(w_T.fqn, pos, exprs[0])

        result = self.intrinsic([op], w_T, compute, residual, op.loc, pure=True)
        result.declared = op.declared
        return result


def shown(w_T: W_Type) -> str:
    """Return the name of a member in messages."""
    return "None" if w_T is b.W_NONE else w_T.display


def none(loc: Loc | None) -> Operand:
    """Return None."""
    return blue(b.W_NONE, None, loc)
