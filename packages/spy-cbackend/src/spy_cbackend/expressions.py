"""Expressions of Program IR as C expressions, with the statements that must run before them."""

from typing import assert_never

from spy_types.program.nodes import (
    AddrOf,
    Advance,
    Alloc,
    And,
    AssignExpr,
    BlockExpr,
    Call,
    CallIndirect,
    CallVirtual,
    Cast,
    Const,
    DynamicOp,
    Expr,
    FromDynamic,
    FromUnion,
    GetAttr,
    GetField,
    GlobalGet,
    IfExp,
    Is,
    IsInstance,
    Load,
    Local,
    MakeClosure,
    MakeStruct,
    New,
    ObjectId,
    Or,
    Pos,
    Prim,
    PtrOp,
    Returned,
    Sent,
    ToDynamic,
    ToUnion,
    UnionTest,
    Yielded,
)

from spy_cbackend.calls import write_call, write_indirect_call
from spy_cbackend.closures import write_closure
from spy_cbackend.dynamic_code import write_dynamic_op, write_from_dynamic, write_to_dynamic
from spy_cbackend.frame import Frame, joined
from spy_cbackend.generator_code import write_advance, write_part, write_sent
from spy_cbackend.mangling import fqn_name, member_name, text_literal
from spy_cbackend.objects import (
    write_call_virtual,
    write_cast,
    write_get_attr,
    write_is,
    write_is_instance,
    write_new,
    write_object_id,
)
from spy_cbackend.pointers import write_address, write_alloc, write_load, write_pointer_op
from spy_cbackend.primitives import write_prim
from spy_cbackend.unions import write_from_union, write_to_union, write_union_test
from spy_cbackend.value import (
    AND,
    ATOM,
    CONDITIONAL,
    OR,
    READS,
    Code,
    Touch,
    Value,
)


def write_expression(frame: Frame, expr: Expr, code: Code) -> Value:  # noqa: PLR0911, PLR0912, C901  # one case per node
    """Write `expr`; what must run before it goes to `code`."""
    match expr:
        case Const(value=constant, t=t):
            return frame.scope.constants.expression(constant, t)
        case Local():
            return _local(frame, expr, code)
        case GlobalGet(fqn=fqn):
            return Value(fqn_name(fqn, "spy_var_"), touch=Touch(READS))
        case Prim():
            return write_prim(frame, expr, code)
        case Call():
            return write_call(frame, expr, code)
        case CallIndirect():
            return write_indirect_call(frame, expr, code)
        case MakeClosure():
            return write_closure(frame, expr, code)
        case MakeStruct():
            return _struct(frame, expr, code)
        case GetField(value=inner, field=field):
            value = frame.expression(inner, code)
            return Value(f"{value.at(ATOM)}.{member_name(field)}", ATOM, value.touch)
        case New():
            return write_new(frame, expr)
        case GetAttr():
            return write_get_attr(frame, expr, code)
        case CallVirtual():
            return write_call_virtual(frame, expr, code)
        case IsInstance():
            return write_is_instance(frame, expr, code)
        case Cast():
            return write_cast(frame, expr, code)
        case Is():
            return write_is(frame, expr, code)
        case ObjectId():
            return write_object_id(frame, expr, code)
        case Alloc():
            return write_alloc(frame, expr, code)
        case Load():
            return write_load(frame, expr, code)
        case AddrOf():
            return write_address(frame, expr, code)
        case PtrOp():
            return write_pointer_op(frame, expr, code)
        case And() | Or():
            return _short_circuit(frame, expr, code)
        case IfExp():
            return _choice(frame, expr, code)
        case AssignExpr():
            return _assignment(frame, expr, code)
        case BlockExpr(body=body, value=inner):
            frame.write_statements(frame, body, code)
            return frame.expression(inner, code)
        case ToDynamic():
            return write_to_dynamic(frame, expr, code)
        case FromDynamic():
            return write_from_dynamic(frame, expr, code)
        case DynamicOp():
            return write_dynamic_op(frame, expr, code)
        case ToUnion():
            return write_to_union(frame, expr, code)
        case UnionTest():
            return write_union_test(frame, expr, code)
        case FromUnion():
            return write_from_union(frame, expr, code)
        case Sent():
            return write_sent(frame, expr, code)
        case Advance():
            return write_advance(frame, expr, code)
        case Yielded(generator=generator):
            return write_part(frame, generator, "item", code)
        case Returned(generator=generator):
            return write_part(frame, generator, "result", code)
        case _:
            assert_never(expr)


