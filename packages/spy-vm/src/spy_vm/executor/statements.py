"""Statements of Program IR as Python statements."""

import ast
from collections.abc import Sequence
from typing import assert_never

from spy_types.program.nodes import (
    Assign,
    Break,
    CloseGenerator,
    Continue,
    Eval,
    ForRange,
    GlobalSet,
    If,
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

from spy_vm.executor import pyast
from spy_vm.executor.catching import emit_try
from spy_vm.executor.conditions import after, condition
from spy_vm.executor.emitter import SENT, Emitter, Value
from spy_vm.executor.expressions import local_name
from spy_vm.executor.memory_code import emit_store
from spy_vm.executor.object_code import emit_set_attr
from spy_vm.executor.ranges import FULL, Ranges, join, loop_range
from spy_vm.executor.survey import assigned, assigned_in


def emit_statement(f: Emitter, stmt: Stmt) -> None:  # noqa: C901, PLR0912  # one arm per node
    """Add the code for `stmt` to the block at hand."""
    match stmt:
        case Assign():
            _assign(f, stmt)
        case GlobalSet(fqn=fqn, value=value):
            cell = ast.Attribute(pyast.name(f.namespace.cell(fqn)), "value", pyast.STORE)
            f.add(pyast.assign(cell, f.value(value).node))
        case Store():
            emit_store(f, stmt)
        case SetAttr():
            emit_set_attr(f, stmt)
        case Eval(value=value):
            effect = f.value(value).node
            if not isinstance(effect, ast.Constant):
                f.add(ast.Expr(effect))
        case If():
            _if(f, stmt)
        case While():
            _while(f, stmt)
        case ForRange():
            _for_range(f, stmt)
        case Return(value=result):
            f.add(ast.Return(f.value(result).node if result is not None else None))
        case Break():
            f.add(ast.Break())
        case Continue():
            f.add(ast.Continue())
        case Raise(etype=etype, message=message):
            text = [f.value(message).node] if message is not None else []
            f.add(ast.Raise(pyast.call(".Raised", pyast.const(etype), *text)))
        case Try():
            emit_try(f, stmt)
        case RaiseObject():
            _raise_object(f, stmt)
        case Reraise():
            f.add(ast.Raise(None, None))
        case Yield(value=value):
            received = ast.Yield(f.value(value).node)
            f.add(pyast.assign(SENT, received) if f.takes else ast.Expr(received))
        case CloseGenerator(generator=generator):
            f.add(ast.Expr(pyast.call(pyast.attribute(f.value(generator).node, "close"))))
        case _:
            assert_never(stmt)


def leaves(body: Sequence[Stmt]) -> bool:
    """Whether control never reaches the end of `body`."""
    match body:
        case [*_, Return() | Raise() | RaiseObject() | Reraise() | Break() | Continue()]:
            return True
        case [*_, If(then=then, orelse=orelse)]:
            return leaves(then) and leaves(orelse)
    return False


def breaks(body: Sequence[Stmt]) -> bool:
    """Whether a `break` in `body` leaves the loop that it is the body of."""
    for stmt in body:
        match stmt:
            case Break():
                return True
            case If(then=then, orelse=orelse) if breaks(then) or breaks(orelse):
                return True
            case While(orelse=orelse) | ForRange(orelse=orelse) if breaks(orelse):
                return True
            case Try(body=inner, handlers=handlers, orelse=orelse, finalbody=final):
                if any(breaks(part) for part in (inner, orelse, final, *(h.body for h in handlers))):
                    return True
    return False


def _assign(f: Emitter, stmt: Assign) -> None:
    """Add `x = raw`, then the check of x, which is quicker than an expression that holds the check."""
    value = f.value(stmt.value)
    name = local_name(stmt.name)
    f.assigned(stmt.name, value.range)
    if value.check is None:
        f.add(pyast.assign(name, value.node))
        return
    f.add(pyast.assign(name, value.raw))
    target = pyast.name(name)
    repair = pyast.assign(name, value.check.on_bad(target))
    f.add(ast.If(pyast.not_(value.check.passed(target)), [repair], []))


def _raise_object(f: Emitter, stmt: RaiseObject) -> None:
    value, *cause = f.nodes([stmt.value] if stmt.cause is None else [stmt.value, stmt.cause])
    f.add(ast.Raise(pyast.call(".quiet", value) if stmt.quiet else value, cause[0] if cause else None))


def _if(f: Emitter, stmt: If) -> None:
    test = condition(f, stmt.cond)
    if isinstance(test, ast.Constant):
        taken, dropped = (stmt.then, stmt.orelse) if test.value else (stmt.orelse, stmt.then)
        f.dropped |= assigned_in(dropped)
        f.statements(taken)
        return
    when_true, when_false = after(f, stmt.cond, True), after(f, stmt.cond, False)
    f.known = when_true
    then = f.block(stmt.then)
    after_then, f.known = f.known, when_false
    orelse = f.block(stmt.orelse) if stmt.orelse else []
    if leaves(stmt.orelse):
        f.known = after_then
    elif not leaves(stmt.then):
        f.known = join(after_then, f.known)
    f.add(ast.If(test, then, orelse))


def _while(f: Emitter, stmt: While) -> None:
    f.forget(assigned(stmt))
    if f.blocks.inside(stmt.cond):
        _while_with_block(f, stmt)
        return
    test = condition(f, stmt.cond)
    at_test = dict(f.known)
    when_false = after(f, stmt.cond, False)
    f.known = after(f, stmt.cond, True)
    body = f.block(stmt.body)
    f.add(ast.While(test, body, _loop_else(f, stmt, at_test, when_false)))


def _while_with_block(f: Emitter, stmt: While) -> None:
    """Add a loop whose condition needs statements: `while True: ...; if not cond: break; body`."""
    finished = f.temp() if stmt.orelse else ""
    if finished:
        f.add(pyast.assign(finished, pyast.const(False)))
    outer, f.out = f.out, []
    test = condition(f, stmt.cond)
    at_test = dict(f.known)
    when_false = after(f, stmt.cond, False)
    stop: list[ast.stmt] = [pyast.assign(finished, pyast.const(True))] if finished else []
    stop.append(ast.Break())
    f.add(ast.If(pyast.not_(test), stop, []))
    f.known = after(f, stmt.cond, True)
    f.statements(stmt.body)
    body, f.out = f.out, outer
    f.add(ast.While(pyast.const(True), body, []))
    orelse = _loop_else(f, stmt, at_test, when_false)
    if finished:
        f.add(ast.If(pyast.name(finished), orelse, []))


def _loop_else(f: Emitter, stmt: While | ForRange, at_test: Ranges, when_false: Ranges) -> list[ast.stmt]:
    """Return the code of the loop's `else`, and leave in `f.known` what holds after the loop."""
    f.known = dict(when_false)
    orelse = f.block(stmt.orelse) if stmt.orelse else []
    if breaks(stmt.body):
        f.known = at_test if leaves(stmt.orelse) else join(at_test, f.known)
    return orelse


def _for_range(f: Emitter, stmt: ForRange) -> None:
    start, stop, step = f.values([stmt.start, stmt.stop, stmt.step])
    f.forget(assigned(stmt))
    at_test, full = dict(f.known), FULL[stmt.start.t]
    f.known[stmt.var] = loop_range(start.range or full, stop.range or full, step.range or full, full)
    body = f.block(stmt.body)
    target = ast.Name(local_name(stmt.var), pyast.STORE)
    rounds = pyast.call("range", *_range_args(start, stop, step))
    f.add(ast.For(target, rounds, body, _loop_else(f, stmt, at_test, at_test)))


def _range_args(start: Value, stop: Value, step: Value) -> list[ast.expr]:
    if not _is_int(step, 1):
        return [start.node, stop.node, step.node]
    if not _is_int(start, 0):
        return [start.node, stop.node]
    return [stop.node]


def _is_int(value: Value, number: int) -> bool:
    return isinstance(value.raw, ast.Constant) and value.raw.value == number
