"""Calls of functions, externs and function values."""

from spy_types.program.nodes import Call, CallIndirect, Pos
from spy_types.program.types import TypeId

from spy_cbackend.frame import Frame, joined
from spy_cbackend.value import ATOM, CALLS, NOTHING, RAISES, Code, Touch, Value


def write_call(frame: Frame, expr: Call, code: Code) -> Value:
    """Write a call of a function or extern."""
    args = frame.operands(expr.args, code)
    flags = frame.scope.facts.flags[expr.func]
    return write_call_of(frame, frame.scope.names[expr.func], args, flags, expr.t, expr.pos, code)


def write_indirect_call(frame: Frame, expr: CallIndirect, code: Code) -> Value:
    """Write a call of a function value; debug builds refuse NULL, which zeroed memory holds."""
    values: list[Value] = []
    operands = [expr.callee, *expr.args]
    for value, operand in zip(frame.operands(operands, code), operands, strict=True):
        values.append(frame.spill(value, operand.t, code, expr.pos))
    callee = values[0].code
    flags = frame.scope.facts.type_flags[expr.callee.t]
    if frame.scope.mode.checked_pointers:
        frame.try_call(f"spy_check_function({callee} != NULL)", expr.pos, code, NOTHING)
    return write_call_of(frame, f"{callee}->code", values, flags | CALLS, expr.t, expr.pos, code)


def write_call_of(  # noqa: PLR0913, PLR0917  # a call is a name, arguments, what it may do, and where it stands
    frame: Frame, name: str, args: list[Value], flags: int, t: TypeId, pos: Pos, code: Code
) -> Value:
    """Write a call of a C function that does what `flags` say."""
    touch = joined(args)
    own = flags & ~RAISES
    if own:
        touch = touch | Touch(own)
    codes = [arg.code for arg in args]
    if flags & RAISES:
        if t != "None":
            return frame.try_value(name, codes, t, pos, code, touch)
        frame.try_call(f"{name}({', '.join(codes)})", pos, code, touch)
        return Value("SPY_NONE")
    call = f"{name}({', '.join(codes)})"
    if t != "None":
        return Value(call, ATOM, touch)
    code.add(f"{call};", pos)
    code.touch = code.touch | touch
    return Value("SPY_NONE")
