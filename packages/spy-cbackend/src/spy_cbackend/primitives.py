"""Primitive operations as C: plain operators where C means the same, calls of libspy elsewhere.

i32_add(x, y)         x_ + y_
i32_floordiv(x, 10)   spy_i32_unchecked_floordiv(x_, 10)
i32_floordiv(x, y)    int32_t t1;
                      SPY_TRY(spy_i32_floordiv(x_, y_, &t1), &spy_places[3]);
"""

from collections.abc import Sequence

from spy_types.prims.table import PRIMS
from spy_types.program.nodes import Prim
from spy_types.program.types import FLOATS, INTS, SIGNED

from spy_cbackend.facts import constant_number, expression_flags, prim_raises
from spy_cbackend.frame import Frame, joined
from spy_cbackend.value import (
    BIT_AND,
    BIT_OR,
    BIT_XOR,
    EQUALITY,
    NOTHING,
    ORDER,
    PRODUCT,
    RAISES,
    SHIFT,
    SUM,
    UNARY,
    Code,
    Touch,
    Value,
)

_ARITHMETIC = {"add": ("+", SUM), "sub": ("-", SUM), "mul": ("*", PRODUCT)}
_BITWISE = {"and": ("&", BIT_AND), "or": ("|", BIT_OR), "xor": ("^", BIT_XOR)}
_COMPARISONS = {
    "eq": ("==", EQUALITY),
    "ne": ("!=", EQUALITY),
    "lt": ("<", ORDER),
    "le": ("<=", ORDER),
    "gt": (">", ORDER),
    "ge": (">=", ORDER),
}
_WIDE = ("i32", "i64", "u32", "u64", *FLOATS)
_BUFFER_ARGUMENT = {"str_write": 1, "bytes_write": 1, "str_read": 0, "bytes_read": 0}


def write_prim(frame: Frame, expr: Prim, code: Code) -> Value:
    """Write a primitive operation."""
    args = frame.operands(expr.args, code)
    plain = _plain(frame, expr, args)
    if plain is not None:
        return plain
    name, extra = _function(frame, expr)
    flags = Touch(
        expression_flags(expr, frame.scope.mode, frame.unsure, frame.scope.classes.fields) & ~RAISES
    )
    codes = [*_arguments(frame, expr, args), *extra]
    touch = joined(args) | flags
    if not prim_raises(expr, frame.scope.mode):
        return Value(f"{name}({', '.join(codes)})", touch=touch if touch != Touch() else NOTHING)
    if expr.t != "None":
        return frame.try_value(name, codes, expr.t, expr.pos, code, touch)
    frame.try_call(f"{name}({', '.join(codes)})", expr.pos, code, touch)
    return Value("SPY_NONE")


def infix(left: Value, operator: str, strength: int, right: Value) -> Value:
    """Return `left operator right`, with parentheses where C needs them and where C programmers write
    them.
    """
    clear = strength in (SUM, PRODUCT)
    left_code = (
        left.at(strength if clear else UNARY) if strength > EQUALITY or not clear else left.at(strength)
    )
    if not clear and strength in (EQUALITY, ORDER):
        left_code = left.at(SHIFT)
        right_code = right.at(SHIFT)
    else:
        right_code = right.at(strength + 1 if clear else UNARY)
    return Value(f"{left_code} {operator} {right_code}", strength, left.touch | right.touch)


def prefix(operator: str, value: Value) -> Value:
    """Return `operator value`."""
    code = value.at(UNARY)
    return Value(f"{operator}({code})" if code[0] in "-&" else f"{operator}{code}", UNARY, value.touch)


def cast(c_type: str, value: Value) -> Value:
    """Return `(c_type)value`."""
    return Value(f"({c_type}){value.at(UNARY)}", UNARY, value.touch)


