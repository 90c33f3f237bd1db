"""The module `operator`: what metafunctions speak in, and the primitive operations by name."""

from spy_types.loc import Loc
from spy_types.prims.table import ERROR, PRIMS

from spy_vm import errors
from spy_vm.builtins import getters
from spy_vm.builtins.functions import expect
from spy_vm.dispatch import binop, item, truth
from spy_vm.interface.frame import Body, Frame, W_BuiltinMeta
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_Func
from spy_vm.objects.meta import BlueList, OpSpec
from spy_vm.objects.operand import UNKNOWN, Operand, blue
from spy_vm.objects.types import W_Type
from spy_vm.registry.registry import Registry

BINARY = {
    "ADD": "+", "SUB": "-", "MUL": "*", "DIV": "/", "FLOORDIV": "//", "MOD": "%", "POW": "**", "LSHIFT": "<<",
    "RSHIFT": ">>", "AND": "&", "OR": "|", "XOR": "^", "EQ": "==", "NE": "!=", "LT": "<", "LE": "<=",
    "GT": ">", "GE": ">=",
}  # fmt: skip
TESTS = {"IS": "is", "ISNOT": "is not", "IN": "in"}


def make_op_spec(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`OpSpec(func)`, `OpSpec(func, [metas])`."""
    expect("OpSpec", args, 1, 2, loc)
    if not isinstance(args[0].val, W_Func):
        raise errors.not_callable(args[0])
    if len(args) == 1:
        return blue(b.W_OP_SPEC, OpSpec(args[0].val), loc)
    metas: list[Operand] = []
    if isinstance(args[1].val, BlueList):
        metas = [item.val for item in args[1].val.items]
    elif isinstance(args[1].val, tuple):
        metas = list(args[1].val)
    return blue(b.W_OP_SPEC, OpSpec(args[0].val, metas), loc)


def op_spec_const(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`OpSpec.const(value)`."""
    expect("OpSpec.const", args, 1, 1, loc)
    return blue(b.W_OP_SPEC, OpSpec(const=args[0]), loc)


def make_meta_arg(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`MetaArg(color, static_type, value)`."""
    expect("MetaArg", args, 3, 3, loc)
    color, w_T, value = args
    if color.val == "blue":
        return blue(b.W_META_ARG, frame.convert(value, w_T.val), loc)
    return blue(b.W_META_ARG, Operand(w_T.val, UNKNOWN, False, loc), loc)


def _by_hand(symbol: str) -> W_BuiltinMeta:
    def look_up(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
        ops = [_meta(arg) for arg in args]
        with frame.speculative():
            result = (
                binop.binary(frame, symbol, ops[0], ops[1], loc)
                if len(ops) == 2
                else truth.unary(frame, symbol, ops[0], loc)
            )
        return blue(b.W_OP_IMPL, result.w_T, loc)

    return W_BuiltinMeta(f"operator::{symbol}", look_up)


def _test_by_hand(symbol: str) -> W_BuiltinMeta:
    """Return `IS`, `ISNOT` or `IN`: what the operator would do with such operands."""

    def look_up(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
        expect(symbol, args, 2, 2, loc)
        left, right = map(_meta, args)
        with frame.speculative():
            result = (
                item.contains(frame, left, right, loc)
                if symbol == "in"
                else item.identity(frame, symbol, left, right, loc)
            )
        return blue(b.W_OP_IMPL, result.w_T, loc)

    return W_BuiltinMeta(f"operator::{symbol}", look_up)


def _meta(arg: Operand) -> Operand:
    if arg.w_T is b.W_TYPE:
        w_T: W_Type = arg.val
        return Operand(w_T, w_T.zero(), False, arg.loc)
    meta: Operand = arg.val
    return Operand(meta.w_T, meta.w_T.zero(), False, arg.loc) if not meta.known else meta


def make(world: Registry) -> dict[str, Operand]:
    """Return the names of the module."""
    b.W_OP_SPEC.attrs["__new__"] = _builtin(world, "OpSpec", make_op_spec)
    b.W_OP_SPEC.attrs["const"] = _builtin(world, "OpSpec::const", op_spec_const)
    b.W_OP_SPEC.attrs["NULL"] = blue(b.W_OP_SPEC, OpSpec())
    b.W_META_ARG.attrs["__new__"] = _builtin(world, "MetaArg", make_meta_arg)
    names = {
        "OpSpec": blue(b.W_TYPE, b.W_OP_SPEC),
        "MetaArg": blue(b.W_TYPE, b.W_META_ARG),
        "OpImpl": blue(b.W_TYPE, b.W_OP_IMPL),
    }
    names |= {name: world.func_operand(_by_hand(symbol)) for name, symbol in BINARY.items()}
    names |= {name: world.func_operand(_test_by_hand(symbol)) for name, symbol in TESTS.items()}
    names |= {"NEG": world.func_operand(_by_hand("-")), "NOT": world.func_operand(_by_hand("not"))}
    names |= getters.make(world)
    return names | {
        name: world.func_operand(world.prim(name))
        for name, op in PRIMS.items()
        if ERROR not in (*op.params, op.result)
    }


def _builtin(world: Registry, name: str, body: Body) -> Operand:
    return world.func_operand(W_BuiltinMeta(f"operator::{name}", body))
