"""Operators on dynamic operands in process: look at the types the values have, then dispatch as always."""

from collections.abc import Callable
from typing import Any

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm.dispatch import attribute, binop, item, truth
from spy_vm.exceptions import Raised
from spy_vm.interface.frame import Frame
from spy_vm.memory import Dyn
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, blue

RESULTS = {
    "str": b.W_STR, "repr": b.W_STR, "to_bool": b.W_BOOL, "is": b.W_BOOL, "is not": b.W_BOOL, "in": b.W_BOOL,
    "isinstance": b.W_BOOL, "len": b.W_I32, "hash": b.W_I32, "setitem": b.W_NONE,
}  # fmt: skip
UNARY = {"neg": "-", "pos": "+", "invert": "~", "not": "not"}


def dynamic_op(frame: Frame, name: str, args: list[Operand], loc: Loc | None) -> Operand:
    """Do `name` on operands whose values are known, by the types they have at run time."""
    ops = [refined(frame, op) for op in args]
    try:
        result = _dispatch(frame, name, ops, loc)
    except SpyError as error:
        if frame.blue_frame:
            raise
        raise Raised(error.diagnostic.etype, error.diagnostic.title) from None
    if name in RESULTS:
        return result
    return frame.to_dynamic(result, b.W_DYNAMIC)


def refined(frame: Frame, op: Operand) -> Operand:
    """Return `op` with the type that its value has."""
    if isinstance(op.val, Dyn):
        return Operand(frame.world.type_by_id(op.val.t), op.val.value, op.blue, op.loc, None, op.declared)
    if op.w_T in (b.W_DYNAMIC, b.W_OBJECT):
        return Operand(b.W_NONE, None, op.blue, op.loc)
    return op


def _dispatch(frame: Frame, name: str, ops: list[Operand], loc: Loc | None) -> Operand:  # noqa: C901, PLR0911, PLR0912  # one case after another
    match name:
        case "str" | "repr":
            return frame.text_of(ops[0], name, loc)
        case "len" | "hash":
            return frame.call(frame.world.builtins[name], [ops[0]], {}, loc)
        case "isinstance":
            w_T = frame.world.type_by_id(ops[1].val)
            return Operand(b.W_BOOL, ops[0].w_T.is_subtype(w_T), frame.blue_frame, loc)
        case "to_bool":
            return truth.truth(frame, ops[0])
        case "getattr":
            return attribute.get_attr(frame, ops[0], ops[1].val, loc)
        case "call_method":
            return attribute.call_method(frame, ops[0], ops[1].val, ops[2:], {}, loc)
        case "call":
            return frame.call(ops[0], ops[1:], {}, loc)
        case "getitem":
            return item.get_item(frame, ops[0], [ops[1]], loc)
        case "setitem":
            item.set_item(frame, ops[0], [ops[1]], ops[2], loc)
            return blue(b.W_NONE, None, loc)
        case "in":
            return item.contains(frame, ops[0], ops[1], loc)
        case "is" | "is not":
            same = ops[0].w_T is ops[1].w_T and (ops[0].val is ops[1].val)
            return Operand(b.W_BOOL, same == (name == "is"), frame.blue_frame, loc)
        case "==" | "!=" if ops[0].w_T is not ops[1].w_T and binop.numeric_type(*ops) is None:
            return Operand(b.W_BOOL, name == "!=", frame.blue_frame, loc)
        case _ if name in UNARY:
            return truth.unary(frame, UNARY[name], ops[0], loc)
        case _:
            return binop.binary(frame, name, ops[0], ops[1], loc)


def operator_of(frame: Frame) -> Callable[..., Any]:
    """Return a function that does `op` on boxed or unboxed values, for code that runs outside of frames."""

    def operate(op: str, t: str, *values: Any) -> Any:
        args = [
            Operand(b.W_DYNAMIC, value, False) if isinstance(value, Dyn) else blue(*_of_python(value))
            for value in values
        ]
        return dynamic_op(frame, op, args, None).val

    return operate


def _of_python(value: Any) -> tuple[Any, Any]:
    return (b.W_STR, value) if isinstance(value, str) else (b.W_NONE, None)
