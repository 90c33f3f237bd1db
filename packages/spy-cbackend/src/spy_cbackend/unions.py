"""Unions in C: a tag and a C union of what the members need. None has tag 0 and needs nothing.

struct spy_Union$$li32$c$sNone$$r { int32_t tag; union { int32_t m1; } value; };
"""

from spy_types.program.nodes import FromUnion, Pos, ToUnion, UnionTest
from spy_types.program.types import TypeId

from spy_cbackend.ctypes import CTypes
from spy_cbackend.frame import Frame
from spy_cbackend.mangling import text_literal
from spy_cbackend.value import ATOM, EQUALITY, NOTHING, Code, Value


def write_to_union(frame: Frame, expr: ToUnion, code: Code) -> Value:
    """Write a value as a union that has its type, or its types, as members."""
    value = frame.expression(expr.value, code)
    types, given = frame.scope.types, expr.value.t
    if types.members(given) == (given,):
        if given == "None":
            code.touch = code.touch | value.touch
            return Value(f"({types.name(expr.t)}){{0}}", ATOM, value.touch)
        tag = types.tag(expr.t, given)
        text = f"({types.name(expr.t)}){{{tag}, {{.m{tag} = {value.code}}}}}"
        return Value(text, ATOM, value.touch)
    value = frame.spill(value, given, code, expr.pos)
    return _converted(frame, value, given, expr.t, types.members(given), expr.pos, code)


def write_union_test(frame: Frame, expr: UnionTest, code: Code) -> Value:
    """Write the question which member a union holds."""
    value = frame.expression(expr.value, code)
    tag = frame.scope.types.tag(expr.value.t, expr.member)
    return Value(f"{value.at(ATOM)}.tag == {tag}", EQUALITY, value.touch)


def write_from_union(frame: Frame, expr: FromUnion, code: Code) -> Value:
    """Write the member of a union, checked; or the union as one of fewer members."""
    types, union = frame.scope.types, expr.value.t
    value = frame.expression(expr.value, code)
    if not value.code.isidentifier():
        value = frame.spill(value, union, code, expr.pos)
    wanted = types.members(expr.t)
    tests = " || ".join(f"{value.code}.tag == {types.tag(union, member)}" for member in wanted)
    names = ", ".join(_display_at(types, union, tag) for tag in range(len(types.members(union)) + 1))
    raised = (
        f'spy_raise_format("TypeError", "expected `%s`, got `%s`", {text_literal(types.display(expr.t))}, '
    )
    held = f"((const char *[]){{{names}}})[{value.code}.tag]"
    frame.try_call(f"SPY_LIKELY({tests}) ? false : {raised}{held})", expr.pos, code, value.touch)
    if wanted != (expr.t,):
        return _converted(frame, value, union, expr.t, wanted, expr.pos, code)
    if expr.t == "None":
        return Value("SPY_NONE")
    return Value(f"{value.code}.value.m{types.tag(union, expr.t)}", ATOM, value.touch)


def _converted(  # noqa: PLR0913, PLR0917  # all of them matter
    frame: Frame,
    value: Value,
    given: TypeId,
    wanted: TypeId,
    members: tuple[TypeId, ...],
    pos: Pos,
    code: Code,
) -> Value:
    """Return the union `value` as another one, which may hold any of `members`."""
    types, result = frame.scope.types, frame.fresh()
    code.add(f"{types.declare(wanted, result)} = {{0}};", pos)
    code.add(f"switch ({value.code}.tag) {{", pos)
    for member in members:
        if member != "None":
            old, new = types.tag(given, member), types.tag(wanted, member)
            code.add(
                f"case {old}: {result}.tag = {new}; "
                f"{result}.value.m{new} = {value.code}.value.m{old}; break;",
                pos,
            )
    code.add("}", None)
    code.touch = code.touch | NOTHING
    return Value(result)


def _display_at(types: CTypes, union: TypeId, tag: int) -> str:
    if tag == 0:
        return '"None"'
    return text_literal(types.display(types.members(union)[tag - 1]))
