"""Objects in C: made, read, written, tested, dispatched."""

from spy_types.program.nodes import CallVirtual, Cast, GetAttr, Is, IsInstance, New, ObjectId, Pos, SetAttr

from spy_cbackend.calls import write_call_of
from spy_cbackend.frame import Frame
from spy_cbackend.mangling import text_literal
from spy_cbackend.pointers import named
from spy_cbackend.primitives import infix
from spy_cbackend.value import ATOM, CALLS, EQUALITY, OR, READS, UNARY, WRITES, Code, Touch, Value


def write_new(frame: Frame, expr: New) -> Value:
    """Write an allocation."""
    types = frame.scope.types
    new = "spy_new" if types.object_has_pointers(expr.t) else "spy_new_plain"
    call = f"{new}(sizeof(struct {types.struct_name(expr.t)}), {frame.scope.classes.numbers[expr.t]})"
    return Value(call, ATOM)


def write_get_attr(frame: Frame, expr: GetAttr, code: Code) -> Value:
    """Write a read of a field; one that may have no value yet is checked."""
    classes = frame.scope.classes
    obj = frame.expression(expr.value, code)
    member = classes.member(expr.value.t, expr.field)
    if not classes.is_sure(expr.value.t, expr.field):
        obj = named(frame, obj, expr.value, code)
        args = f"{obj.code}->{member}$set, {classes.name_of(obj.code)}, {text_literal(expr.field)}"
        frame.try_call(f"spy_check_field({args})", expr.pos, code, Touch(READS))
    return Value(f"{obj.at(ATOM)}->{member}", ATOM, obj.touch | Touch(READS))


def write_set_attr(frame: Frame, stmt: SetAttr, code: Code) -> None:
    """Write an assignment of a field, and that it has a value now."""
    classes = frame.scope.classes
    obj, value = frame.operands([stmt.obj, stmt.value], code)
    member = classes.member(stmt.obj.t, stmt.field)
    if not classes.is_sure(stmt.obj.t, stmt.field):
        obj = named(frame, obj, stmt.obj, code)
        code.add(f"{obj.code}->{member}$set = true;", stmt.pos)
    code.add(f"{obj.at(ATOM)}->{member} = {value.code};", stmt.pos)
    code.touch = code.touch | obj.touch | value.touch | Touch(WRITES)


def write_call_virtual(frame: Frame, expr: CallVirtual, code: Code) -> Value:
    """Write a call by class: direct where only one function is left."""
    classes = frame.scope.classes
    args = frame.operands(expr.args, code)
    flags = frame.scope.facts.method_flags[expr.method]
    functions = {impl.func for impl in classes.methods[expr.method].impls}
    if len(functions) != 1:
        name = classes.method_name(expr.method)
        return write_call_of(frame, name, args, flags | CALLS, expr.t, expr.pos, code)
    (func,) = functions
    receiver = _as(frame, args[0], classes.receivers[func])
    return write_call_of(frame, frame.scope.names[func], [receiver, *args[1:]], flags, expr.t, expr.pos, code)


def write_is_instance(frame: Frame, expr: IsInstance, code: Code) -> Value:
    """Write a test of the class."""
    value = frame.expression(expr.value, code)
    test, touch = _test(frame, value, expr.cls, expr.pos, code)
    return Value(test, OR, touch)


def write_cast(frame: Frame, expr: Cast, code: Code) -> Value:
    """Write a cast; one to a descendant is checked."""
    types, classes = frame.scope.types, frame.scope.classes
    value = frame.expression(expr.value, code)
    if expr.t != expr.value.t and expr.t not in types.cls(expr.value.t).ancestors:
        value = named(frame, value, expr.value, code)
        test, touch = _test(frame, value, expr.t, expr.pos, code)
        shown = text_literal(types.cls(expr.t).display)
        frame.try_call(
            f"spy_check_class({test}, {shown}, {classes.name_of(value.code)})", expr.pos, code, touch
        )
    return _as(frame, value, expr.t)


def write_is(frame: Frame, expr: Is, code: Code) -> Value:
    """Write a test of identity."""
    left, right = frame.operands([expr.left, expr.right], code)
    return infix(_as_void(left), "==", EQUALITY, _as_void(right))


def write_object_id(frame: Frame, expr: ObjectId, code: Code) -> Value:
    """Write the identity number: the address."""
    value = frame.expression(expr.value, code)
    return Value(f"(int64_t)(intptr_t){value.at(UNARY)}", UNARY, value.touch)


def _test(frame: Frame, value: Value, t: str, pos: Pos, code: Code) -> tuple[str, Touch]:
    """Return the condition that an object is a `t`."""
    number = frame.spill(Value(f"spy_class_of({value.code})", ATOM, value.touch), "i32", code, pos)
    return frame.scope.classes.test(t, number.code), value.touch


def _as(frame: Frame, value: Value, t: str) -> Value:
    return Value(f"({frame.scope.types.name(t)}){value.at(UNARY)}", UNARY, value.touch)


def _as_void(value: Value) -> Value:
    return Value(f"(const void *){value.at(UNARY)}", UNARY, value.touch)
