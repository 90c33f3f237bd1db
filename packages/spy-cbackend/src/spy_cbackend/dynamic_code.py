"""Expressions on dynamic values."""

from spy_types.program.nodes import DynamicOp, FromDynamic, ToDynamic

from spy_cbackend.dynamic_expansion import constant_text, dispatch_of, operands_of
from spy_cbackend.frame import Frame
from spy_cbackend.value import ATOM, EQUALITY, NOTHING, READS, WRITES, Code, Touch, Value


def write_to_dynamic(frame: Frame, expr: ToDynamic, code: Code) -> Value:
    """Write a conversion to dynamic."""
    value = frame.expression(expr.value, code)
    if expr.value.t == "dynamic":
        return value
    return Value(f"{frame.scope.dynamics.to_dynamic(expr.value.t)}({value.code})", ATOM, value.touch)


def write_from_dynamic(frame: Frame, expr: FromDynamic, code: Code) -> Value:
    """Write a checked conversion from dynamic."""
    value = frame.expression(expr.value, code)
    if expr.t == "dynamic":
        return value
    dynamics = frame.scope.dynamics
    value = frame.spill(value, "dynamic", code, expr.pos)
    check = f"spy_dynamic_check({value.code}, {dynamics.descriptor(expr.t)}, {dynamics.display(expr.t)})"
    frame.try_call(check, expr.pos, code, NOTHING)
    take = dynamics.from_dynamic(expr.t)
    if take is None:  # the check above never passes
        zero = frame.fresh()
        code.add(f"{frame.scope.types.declare(expr.t, zero)};", expr.pos)
        return Value(zero)
    return Value(f"{take}({value.code})")


def write_dynamic_op(frame: Frame, expr: DynamicOp, code: Code) -> Value:
    """Write an operation on dynamic values."""
    args = frame.operands(operands_of(expr), code)
    touch = NOTHING
    for arg in args:
        touch = touch | arg.touch
    dynamics = frame.scope.dynamics
    match expr.op:
        case "is" | "is not":
            negation = "!" if expr.op == "is not" else ""
            return Value(f"{negation}spy_dynamic_is({args[0].code}, {args[1].code})", ATOM, touch)
        case "isinstance":
            t = constant_text(expr.args[1]) or ""
            if t in ("object", "dynamic", "builtins::object"):
                return Value("true")
            return Value(f"{args[0].at(ATOM)}.type == {dynamics.descriptor(t)}", EQUALITY, args[0].touch)
        case _:
            name = dynamics.dispatcher(dispatch_of(expr))
            touch = touch | Touch(READS | WRITES)
            codes = [arg.code for arg in args]
            if expr.t == "None":
                frame.try_call(f"{name}({', '.join(codes)})", expr.pos, code, touch)
                return Value("SPY_NONE")
            return frame.try_value(name, codes, expr.t, expr.pos, code, touch)