def _local(frame: Frame, expr: Local, code: Code) -> Value:
    if id(expr) in frame.unsure.reads:
        check = f"spy_check_local({frame.set_flag(expr.name)}, {text_literal(expr.name)})"
        frame.try_call(check, expr.pos, code, Touch(0, frozenset((expr.name,))))
    return Value(frame.local(expr.name), touch=Touch(0, frozenset((expr.name,))))


def _struct(frame: Frame, expr: MakeStruct, code: Code) -> Value:
    args = frame.operands(expr.args, code)
    fields = ", ".join(arg.code for arg in args)
    return Value(f"({frame.scope.types.name(expr.t)}){{{fields}}}", ATOM, joined(args))


def _assignment(frame: Frame, expr: AssignExpr, code: Code) -> Value:
    value = frame.expression(expr.value, code)
    assign_local(frame, expr.name, value, expr.pos, code)
    return Value(frame.local(expr.name), touch=Touch(0, frozenset((expr.name,))))


def assign_local(frame: Frame, name: str, value: Value, pos: Pos, code: Code) -> None:
    """Assign a local, and note that it now has a value if some read must know."""
    code.add(f"{frame.local(name)} = {value.code};", pos)
    if name in frame.unsure.names:
        code.add(f"{frame.set_flag(name)} = true;", pos)
    code.touch = code.touch | value.touch | Touch(0, writes=frozenset((name,)))


def _short_circuit(frame: Frame, expr: And | Or, code: Code) -> Value:
    left = frame.expression(expr.left, code)
    before = Code()
    right = frame.expression(expr.right, before)
    is_and = isinstance(expr, And)
    if not before.lines:
        strength, operator = (AND, "&&") if is_and else (OR, "||")
        touch = left.touch | right.touch
        return Value(f"{_operand(left, strength)} {operator} {_operand(right, strength)}", strength, touch)
    result = frame.spill(left, "bool", code, expr.pos)
    code.add(f"if ({result.code}) {{" if is_and else f"if (!{result.code}) {{", expr.pos)
    before.add(f"{result.code} = {right.code};", expr.right.pos)
    code.extend(before)
    code.add("}", None)
    code.touch = code.touch | right.touch
    return result


def _operand(value: Value, strength: int) -> str:
    """Return an operand of && or ||: a chain of one of them needs no parentheses, a mixture gets them."""
    return value.code if value.strength == strength or value.strength > OR + 1 else value.at(ATOM)


def _choice(frame: Frame, expr: IfExp, code: Code) -> Value:
    cond = frame.expression(expr.cond, code)
    then_code, else_code = Code(), Code()
    then, orelse = frame.expression(expr.then, then_code), frame.expression(expr.orelse, else_code)
    touch = cond.touch | then.touch | orelse.touch
    if not then_code.lines and not else_code.lines:
        text = f"{cond.at(OR)} ? {then.at(OR)} : {orelse.at(CONDITIONAL)}"
        return Value(text, CONDITIONAL, touch)
    result = frame.fresh()
    code.add(f"{frame.scope.types.declare(expr.t, result)};", expr.pos)
    code.add(f"if ({cond.code}) {{", expr.pos)
    then_code.add(f"{result} = {then.code};", expr.then.pos)
    code.extend(then_code)
    code.add("} else {", None)
    else_code.add(f"{result} = {orelse.code};", expr.orelse.pos)
    code.extend(else_code)
    code.add("}", None)
    code.touch = code.touch | touch
    return Value(result)
