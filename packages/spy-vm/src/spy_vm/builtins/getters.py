"""Functions of `operator`: operators as functions, and what makes functions that get items and attributes."""

from collections.abc import Callable

from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.builtins.functions import expect
from spy_vm.dispatch import attribute, binop, item, truth
from spy_vm.interface.frame import Body, Frame, W_BuiltinMeta
from spy_vm.objects.operand import Operand
from spy_vm.registry.registry import Registry

BINARY = {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "**",
    "matmul": "@",
    "lshift": "<<", "rshift": ">>", "and_": "&", "or_": "|", "xor": "^", "concat": "+",
    "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=",
}  # fmt: skip
UNARY = {"neg": "-", "pos": "+", "invert": "~", "inv": "~"}


def make(world: Registry) -> dict[str, Operand]:
    """Return the functions by name."""
    bodies: dict[str, Body] = {name: _binary(name, symbol) for name, symbol in BINARY.items()}
    bodies |= {name: _unary(name, symbol) for name, symbol in UNARY.items()}
    bodies |= {
        "not_": _not,
        "truth": _truth,
        "contains": _contains,
        "getitem": _get_item,
        "itemgetter": _item_getter,
        "attrgetter": _attribute_getter,
        "methodcaller": _method_caller,
    }
    return {name: _function(world, name, body) for name, body in bodies.items()}


def _function(world: Registry, name: str, body: Body) -> Operand:
    return world.func_operand(W_BuiltinMeta(f"operator::{name}", body))


def _binary(name: str, symbol: str) -> Body:
    def call(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
        expect(name, args, 2, 2, loc)
        return binop.binary(frame, symbol, args[0], args[1], loc)

    return call


def _unary(name: str, symbol: str) -> Body:
    def call(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
        expect(name, args, 1, 1, loc)
        return truth.unary(frame, symbol, args[0], loc)

    return call


def _not(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("not_", args, 1, 1, loc)
    return frame.call_prim("bool_not", [frame.truth(args[0])], loc)


def _truth(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("truth", args, 1, 1, loc)
    return frame.truth(args[0])


def _contains(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("contains", args, 2, 2, loc)
    container = frame.keep(args[0], "c")
    return item.contains(frame, frame.keep(args[1], "i"), container, loc)


def _get_item(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("getitem", args, 2, 2, loc)
    return item.get_item(frame, args[0], args[1:], loc)


def _item_getter(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    def get(f: Frame, obj: Operand, key: Operand, at: Loc | None) -> Operand:
        return item.get_item(f, obj, [key], at)

    return _getter(frame, "itemgetter", args, get, loc)


def _attribute_getter(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    def get(f: Frame, obj: Operand, name: Operand, at: Loc | None) -> Operand:
        for part in str(name.val).split("."):
            obj = attribute.get_attr(f, obj, part, at)
        return obj

    return _getter(frame, "attrgetter", args, get, loc)


def _getter(
    frame: Frame,
    name: str,
    keys: list[Operand],
    get: Callable[[Frame, Operand, Operand, Loc | None], Operand],
    loc: Loc | None,
) -> Operand:
    """Return a function that gets one thing of its argument, or a tuple of several."""
    expect(name, keys, 1, 99, loc)
    _refuse_red(keys)

    def call(f: Frame, args: list[Operand], at: Loc | None) -> Operand:
        expect(name, args, 1, 1, at)
        if len(keys) == 1:
            return get(f, args[0], keys[0], at)
        obj = f.keep(args[0], "o")
        return f.make_tuple([get(f, obj, key, at) for key in keys], at)

    return _function(frame.world, name, call)


def _method_caller(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    expect("methodcaller", args, 1, 99, loc)
    _refuse_red(args)

    def call(f: Frame, given: list[Operand], at: Loc | None) -> Operand:
        expect("methodcaller", given, 1, 1, at)
        return attribute.call_method(f, given[0], args[0].val, args[1:], {}, at)

    return _function(frame.world, "methodcaller", call)


def _refuse_red(keys: list[Operand]) -> None:
    for key in keys:
        if not key.blue:
            raise errors.expected_blue("this must be known before run time", key)
