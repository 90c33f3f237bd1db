"""What `**kwargs` can do: its names are known early, so all of this is answered before run time.

kwargs["a"]   len(kwargs)   "a" in kwargs   kwargs.get("a", 0)   for name, value in kwargs.items(): ...
"""

import sys

from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.builtins.functions import expect
from spy_vm.dispatch import item as items_of
from spy_vm.frame import blame
from spy_vm.interface.frame import Body, Frame, W_BuiltinMeta
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.types import W_StructType
from spy_vm.registry.registry import Registry


def install(world: Registry) -> None:
    """Tell `world` the methods of every `**kwargs`."""
    for name, body in METHODS.items():
        world.keywords_methods[name] = world.func_operand(W_BuiltinMeta(f"types::kwargs::{name}", body))


def length(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    return frame.after(args[0], blue(b.W_I32, len(_fields(args[0])), loc))


def contains(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    obj, key = args
    if key.blue:
        return frame.after(obj, blue(b.W_BOOL, key.val in _fields(obj), loc))
    return items_of.contains(frame, key, keys(frame, [obj], loc), loc)


def item(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("__getitem__", args, 2, 2, loc)
    obj, key = args
    names = _fields(obj)
    name = _name(key)
    if name not in names:
        close = frame.world.close_match(name, names)
        error = errors.no_keyword(name, list(names), key.loc or loc, close)
        raise blame.forwarded_call(error, frame.w_func)
    return frame.get_field(obj, name, loc)


def get(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("get", args, 2, 3, loc)
    obj, key = args[:2]
    default = args[2] if len(args) == 3 else blue(b.W_NONE, None, loc)
    name = _name(key)
    if name not in _fields(obj):
        return frame.after(obj, default)
    found = frame.get_field(obj, name, loc)
    return found if len(args) == 2 else frame.after(default, found)


def keys(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("keys", args, 1, 1, loc)
    return frame.make_tuple([blue(b.W_STR, name, loc) for name in _fields(args[0])], loc)


def values(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("values", args, 1, 1, loc)
    (obj,) = args
    return frame.make_tuple([frame.get_field(obj, name, loc) for name in _fields(obj)], loc)


def items(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """Return pairs; the type of each first item has one value only, so that it is known early."""
    expect("items", args, 1, 1, loc)
    (obj,) = args
    pairs = []
    for name in _fields(obj):
        key = Operand(frame.world.single_type(blue(b.W_STR, sys.intern(name))), None, True, loc)
        pairs.append(frame.make_tuple([key, frame.get_field(obj, name, loc)], loc))
    return frame.make_tuple(pairs, loc)


def text(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    (obj,) = args
    obj = frame.keep(obj, "kw")
    result = blue(b.W_STR, "{", loc)
    for i, name in enumerate(_fields(obj)):
        label = blue(b.W_STR, f"{', ' if i else ''}{name!r}: ", loc)
        value = frame.text_of(frame.get_field(obj, name, loc), "repr", loc)
        for part in (label, value):
            result = frame.call_prim("str_add", [result, part], loc)
    return frame.call_prim("str_add", [result, blue(b.W_STR, "}", loc)], loc)


def refuse(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    raise errors.fixed_keywords(loc)


def _fields(op: Operand) -> dict[str, object]:
    assert isinstance(op.w_T, W_StructType)
    return dict(op.w_T.fields or {})


def _name(key: Operand) -> str:
    if not key.blue or key.w_T is not b.W_STR:
        raise errors.expected_blue("the names of `**kwargs` are known early: use a constant", key)
    name: str = key.val
    return name


METHODS: dict[str, Body] = {
    "__contains__": contains,
    "__delitem__": refuse,
    "__getitem__": item,
    "__len__": length,
    "__repr__": text,
    "__setitem__": refuse,
    "clear": refuse,
    "get": get,
    "items": items,
    "keys": keys,
    "pop": refuse,
    "popitem": refuse,
    "setdefault": refuse,
    "update": refuse,
    "values": values,
}
