"""The type in which several operands meet."""

from spy_vm import errors
from spy_vm.dispatch.binop import numeric_type
from spy_vm.dispatch.convert import try_convert
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.objects.types import W_UnionType


class Meeting(Frame):
    """Common types."""

    def common_type(self, items: list[Operand], what: str) -> W_Type:
        """Return the type in which all `items` meet."""
        if not self.blue_frame:
            items = [self.settled_function(op) for op in items]
        first = self.concrete(items[0], items[0].loc or self.loc_unknown())
        for op in items[1:]:
            self.concrete(op, op.loc or self.loc_unknown())
            w_T = meeting_type(self, first, op)
            if w_T is None:
                raise errors.no_common_type(first, op, what)
            if w_T is not first.w_T:
                first = op if op.w_T is w_T else Operand(w_T, op.val, False, op.loc)
        return first.w_T


def meeting_type(frame: Frame, first: Operand, other: Operand, *, mixed: bool = False) -> W_Type | None:  # noqa: PLR0911  # one case after another
    """Return the type to which both operands convert safely: that of one of them, or their union.

    Only None and unions become part of a union unasked; with `mixed` all types do.
    """
    if first.w_T is other.w_T:
        return first.w_T
    if b.W_DYNAMIC in (first.w_T, other.w_T):
        return b.W_DYNAMIC
    w_T = numeric_type(first, other)
    if w_T is not None:
        return w_T
    if isinstance(first.w_T, W_ClassType) and isinstance(other.w_T, W_ClassType):
        return next((w_C for w_C in first.w_T.mro if other.w_T.is_subtype(w_C)), None)
    with frame.speculative():
        if try_convert(frame, other, first.w_T) is not None:
            return first.w_T
        if try_convert(frame, first, other.w_T) is not None:
            return other.w_T
    choosy = b.W_NONE in (first.w_T, other.w_T) or any(
        isinstance(op.w_T, W_UnionType) for op in (first, other)
    )
    if (mixed or choosy) and not any(op.w_T in b.BLUE_ONLY for op in (first, other)):
        return frame.world.union_type([first.w_T, other.w_T])
    return None
