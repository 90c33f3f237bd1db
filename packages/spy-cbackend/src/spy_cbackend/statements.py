"""Statements of Program IR as C statements; loops are in `loops`."""

from collections.abc import Sequence
from typing import assert_never

from spy_types.program.nodes import (
    Assign,
    Break,
    Call,
    CloseGenerator,
    Continue,
    Eval,
    Expr,
    ForRange,
    GlobalSet,
    If,
    Pos,
    Raise,
    RaiseObject,
    Reraise,
    Return,
    SetAttr,
    Stmt,
    Store,
    Try,
    While,
    Yield,
)

from spy_cbackend.catching import write_try
from spy_cbackend.expressions import assign_local
from spy_cbackend.frame import Frame
from spy_cbackend.generator_code import write_close, write_yield
from spy_cbackend.leaving import go_on, propagate, result_target
from spy_cbackend.loops import write_for_range, write_while
from spy_cbackend.mangling import fqn_name, text_literal
from spy_cbackend.objects import write_set_attr
from spy_cbackend.pointers import write_store
from spy_cbackend.value import RAISES, UNARY, WRITES, Code, Touch, Value
from spy_cbackend.walk import expressions_in


def write_statements(frame: Frame, body: Sequence[Stmt], code: Code) -> None:  # one case per node
    """Write statements to `code`."""
    for stmt in body:
        write_statement(frame, stmt, code)


def write_statement(frame: Frame, stmt: Stmt, code: Code) -> None:  # noqa: C901, PLR0912  # one case per node
    """Write one statement to `code`."""
    match stmt:
        case Assign():
            _assign(frame, stmt, code)
        case GlobalSet(fqn=fqn, value=expr):
            value = frame.expression(expr, code)
            code.add(f"{fqn_name(fqn, 'spy_var_')} = {value.code};", stmt.pos)
            code.touch = code.touch | value.touch | Touch(WRITES)
        case Store():
            write_store(frame, stmt, code)
        case SetAttr():
            write_set_attr(frame, stmt, code)
        case Eval(value=expr):
            _eval(frame, expr, code)
            _keep_frame(frame, expr, code)
        case If():
            _if(frame, stmt, code)
        case While():
            write_while(frame, stmt, code)
        case ForRange():
            write_for_range(frame, stmt, code)
        case Return(value=result):
            _return(frame, result, stmt.pos, code)
        case Break():
            go_on(frame, "break", stmt.pos, code)
        case Continue():
            go_on(frame, "continue", stmt.pos, code)
        case Raise(etype=etype, message=message):
            text = Value("NULL") if message is None else frame.expression(message, code)
            call = f"spy_set_error_str({text_literal(etype)}, {text.code})"
            code.add(f"{call};", stmt.pos)
            code.add(f"spy_note_place({frame.place(stmt.pos)});", stmt.pos)
            propagate(frame, code)
            code.touch = code.touch | text.touch | Touch(RAISES)
        case Try():
            write_try(frame, stmt, code)
        case RaiseObject():
            _raise_object(frame, stmt, code)
        case Reraise():
            code.add(f"spy_throw({frame.handled[-1]});", stmt.pos)
            propagate(frame, code)
            code.touch = code.touch | Touch(RAISES)
        case Yield():
            write_yield(frame, stmt, code)
        case CloseGenerator():
            write_close(frame, stmt, code)
        case _:
            assert_never(stmt)


def _assign(frame: Frame, stmt: Assign, code: Code) -> None:
    value = frame.expression(stmt.value, code)
    if id(stmt) in frame.declaring and stmt.name not in frame.unsure.names:
        code.add(
            f"{frame.scope.types.declare(stmt.value.t, frame.local(stmt.name))} = {value.code};", stmt.pos
        )
        code.touch = code.touch | value.touch
    else:
        assign_local(frame, stmt.name, value, stmt.pos, code)
    _keep_frame(frame, stmt.value, code)


