"""Operators on dynamic operands in process: look at the types the values have, then dispatch as always."""

from typing import TYPE_CHECKING

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm.dispatch import attribute, binop, item, truth
from spy_vm.exceptions import Raised
from spy_vm.memory import Dyn
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, blue

if TYPE_CHECKING:
    from spy_vm.frame.frame import Frame

UNARY = {"neg": "-", "pos": "+", "invert": "~", "not": "not"}


def dynamic_op(frame: "Frame", name: str, args: list[Operand], loc: Loc | None) -> Operand:
    """Do `name` on operands whose values are known, by the types they have at run time."""
    ops = [refined(frame, op) for op in args]
    try:
        result = _dispatch(frame, name, ops, loc)
    except SpyError as error:
        if frame.blue_frame:
            raise
        raise Raised(error.diagnostic.etype, error.diagnostic.title) from None
    if result.w_T in (b.W_STR, b.W_BOOL) and name in ("str", "repr", "to_bool", "is", "is not", "in"):
        return result
    return frame.to_dynamic(result, b.W_DYNAMIC)


def refined(frame: "Frame", op: Operand) -> Operand:
    """Return `op` with the type that its value has."""
    if isinstance(op.val, Dyn):
        return Operand(frame.world.type_by_id(op.val.t), op.val.value, op.blue, op.loc, None, op.declared)
    if op.w_T in (b.W_DYNAMIC, b.W_OBJECT):
        return Operand(b.W_NONE, None, op.blue, op.loc)
    return op


def _dispatch(frame: "Frame", name: str, ops: list[Operand], loc: Loc | None) -> Operand:
    match name:
        case "str" | "repr":
            return frame.text_of(ops[0], name, loc)
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
