"""Truth, negation and the other unary operators."""

from spy_types.loc import Loc
from spy_types.prims.table import PRIMS

from spy_vm import errors
from spy_vm.dispatch import members
from spy_vm.dispatch.binop import call_dunder
from spy_vm.dispatch.convert import try_convert
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.types import W_FuncType, W_PtrType, W_StructType
from spy_vm.objects.unsettled import is_unsettled

UNARY = {"-": "neg", "+": "pos", "~": "invert"}


def truth(frame: Frame, op: Operand) -> Operand:  # noqa: PLR0911  # one case after another
    """Return `op` as a bool, by Python's rules: `__bool__`, then `__len__`."""
    w_T = op.w_T
    if w_T is b.W_BOOL:
        return op
    if members.is_union(op):
        return members.each(frame, op, truth, ("bool",), op.loc)
    if w_T is b.W_NONE:
        return frame.after(op, blue(b.W_BOOL, False, op.loc))
    if is_unsettled(op):
        return frame.after(op, frame.guess(blue(b.W_BOOL, False, op.loc), op))
    if w_T is b.W_INT_LITERAL:
        return blue(b.W_BOOL, bool(op.val), op.loc)
    if w_T is b.W_DYNAMIC or w_T is b.W_OBJECT:
        return frame.dynamic_op("to_bool", [op], op.loc)
    if f"{w_T.fqn}_to_bool" in PRIMS:
        return frame.call_prim(f"{w_T.fqn}_to_bool", [op], op.loc)
    if isinstance(w_T, W_PtrType) and not w_T.ref:
        return frame.ptr_op("to_bool", [op], b.W_BOOL, op.loc)
    return _object_truth(frame, op)


def _object_truth(frame: Frame, op: Operand) -> Operand:
    if isinstance(op.w_T, W_PtrType) and op.w_T.ref:
        return truth(frame, frame.load(op, None, (), op.w_T.w_item, op.loc))
    names = frame.tuple_fields(op.w_T)
    if names is not None:
        return frame.after(op, blue(b.W_BOOL, bool(names), op.loc))
    result = call_dunder(frame, "__bool__", [op], op.loc)
    if result is not None:
        return frame.convert(result, b.W_BOOL)
    if frame.world.type_attr(op.w_T, "__convert_to__") is not None:
        converted = try_convert(frame, op, b.W_BOOL)
        if converted is not None:
            return converted
    length = call_dunder(frame, "__len__", [op], op.loc)
    if length is not None:
        return truth(frame, length)
    if op.w_T in b.BLUE_ONLY or isinstance(op.w_T, (W_StructType, W_ClassType, W_FuncType)):
        return frame.after(op, blue(b.W_BOOL, True, op.loc))
    raise errors.not_truthy(op)


def unary(frame: Frame, symbol: str, op: Operand, loc: Loc | None) -> Operand:  # noqa: PLR0911  # one case after another
    """Return `-op`, `+op`, `~op` or `not op`."""
    if symbol != "not" and members.is_union(op):
        return members.each(frame, op, lambda f, m: unary(f, symbol, m, loc), ("unary", symbol), loc)
    if symbol == "not":
        return frame.call_prim("bool_not", [truth(frame, op)], loc)
    name = UNARY[symbol]
    if op.w_T is b.W_DYNAMIC:
        return frame.dynamic_op(name, [op], loc)
    if op.w_T is b.W_INT_LITERAL:
        return _literal(symbol, op, loc)
    if op.w_T in b.NUMERIC_TYPES and symbol == "+":
        return op.at(loc)
    if op.w_T in b.NUMERIC_TYPES and f"{op.w_T.fqn}_{name}" in PRIMS:
        return frame.call_prim(f"{op.w_T.fqn}_{name}", [op], loc)
    result = call_dunder(frame, f"__{name}__", [op], loc)
    if result is None:
        raise errors.cannot_do_unary(symbol, op)
    return result


def _literal(symbol: str, op: Operand, loc: Loc | None) -> Operand:
    value = {"-": -op.val, "+": op.val, "~": ~op.val}[symbol]
    low, high = b.INT_TYPES[b.W_I32]
    return blue(b.W_I32 if low <= value <= high else b.W_INT_LITERAL, value, loc)
