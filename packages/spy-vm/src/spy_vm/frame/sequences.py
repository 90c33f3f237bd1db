"""`f(*xs)` where only run time knows how many items `xs` has.

f(*xs)     ->     s = spread(xs); s._check("f", "a,b"); f(s._item(0), s._item(1))     for def f(a, b)
                  f(tuple of the items of xs)                                         for def f(*args: T)

Functions of the library that take `*args` of any type get the spread itself.
"""

from collections.abc import Collection
from typing import Any

from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.dispatch import attribute
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_ASTFunc, W_Func
from spy_vm.objects.operand import UNKNOWN, Operand, W_Type, blue
from spy_vm.objects.types import W_StructType

ITERATION = ("__fastiter__", "__iter__", "__getitem__")
SPREAD = "_sequence::spread"


def spread_of(frame: Frame, op: Operand, loc: Loc) -> list[Operand]:
    """Return the items of the iterable `op`, evaluated, as one argument of a call."""
    if op.w_T is b.W_EMPTY_LIST:
        return []
    if all(frame.world.method(op.w_T, name) is None for name in ITERATION):
        raise errors.not_iterable(op.at(loc))
    collect = _made(frame, "_sequence::spread_of", [item_type(frame, op.w_T, loc), op.w_T], loc)
    return [frame.keep(frame.call(collect, [op], {}, loc), "s").at(loc)]


def is_spread(op: Operand) -> bool:
    """Whether an argument stands for a number of items that run time knows."""
    return _made_by(op.w_T, SPREAD)


def item_type(frame: Frame, w_T: W_Type, loc: Loc | None) -> W_Type:
    """Return the type of the items of an iterable."""
    w_item: W_Type = _made(frame, "_iter::item_type", [w_T], loc).val
    return w_item


def sequence_type(frame: Frame, w_item: W_Type, loc: Loc | None) -> W_StructType:
    """Return `tuple[T, ...]`."""
    w_T: W_StructType = _made(frame, "_sequence::sequence", [w_item], loc).val
    return w_T


def item_of(w_T: W_Type | None) -> W_Type | None:
    """Return T if the type is `tuple[T, ...]`."""
    return w_T.origin_args[0] if w_T is not None and _made_by(w_T, "_sequence::sequence") else None


def make(frame: Frame, items: list[Operand], w_item: W_Type | None, loc: Loc) -> Operand:
    """Return the tuple `(*xs, y)`."""
    joined = join(frame, items, w_item, "items of this tuple", loc)
    return frame.make_struct(sequence_type(frame, joined.w_T.origin_args[0], loc), [joined], loc)


def sample(op: Operand) -> Operand:
    """Return an operand of the type of the items of a spread; of other arguments, these."""
    return Operand(op.w_T.origin_args[0], UNKNOWN, False, op.loc) if is_spread(op) else op


def expand(
    frame: Frame, w_func: W_Func, args: list[Operand], named: Collection[str], loc: Loc | None
) -> list[Operand]:
    """Return arguments with a number that is known, if one of them is a spread that parameters must take.

    The call checks at run time that it has as many items as there are parameters. `named` are given by name.
    In the library a parameter may be a spread itself.
    """
    wanted = [p for p in w_func.params if p.kind in ("posonly", "normal") and p.name not in named]
    pairs = enumerate(zip(wanted, args, strict=False))
    found = [i for i, (param, op) in pairs if is_spread(op) and not _made_by(param.w_T, SPREAD)]
    if not found:
        return args
    at, after = found[0], args[found[0] + 1 :]
    more = any(p.kind == "vararg" for p in w_func.params)
    if any(is_spread(op) for op in after) or (more and after) or any(p.default is not None for p in wanted):
        raise errors.unclear_spread(args[at], w_func, loc)
    takers = [p.name for p in (wanted[at:] if more else wanted[at : max(at, len(wanted) - len(after))])]
    name = w_func.display.rpartition("::")[2]
    called = [blue(b.W_STR, name), blue(b.W_STR, ",".join(takers)), blue(b.W_I32, len(args) - 1)]
    frame.discard(_method(frame, args[at], "_check", [*called, blue(b.W_BOOL, more)]))
    items = [_method(frame, args[at], "_item", [blue(b.W_I32, k)]) for k in range(len(takers))]
    if more:
        items.append(_method(frame, args[at], "_rest", [blue(b.W_I32, len(takers))]))
    return [*args[:at], *(frame.keep(item, "s") for item in items), *after]


def join(frame: Frame, args: list[Operand], w_item: W_Type | None, what: str, loc: Loc | None) -> Operand:
    """Return the list of all arguments, spreads among them."""
    place = loc or frame.loc_unknown()
    w_item = w_item or frame.common_type([sample(op) for op in args], what)
    parts = [(is_spread(op), [frame.keep(op, "s")]) for op in args]
    return frame.keep(frame.join_parts("list", parts, [w_item], place), "s")


def _method(frame: Frame, op: Operand, name: str, args: list[Operand]) -> Operand:
    return attribute.call_method(frame, op, name, args, {}, op.loc)


def _made(frame: Frame, target: str, types: list[W_Type], loc: Loc | None) -> Any:
    """Return what a blue function of the library makes of types."""
    made = frame.world.lookup_target(target, loc).val
    return frame.call_blue(made, [blue(b.W_TYPE, w_T, loc) for w_T in types], loc)


def _made_by(w_T: W_Type | None, generic: str) -> bool:
    origin = None if w_T is None else w_T.origin
    return isinstance(origin, W_ASTFunc) and origin.fqn == generic