def _plain(frame: Frame, expr: Prim, args: Sequence[Value]) -> Value | None:  # noqa: C901, PLR0911  # one case per family of operations
    """Return the operation as a C operator, None if it needs a call."""
    t, _, name = expr.op.partition("_")
    if t not in INTS and t not in FLOATS and t != "bool":
        return None
    if name.startswith("to_") or expr.op.startswith("bool_to_"):
        return _conversion(frame, expr, args[0])
    if name in _COMPARISONS:
        return infix(args[0], *_COMPARISONS[name], args[1])
    if name in _BITWISE:
        return infix(args[0], *_BITWISE[name], args[1])
    if expr.op == "bool_not":
        return prefix("!", args[0])
    if t in FLOATS and (
        name in ("ieee754_div", "unchecked_div") or (name == "div" and not _raises(frame, expr))
    ):
        return infix(args[0], "/", PRODUCT, args[1])
    if name in ("lshift", "rshift") and not _raises(frame, expr):
        return _constant_shift(expr, args[0])
    wraps = name.startswith("wrapping_")
    if t not in _WIDE or (PRIMS[expr.op].overflow and frame.scope.mode.overflow != "wrap" and not wraps):
        return None
    if name == "neg":
        return prefix("-", args[0])
    if name == "invert":
        return prefix("~", args[0])
    operator = _ARITHMETIC.get(name.removeprefix("wrapping_"))
    return None if operator is None else infix(args[0], *operator, args[1])


def _raises(frame: Frame, expr: Prim) -> bool:
    return prim_raises(expr, frame.scope.mode)


def _conversion(frame: Frame, expr: Prim, value: Value) -> Value | None:
    source, _, target = expr.op.partition("_to_")
    if target == "bool":
        return infix(value, "!=", EQUALITY, Value("0"))
    if source in FLOATS and target in INTS:
        return None
    return cast(frame.scope.types.name(target), value)


def _constant_shift(expr: Prim, value: Value) -> Value:
    t, _, name = expr.op.partition("_")
    bits, count = int(t[1:]), constant_number(expr.args[1])
    assert isinstance(count, int)
    if count >= bits and (name == "lshift" or t not in SIGNED):
        return infix(value, "&", BIT_AND, Value("0"))
    count = min(count, bits - 1)
    if name == "rshift":
        return infix(value, ">>", SHIFT, Value(str(count)))
    if t in ("u32", "u64"):
        return infix(value, "<<", SHIFT, Value(str(count)))
    return Value(f"spy_{t}_shl({value.code}, {count})", touch=value.touch)


def _function(frame: Frame, expr: Prim) -> tuple[str, list[str]]:
    """Return the C function of an operation, and the arguments that it takes after the operands."""
    t, _, name = expr.op.partition("_")
    raises = prim_raises(expr, frame.scope.mode)
    if t in INTS and name.startswith("wrapping_"):
        return f"spy_{t}_{name.removeprefix('wrapping_')}", []
    overflow = frame.scope.mode.overflow if PRIMS[expr.op].overflow else "wrap"
    unchecked = name in ("div", "floordiv", "mod", "pow") and not raises and t in (*INTS, *FLOATS)
    if overflow == "check" and raises:
        return f"spy_{t}_checked_{name}", []
    if overflow == "warn" and (not unchecked or name == "pow"):
        place = [frame.place(expr.pos), frame.scope.places.warning()]
        return f"spy_{t}_warn_{'unchecked_' if unchecked else ''}{name}", place
    return f"spy_{t}_unchecked_{name}" if unchecked else f"spy_{expr.op}", []


def _arguments(frame: Frame, expr: Prim, args: Sequence[Value]) -> list[str]:
    """Return the operands as C arguments: a buffer becomes its address and its length."""
    buffer = _BUFFER_ARGUMENT.get(expr.op)
    codes: list[str] = []
    for i, (arg, operand) in enumerate(zip(args, expr.args, strict=True)):
        if i != buffer:
            codes.append(arg.code)
        elif operand.t in frame.scope.types.fat:
            codes += [f"{arg.at(UNARY + 1)}.p", f"{arg.at(UNARY + 1)}.length"]
        else:
            codes += [arg.code, "INT32_MAX"]
    return codes
