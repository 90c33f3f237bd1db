"""What is done to a union is done to the member that it holds."""

from collections.abc import Callable

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_UnionType

Use = Callable[[Frame, Operand], Operand]


def is_union(op: Operand) -> bool:
    """Whether `op` may be of several types."""
    return isinstance(op.w_T, W_UnionType)


def each(frame: Frame, op: Operand, use: Use, what: tuple[object, ...], loc: Loc | None) -> Operand:
    """Return `use` of the member that the union `op` holds; every member must take it.

    `what` tells apart what else is done to a union at `loc`.
    """

    def guarded(f: Frame, member: Operand) -> Operand:
        try:
            return use(f, member)
        except SpyError as cause:
            raise errors.not_for_member(op, member.w_T, cause) from None

    return frame.each_member(op, guarded, what, loc)


def equals(
    frame: Frame,
    left: Operand,
    right: Operand,
    same: Callable[[Frame, Operand, Operand], Operand],
    loc: Loc | None,
) -> Operand:
    """Return whether two operands are equal, of which one is a union at least.

    Members that cannot be compared are not equal.
    """
    for op, other in ((left, right), (right, left)):
        if other.w_T is b.W_NONE and isinstance(op.w_T, W_UnionType):
            return frame.after(other, tests(frame, op, [b.W_NONE], loc))
    if is_union(left):
        return frame.each_member(
            left, lambda f, member: equals_member(f, member, right, same, loc), ("==",), loc
        )
    return frame.swapped(
        left,
        right,
        lambda a, c: frame.each_member(
            c, lambda f, member: equals_member(f, a, member, same, loc), ("r==",), loc
        ),
    )


def equals_member(
    frame: Frame,
    left: Operand,
    right: Operand,
    same: Callable[[Frame, Operand, Operand], Operand],
    loc: Loc | None,
) -> Operand:
    """Return whether two operands are equal; operands that cannot be compared are not."""
    if is_union(left) or is_union(right):
        return equals(frame, left, right, same, loc)
    try:
        return same(frame, left, right)
    except SpyError:
        return frame.after(left, frame.after(right, blue(b.W_BOOL, False, loc)))


def tests(frame: Frame, op: Operand, members: list[W_Type], loc: Loc | None) -> Operand:
    """Return whether the union `op` holds one of `members`."""
    w_U = op.w_T
    assert isinstance(w_U, W_UnionType)
    wanted = [w_T for w_T in w_U.members if w_T in members]
    if not wanted or len(wanted) == len(w_U.members):
        return frame.after(op, blue(b.W_BOOL, bool(wanted), loc))
    if len(wanted) == len(w_U.members) - 1:
        (other,) = (w_T for w_T in w_U.members if w_T not in wanted)
        return frame.call_prim("bool_not", [frame.union_test(op, other, loc)], loc)
    first, again = frame.twice(op)
    return _any_of(frame, first, again, wanted, loc)


def _any_of(frame: Frame, first: Operand, again: Operand, wanted: list[W_Type], loc: Loc | None) -> Operand:
    test = frame.union_test(first, wanted[0], loc)
    if len(wanted) == 1:
        return test
    return frame.select(
        test,
        lambda f: blue(b.W_BOOL, True, loc),
        lambda f: _any_of(f, again, again, wanted[1:], loc),
        loc or frame.loc_unknown(),
    )