def _raise_object(frame: Frame, stmt: RaiseObject, code: Code) -> None:
    values = frame.operands([stmt.value] if stmt.cause is None else [stmt.value, stmt.cause], code)
    error, *cause = (value.code for value in values)
    if cause or stmt.quiet:
        code.add(f"spy_throw_from({error}, {cause[0] if cause else 'NULL'});", stmt.pos)
    else:
        code.add(f"spy_throw({error});", stmt.pos)
    code.add(f"spy_note_place({frame.place(stmt.pos)});", stmt.pos)
    propagate(frame, code)
    code.touch = code.touch | Touch(RAISES)


def _eval(frame: Frame, expr: Expr, code: Code) -> None:
    value = frame.expression(expr, code)
    if value.touch.flags:
        code.add(f"(void){value.at(UNARY)};", expr.pos)
        code.touch = code.touch | value.touch


def _if(frame: Frame, stmt: If, code: Code) -> None:
    cond = frame.expression(stmt.cond, code)
    code.touch = code.touch | cond.touch
    code.add(f"if ({cond.code}) {{", stmt.pos)
    write_statements(frame, stmt.then, code)
    orelse = stmt.orelse
    while len(orelse) == 1 and isinstance(inner := orelse[0], If):
        before = Code()
        cond = frame.expression(inner.cond, before)
        if before.lines:
            break
        code.touch = code.touch | cond.touch
        code.add(f"}} else if ({cond.code}) {{", inner.pos)
        write_statements(frame, inner.then, code)
        orelse = inner.orelse
    if orelse:
        code.add("} else {", None)
        write_statements(frame, orelse, code)
    code.add("}", None)


def _return(frame: Frame, expr: Expr | None, pos: Pos, code: Code) -> None:
    if frame.function.generator and expr is not None:
        value = frame.expression(expr, code)
        code.add(f"self->generator.result = {value.code};", pos)
        code.touch = code.touch | value.touch
        expr = None
    if expr is None:
        go_on(frame, "return", pos, code)
        return
    if isinstance(expr, Call) and expr.t != "None" and frame.raises and frame.scope.facts.raises(expr.func):
        args = frame.operands(expr.args, code)
        codes = [*(arg.code for arg in args), "result"]
        frame.try_call(f"{frame.scope.names[expr.func]}({', '.join(codes)})", expr.pos, code, Touch(WRITES))
        go_on(frame, "return", pos, code)
        return
    value = frame.expression(expr, code)
    if expr.t == "None":
        _keep_frame(frame, expr, code)
        go_on(frame, "return", pos, code)
        return
    if frame.raises or frame.exits:
        code.add(f"{result_target(frame)} = {value.code};", pos)
        _keep_frame(frame, expr, code)
        go_on(frame, "return", pos, code)
        return
    if _is_lone_recursion(frame, expr):
        value = frame.spill(value, expr.t, code, pos)
        _keep_frame(frame, expr, code)
    code.add(f"return {value.code};", pos)


def _keep_frame(frame: Frame, expr: Expr, code: Code) -> None:
    if _is_lone_recursion(frame, expr):
        code.add("SPY_KEEP_FRAME();", expr.pos)


def _is_lone_recursion(frame: Frame, expr: Expr) -> bool:
    """Say whether C might turn the only recursive call of `expr` into a jump: endless recursion into a loop.

    With two calls, as in `fib(n - 1) + fib(n - 2)`, at most one becomes a jump: the stack still ends.
    """
    group = frame.scope.facts.recursive.get(frame.function.fqn)
    if not group:
        return False
    calls = [e.func for e in expressions_in(expr) if isinstance(e, Call) and e.func in group]
    return len(calls) == 1 and not frame.scope.facts.raises(calls[0])


def falls_through(body: Sequence[Stmt]) -> bool:
    """Say whether the end of `body` may be reached."""
    if not body:
        return True
    match body[-1]:
        case Return() | Raise() | RaiseObject() | Reraise():
            return False
        case If(then=then, orelse=orelse):
            return falls_through(then) or falls_through(orelse)
        case _:
            return True
