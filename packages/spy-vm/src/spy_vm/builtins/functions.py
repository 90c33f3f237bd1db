"""Builtin functions that look at static types: `len`, `hash`, `getattr`, `isinstance`, ..."""

from typing import Any

from spy_types.loc import Loc
from spy_types.prims.table import PRIMS

from spy_vm import errors
from spy_vm.dispatch import attribute, members
from spy_vm.dispatch.supers import make_super
from spy_vm.frame.facts import is_exception
from spy_vm.interface.frame import Body, Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import W_Func
from spy_vm.objects.meta import BlueDict, BlueList
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.types import W_PtrType, W_Type, W_UnionType
from spy_vm.objects.unsettled import is_unsettled


def expect(name: str, args: list[Operand], least: int, most: int, loc: Loc | None) -> None:
    """Refuse a wrong number of arguments."""
    if not least <= len(args) <= most:
        expected = (
            f"{least} argument{'' if least == 1 else 's'}"
            if least == most
            else f"from {least} to {most} arguments"
        )
        raise errors.wrong_arg_count(name, expected, len(args), loc, f"`{name}` called here", None)


def static_type(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("STATIC_TYPE", args, 1, 1, loc)
    return frame.after(args[0], blue(b.W_TYPE, args[0].w_T, loc))


def length(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:  # noqa: PLR0911  # one case after another
    expect("len", args, 1, 1, loc)
    (op,) = args
    if members.is_union(op):
        return members.each(frame, op, lambda f, m: length(f, [m], loc), ("len",), loc)
    if op.w_T in (b.W_STR, b.W_BYTES):
        return frame.call_prim(f"{op.w_T.fqn}_len", [op], loc)
    if op.w_T is b.W_DYNAMIC:
        return frame.dynamic_op("len", [op], loc)
    if isinstance(op.val, (BlueList, BlueDict)):
        return blue(b.W_I32, len(op.val.items), loc)
    names = frame.tuple_fields(op.w_T)
    if names is not None:
        return frame.after(op, blue(b.W_I32, len(names), loc))
    if is_unsettled(op):
        return frame.guess(blue(b.W_I32, 0, loc), op)
    result = frame.dunder("__len__", [_value(frame, op)], loc)
    if result is None:
        raise errors.fault(
            "VM052", f"cannot call len(`{op.w_T.display}`)", (op.loc, f"this is `{op.w_T.display}`")
        )
    return result


def hash_of(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("hash", args, 1, 1, loc)
    (op,) = args
    if members.is_union(op):
        return members.each(frame, op, lambda f, m: hash_of(f, [m], loc), ("hash",), loc)
    if f"{op.w_T.fqn}_hash" in PRIMS:
        return frame.call_prim(f"{op.w_T.fqn}_hash", [op], loc)
    if op.w_T is b.W_DYNAMIC:
        return frame.dynamic_op("hash", [op], loc)
    if op.w_T is b.W_NONE:
        return blue(b.W_I32, 0, loc)
    result = frame.dunder("__hash__", [_value(frame, op)], loc)
    if result is None and isinstance(op.w_T, W_ClassType) and op.w_T.lookup("__eq__") is None:
        return frame.call_prim("i64_hash", [frame.object_id(op, loc)], loc)
    if result is None:
        raise errors.fault(
            "VM053", f"unhashable type '{op.w_T.display}'", (op.loc, f"this is `{op.w_T.display}`")
        )
    return result


def identity_of(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("id", args, 1, 1, loc)
    if not isinstance(args[0].w_T, W_ClassType):
        raise errors.fault(
            "VM113", f"`{args[0].w_T.display}` has no identity", (args[0].loc, "this is no object of a class")
        )
    return frame.object_id(args[0], loc)


def repr_of(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("repr", args, 1, 1, loc)
    return frame.text_of(args[0], "repr", loc)


def get_attribute(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("getattr", args, 2, 3, loc)
    if len(args) == 3:
        found = attribute.find_attr(frame, args[0], _name(args[1]), loc)
        return args[2] if found is None else found
    return attribute.get_attr(frame, args[0], _name(args[1]), loc)


def has_attribute(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("hasattr", args, 2, 2, loc)
    with frame.speculative():
        found = attribute.find_attr(frame, args[0], _name(args[1]), loc)
    return frame.after(args[0], blue(b.W_BOOL, found is not None, loc))


def set_attribute(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("setattr", args, 3, 3, loc)
    attribute.set_attr(frame, args[0], _name(args[1]), args[2], loc)
    return blue(b.W_NONE, None, loc)


def delete_attribute(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("delattr", args, 2, 2, loc)
    attribute.del_attr(frame, args[0], _name(args[1]), loc)
    return blue(b.W_NONE, None, loc)


def code_of(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("ord", args, 1, 1, loc)
    (op,) = args
    if op.w_T is b.W_BYTES:
        return frame.call_prim("bytes_getitem", [op, blue(b.W_I32, 0)], loc)
    if op.w_T is not b.W_STR:
        raise errors.fault(
            "VM054",
            f"ord: expected `str` or `bytes`, found `{op.w_T.display}`",
            (op.loc, f"this is `{op.w_T.display}`"),
        )
    return frame.call_prim("str_ord", [op], loc)


def char_of(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("chr", args, 1, 1, loc)
    return frame.call_prim("str_chr", [frame.convert(args[0], b.W_I32)], loc)


def names_of(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("dir", args, 1, 1, loc)
    names = sorted(set(attribute.attribute_names(frame, args[0])))
    return frame.build_list(b.W_STR, [blue(b.W_STR, name) for name in names], loc or frame.loc_unknown())


def is_instance(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:  # noqa: PLR0911  # one case after another
    expect("isinstance", args, 2, 2, loc)
    op, kind = args
    if (
        isinstance(op.w_T, W_ClassType)
        and op.w_T.exception is not None
        and _has_builtin_exception(frame, kind)
    ):
        op = frame.record_of(op)
    if op.w_T is b.W_EXCEPTION:
        return frame.is_exception_of(op, _exception_types(frame, kind), loc)
    if isinstance(op.w_T, W_UnionType) and _has_builtin_exception(frame, kind):
        return members.each(
            frame, op, lambda f, m: _member_is(f, m, kind, loc), ("isinstance", kind.val), loc
        )
    if op.w_T in (b.W_DYNAMIC, b.W_OBJECT):
        return frame.dynamic_op("isinstance", [op, kind], loc)
    types = _types(frame, kind, op.w_T)
    if isinstance(op.w_T, W_ClassType):
        return frame.test_class(op, types, loc)
    if isinstance(op.w_T, W_UnionType) and any(_is_below(w_T, op.w_T.members) for w_T in types):
        return members.each(
            frame, op, lambda f, m: is_instance(f, [m, kind], loc), ("isinstance", kind.val), loc
        )
    if isinstance(op.w_T, W_UnionType):
        held = [w_M for w_M in op.w_T.members if any(w_M.is_subtype(w_T) for w_T in types)]
        return members.tests(frame, op, held, loc)
    return frame.after(op, blue(b.W_BOOL, any(op.w_T.is_subtype(w_T) for w_T in types), loc))


def _member_is(frame: Frame, member: Operand, kind: Operand, loc: Loc | None) -> Operand:
    """Return whether a member of a union is an exception of `kind`."""
    if is_exception(member.w_T):
        return is_instance(frame, [member, kind], loc)
    return frame.after(member, blue(b.W_BOOL, False, loc))


def _is_below(w_T: W_Type, members: tuple[W_Type, ...]) -> bool:
    """Whether objects of some member may be a `w_T`, or not."""
    return any(isinstance(w_M, W_ClassType) and w_T is not w_M and w_T.is_subtype(w_M) for w_M in members)


def _has_builtin_exception(frame: Frame, kind: Operand) -> bool:
    names = frame.tuple_fields(kind.w_T)
    kinds = [kind] if names is None else frame.spread(kind, kind.loc or frame.loc_unknown())
    return any(op.w_T is b.W_EXCEPTION_TYPE for op in kinds)


def _exception_types(frame: Frame, kind: Operand) -> list[Operand]:
    kinds = (
        [kind]
        if frame.tuple_fields(kind.w_T) is None
        else frame.spread(kind, kind.loc or frame.loc_unknown())
    )
    for op in kinds:
        own = isinstance(op.val, W_ClassType) and op.val.exception is not None
        if op.w_T is not b.W_EXCEPTION_TYPE and not own:
            raise errors.not_an_exception_type(op)
    return kinds


def is_subclass(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("issubclass", args, 2, 2, loc)
    if args[0].w_T is b.W_EXCEPTION_TYPE:
        return frame.is_exception_of(args[0], _exception_types(frame, args[1]), loc)
    (w_T,) = _types(frame, args[0])
    return blue(b.W_BOOL, any(w_T.is_subtype(w_other) for w_other in _types(frame, args[1])), loc)


def is_callable(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("callable", args, 1, 1, loc)
    (op,) = args
    answer = (
        isinstance(op.val, W_Func) or op.w_T is b.W_TYPE or frame.world.method(op.w_T, "__call__") is not None
    )
    return frame.after(op, blue(b.W_BOOL, answer, loc))


def unroll(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("unroll", args, 1, 1, loc)
    (op,) = args
    names = frame.tuple_fields(op.w_T)
    if names is not None:
        return Operand(b.W_BLUE_LIST, BlueList(frame.spread(op, loc or frame.loc_unknown())), True, loc)
    if not op.blue:
        raise errors.expected_blue("only what is known early can be unrolled", op)
    if op.w_T.lookup("__range_loop__") is not None:
        return blue(b.W_BLUE_LIST, BlueList([blue(b.W_I32, i) for i in range(*op.val)]), loc)
    if op.w_T in b.INT_TYPES:
        return blue(b.W_BLUE_LIST, BlueList([blue(op.w_T, i) for i in range(op.val)]), loc)
    if isinstance(op.val, BlueList):
        return op
    if isinstance(op.val, BlueDict):
        return blue(b.W_BLUE_LIST, BlueList([key for key, _ in op.val.items.values()]), loc)
    raise errors.not_iterable(op)


def breakpoint_(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """Stop where the evaluator runs the code; nothing is left of it in residual code."""
    expect("breakpoint", args, 0, 0, loc)
    if frame.engine == "eval" and frame.world.on_breakpoint is not None:
        frame.world.on_breakpoint(frame, loc)
    return blue(b.W_NONE, None, loc)


def _value(frame: Frame, op: Operand) -> Operand:
    if isinstance(op.w_T, W_PtrType) and op.w_T.ref:
        return frame.load(op, None, (), op.w_T.w_item, op.loc)
    return op


def _name(op: Operand) -> str:
    if not op.blue:
        raise errors.expected_blue("expected blue argument", op)
    name: str = op.val
    return name


def _types(frame: Frame, kind: Operand, w_T: W_Type = b.W_NONE) -> list[W_Type]:
    """Return the types that `kind` names; of a generic one such as `list`, those that a `w_T` may be."""
    if not kind.blue:
        raise errors.expected_blue("expected blue argument", kind)
    values: Any = kind.val if isinstance(kind.val, tuple) else (kind.val,)
    types: list[W_Type] = []
    for value in values:
        if isinstance(value, W_UnionType):
            types += value.members
        elif isinstance(value, W_Func) and value.kind == "generic":
            types += [w_M for w_M in members_of(w_T) if w_M.origin is value or _is_like(w_M, value)]
        elif isinstance(value, W_Type):
            types.append(value)
        else:
            raise errors.expected_type(kind)
    return types


def _is_like(w_T: W_Type, generic: W_Func) -> bool:
    """Whether a type of the library counts as an instance of `generic`, as `tuple[T, ...]` as a tuple."""
    like = w_T.attrs.get("__like__")
    return like is not None and like.val == generic.fqn


def members_of(w_T: W_Type) -> tuple[W_Type, ...]:
    """Return the members of a union; of another type, itself."""
    return w_T.members if isinstance(w_T, W_UnionType) else (w_T,)


FUNCTIONS: dict[str, Body] = {
    "STATIC_TYPE": static_type,
    "len": length,
    "hash": hash_of,
    "repr": repr_of,
    "getattr": get_attribute,
    "hasattr": has_attribute,
    "setattr": set_attribute,
    "delattr": delete_attribute,
    "ord": code_of,
    "chr": char_of,
    "dir": names_of,
    "id": identity_of,
    "isinstance": is_instance,
    "super": make_super,
    "issubclass": is_subclass,
    "callable": is_callable,
    "unroll": unroll,
    "breakpoint": breakpoint_,
}
