"""Operators on dynamic operands in process: look at the types the values have, then dispatch as always."""

from collections.abc import Callable, Sequence
from typing import Any

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm.dispatch import attribute, binop, item, truth
from spy_vm.exceptions import Raised
from spy_vm.host_objects import HeapObject
from spy_vm.interface.frame import Frame
from spy_vm.memory import Dyn
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_UnionType

RESULTS = {
    "str": b.W_STR, "repr": b.W_STR, "to_bool": b.W_BOOL, "is": b.W_BOOL, "is not": b.W_BOOL, "in": b.W_BOOL,
    "isinstance": b.W_BOOL, "len": b.W_I32, "format": b.W_STR, "hash": b.W_I32,
    "setitem": b.W_NONE, "setattr": b.W_NONE, "delitem": b.W_NONE,
}  # fmt: skip
ATTRIBUTE_ERRORS = ("VM004", "VM005", "VM007", "VM100")
UNARY = {"neg": "-", "pos": "+", "invert": "~", "not": "not"}


def dynamic_op(
    frame: Frame, name: str, args: list[Operand], loc: Loc | None, names: Sequence[str] = ()
) -> Operand:
    """Do `name` on operands whose values are known, by the types they have at run time."""
    ops = [refined(frame, op) for op in args]
    try:
        return as_result(frame, name, args, meaning(frame, name, ops, loc, names))
    except SpyError as error:
        if frame.blue_frame:
            raise
        raise raised(name, error) from None


def raised(name: str, error: SpyError) -> Raised:
    """Return what is raised where no meaning fits what the operands hold."""
    of_attribute = name in ("getattr", "setattr", "call_method") and error.diagnostic.code in ATTRIBUTE_ERRORS
    return Raised("AttributeError" if of_attribute else error.diagnostic.etype, error.diagnostic.title)


def result_type(frame: Frame, name: str, args: list[Operand], loc: Loc | None) -> W_Type:
    """Return the type of what `name` gives, whatever the operands hold."""
    if name == "iter":
        return frame.generator_type(b.W_DYNAMIC, b.W_NONE, b.W_NONE, loc or frame.loc_unknown())
    if name in ("cast", "number"):
        w_T: W_Type = args[1].val
        return w_T
    return RESULTS.get(name, b.W_DYNAMIC)


def as_result(frame: Frame, name: str, args: list[Operand], result: Operand) -> Operand:
    """Return the result of one meaning of `name` as what all of them give."""
    w_T = result_type(frame, name, args, None)
    return frame.convert(result, w_T)


def refined(frame: Frame, op: Operand) -> Operand:
    """Return `op` with the type that its value has; it is as red as a value that run time finds."""
    if isinstance(op.val, Dyn):
        w_T = held_type(frame, op.val)
        return Operand(w_T, op.val.value, frame.blue_frame and op.blue, op.loc, None, op.declared)
    if op.w_T in (b.W_DYNAMIC, b.W_OBJECT):
        return Operand(b.W_NONE, None, op.blue, op.loc)
    return op


def held_type(frame: Frame, box: Dyn) -> W_Type:
    """Return the type of what `box` holds: of an object its very class."""
    return frame.class_of(box.value) if isinstance(box.value, HeapObject) else frame.world.type_by_id(box.t)


def meaning(  # noqa: C901, PLR0911, PLR0912  # one case after another
    frame: Frame, name: str, ops: list[Operand], loc: Loc | None, names: Sequence[str] = ()
) -> Operand:
    """Do `name` on operands of precise types; the last ones are keyword arguments called `names`."""
    count = len(ops) - len(names)
    kwargs = dict(zip(names, ops[count:], strict=True))
    match name:
        case "str" | "repr":
            return frame.text_of(ops[0], name, loc)
        case "format":
            spec = ops[1] if len(ops) > 1 else None
            return frame.format_value(ops[0], "", spec, loc or frame.loc_unknown())
        case "len" | "hash":
            return frame.call(frame.world.builtins[name], [ops[0]], {}, loc)
        case "isinstance":
            return frame.call(frame.world.builtins[name], ops, {}, loc)
        case "cast":
            return _cast(frame, ops[0], ops[1].val)
        case "number":
            return frame.call(ops[1], [ops[0]], {}, loc)
        case "iter":
            return frame.call(frame.world.lookup_target("_dynamic::items", loc), [ops[0]], {}, loc)
        case "to_bool":
            return truth.truth(frame, ops[0])
        case "getattr":
            return attribute.get_attr(frame, ops[0], ops[1].val, loc)
        case "call_method":
            return attribute.call_method(frame, ops[0], ops[1].val, ops[2:count], kwargs, loc)
        case "setattr":
            attribute.set_attr(frame, ops[0], ops[1].val, ops[2], loc)
            return blue(b.W_NONE, None, loc)
        case "call":
            return frame.call(ops[0], ops[1:count], kwargs, loc)
        case "getitem":
            return item.get_item(frame, ops[0], [ops[1]], loc)
        case "setitem":
            item.set_item(frame, ops[0], [ops[1]], ops[2], loc)
            return blue(b.W_NONE, None, loc)
        case "delitem":
            item.del_item(frame, ops[0], [ops[1]], loc)
            return blue(b.W_NONE, None, loc)
        case "in":
            return item.contains(frame, ops[0], ops[1], loc)
        case "is" | "is not" if ops[0].w_T is not ops[1].w_T:
            return Operand(b.W_BOOL, name == "is not", frame.blue_frame, loc)
        case "is" | "is not":
            return item.identity(frame, name, ops[0], ops[1], loc)
        case "==" | "!=" if ops[0].w_T is not ops[1].w_T and binop.numeric_type(*ops) is None:
            return Operand(b.W_BOOL, name == "!=", frame.blue_frame, loc)
        case _ if name[:-1] in binop.NAMES and name not in binop.NAMES:
            return binop.in_place(frame, name[:-1], ops[0], ops[1], loc)
        case _ if name in UNARY:
            return truth.unary(frame, UNARY[name], ops[0], loc)
        case _:
            return binop.binary(frame, name, ops[0], ops[1], loc)


def _cast(frame: Frame, op: Operand, w_T: W_Type) -> Operand:
    """Return `op` as one of its own type, of an ancestor, or of a union of those."""
    wanted = w_T.members if isinstance(w_T, W_UnionType) else (w_T,)
    w_found = next((w_M for w_M in wanted if op.w_T.is_subtype(w_M)), None)
    if w_found is None:
        held = "None" if op.w_T is b.W_NONE else op.w_T.display
        raise Raised("TypeError", f"Invalid cast. Expected `{w_T.display}`, got `{held}`")
    return frame.convert(frame.convert(op, w_found), w_T)


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
