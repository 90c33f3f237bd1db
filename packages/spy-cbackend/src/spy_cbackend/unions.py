"""Unions in C: a tag and a C union of what the members need. None has tag 0 and needs nothing.

struct spy_Union$$li32$c$sNone$$r { int32_t tag; union { int32_t m1; } value; };

The union of one class and None is a pointer to an object, NULL for None.
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
            return Value(_empty(types, expr.t), ATOM, value.touch)
        if types.nullable(expr.t) is not None:
            return value
        tag = types.tag(expr.t, given)
        text = f"({types.name(expr.t)}){{{tag}, {{.m{tag} = {value.code}}}}}"
        return Value(text, ATOM, value.touch)
    value = frame.spill(value, given, code, expr.pos)
    return _converted(frame, value, given, expr.t, types.members(given), expr.pos, code)


def write_union_test(frame: Frame, expr: UnionTest, code: Code) -> Value:
    """Write the question which member a union holds."""
    value = frame.expression(expr.value, code)
    test = _test(frame.scope.types, value.at(ATOM), expr.value.t, expr.member)
    return Value(test, EQUALITY, value.touch)


def write_from_union(frame: Frame, expr: FromUnion, code: Code) -> Value:
    """Write the member of a union, checked; or the union as one of fewer members."""
    types, union = frame.scope.types, expr.value.t
    value = frame.expression(expr.value, code)
    if not value.code.isidentifier():
        value = frame.spill(value, union, code, expr.pos)
    wanted = types.members(expr.t)
    tests = " || ".join(_test(types, value.code, union, member) for member in wanted)
    names = ", ".join(_display_at(types, union, tag) for tag in range(len(types.members(union)) + 1))
    raised = (
        f'spy_raise_format("TypeError", "expected `%s`, got `%s`", {text_literal(types.display(expr.t))}, '
    )
    held = f"((const char *[]){{{names}}})[{_tag(types, value.code, union)}]"
    frame.try_call(f"SPY_LIKELY({tests}) ? false : {raised}{held})", expr.pos, code, value.touch)
    if wanted != (expr.t,):
        return _converted(frame, value, union, expr.t, wanted, expr.pos, code)
    if expr.t == "None":
        return Value("SPY_NONE")
    return Value(_held(types, value.code, union, expr.t), ATOM, value.touch)


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
    code.add(f"{types.declare(wanted, result)} = {_empty(types, wanted)};", pos)
    code.add(f"switch ({_tag(types, value.code, given)}) {{", pos)
    for member in members:
        if member != "None":
            new, held = types.tag(wanted, member), _held(types, value.code, given, member)
            keep = f"{result}.tag = {new}; {result}.value.m{new} = {held};"
            if types.nullable(wanted) is not None:
                keep = f"{result} = {held};"
            code.add(f"case {types.tag(given, member)}: {keep} break;", pos)
    code.add("}", None)
    code.touch = code.touch | NOTHING
    return Value(result)


def _empty(types: CTypes, union: TypeId) -> str:
    """Return None as a value of a union."""
    return "NULL" if types.nullable(union) is not None else f"({types.name(union)}){{0}}"


def _tag(types: CTypes, code: str, union: TypeId) -> str:
    """Return the number of the member that a union holds."""
    cls = types.nullable(union)
    return f"{code}.tag" if cls is None else f"({code} != NULL) * {types.tag(union, cls)}"


def _test(types: CTypes, code: str, union: TypeId, member: TypeId) -> str:
    """Return the condition that a union holds a member."""
    if types.nullable(union) is not None:
        return f"{code} {'==' if member == 'None' else '!='} NULL"
    return f"{code}.tag == {types.tag(union, member)}"


def _held(types: CTypes, code: str, union: TypeId, member: TypeId) -> str:
    """Return the member that a union is known to hold."""
    return code if types.nullable(union) is not None else f"{code}.value.m{types.tag(union, member)}"


def _display_at(types: CTypes, union: TypeId, tag: int) -> str:
    if tag == 0:
        return '"None"'
    return text_literal(types.display(types.members(union)[tag - 1]))
