"""Rules of statements; one function per node, in the order of `Stmt`."""

from collections.abc import Callable, Sequence
from typing import Any

from spy_types.nesting import MAX_NESTING
from spy_types.program.constants import IntConst
from spy_types.program.nodes import (
    Assign,
    Break,
    CloseGenerator,
    Const,
    Continue,
    Eval,
    Expr,
    ForRange,
    GlobalSet,
    Handler,
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
from spy_types.program.types import INTS
from spy_types.program.verify import codes
from spy_types.program.verify.context import Context
from spy_types.program.verify.expressions import verify_expr, verify_generator
from spy_types.program.verify.objects import attribute_type
from spy_types.program.verify.places import place_type
from spy_types.program.verify.words import is_symbol


def verify_body(context: Context, body: Sequence[Stmt]) -> None:
    """Check the statements of `body`."""
    if context.depth >= MAX_NESTING:
        if body:
            context.fault(codes.TOO_DEEP, f"statements nest more than {MAX_NESTING} deep", body[0].pos)
        return
    context.depth += 1
    for stmt in body:
        context.verify_pos(stmt.pos)
        _VERIFY[type(stmt)](context, stmt)
    context.depth -= 1


def _assign(context: Context, stmt: Assign) -> None:
    verify_expr(context, stmt.value)
    declared = context.variables.get(stmt.name)
    if declared is None:
        context.fault(codes.UNKNOWN_LOCAL, f"there is no local `{stmt.name}`", stmt.pos)
    elif stmt.value.t != declared:
        context.expect(stmt.value, declared, f"the value of `{stmt.name}`")


def _global_set(context: Context, stmt: GlobalSet) -> None:
    context.impure = context.impure or stmt.pos
    verify_expr(context, stmt.value)
    declared = context.facts.globals.get(stmt.fqn)
    if declared is None:
        context.fault(codes.UNKNOWN_GLOBAL, f"there is no global `{stmt.fqn}`", stmt.pos)
    else:
        context.expect(stmt.value, declared, f"the value of `{stmt.fqn}`")


def _store(context: Context, stmt: Store) -> None:
    context.impure = context.impure or stmt.pos
    verify_expr(context, stmt.ptr)
    if stmt.index is not None:
        verify_expr(context, stmt.index)
    verify_expr(context, stmt.value)
    t = place_type(context, stmt.pos, stmt.ptr, stmt.index, stmt.path)
    if t is not None:
        context.expect(stmt.value, t, "the value")


def _set_attr(context: Context, stmt: SetAttr) -> None:
    context.impure = context.impure or stmt.pos
    verify_expr(context, stmt.obj)
    verify_expr(context, stmt.value)
    t = attribute_type(context, stmt.obj, stmt.field, stmt.pos)
    if t is not None:
        context.expect(stmt.value, t, "the value")


def _eval(context: Context, stmt: Eval) -> None:
    verify_expr(context, stmt.value)


def _if(context: Context, stmt: If) -> None:
    _verify_condition(context, stmt.cond)
    verify_body(context, stmt.then)
    verify_body(context, stmt.orelse)


def _while(context: Context, stmt: While) -> None:
    _verify_condition(context, stmt.cond)
    _verify_loop(context, stmt)


def _for_range(context: Context, stmt: ForRange) -> None:
    declared = context.variables.get(stmt.var)
    if declared is None:
        context.fault(codes.UNKNOWN_LOCAL, f"there is no local `{stmt.var}`", stmt.pos)
    elif declared not in INTS:
        context.fault(codes.WRONG_TYPE, f"`{stmt.var}` is a `{declared}`, not an integer", stmt.pos)
    for bound in (stmt.start, stmt.stop, stmt.step):
        verify_expr(context, bound)
        if declared is not None:
            context.expect(bound, declared, "a bound of a range")
    if not _is_nonzero(stmt.step):
        context.raises = context.raises or stmt.pos
    _verify_loop(context, stmt)


def _verify_condition(context: Context, cond: Expr) -> None:
    verify_expr(context, cond)
    context.expect(cond, "bool", "a condition")


def _verify_loop(context: Context, stmt: While | ForRange) -> None:
    context.loops += 1
    verify_body(context, stmt.body)
    context.loops -= 1
    verify_body(context, stmt.orelse)


def _is_nonzero(step: Expr) -> bool:
    match step:
        case Const(value=IntConst(value=number)):
            return number != 0
        case _:
            return False


def _return(context: Context, stmt: Return) -> None:
    if context.in_block:
        context.fault(codes.LEAVES_BLOCK, "return leaves a block expression", stmt.pos)
    if stmt.value is not None:
        verify_expr(context, stmt.value)
        context.expect(stmt.value, context.result, "the returned value")
    elif context.result != "None":
        context.fault(codes.MISSING_VALUE, "return has no value", stmt.pos)


def _break_continue(context: Context, stmt: Break | Continue) -> None:
    if context.loops:
        return
    word = type(stmt).__name__.lower()
    if context.in_block:
        context.fault(codes.LEAVES_BLOCK, f"{word} leaves a block expression", stmt.pos)
    else:
        context.fault(codes.OUTSIDE_LOOP, f"{word} stands outside of a loop", stmt.pos)


def _raise(context: Context, stmt: Raise) -> None:
    context.raises = context.raises or stmt.pos
    if not stmt.etype.isidentifier():
        context.fault(codes.BAD_EXCEPTION, f"`{stmt.etype}` is no name of an exception", stmt.pos)
    if stmt.message is not None:
        verify_expr(context, stmt.message)
        context.expect(stmt.message, "str", "the message")


def _try(context: Context, stmt: Try) -> None:
    if not stmt.handlers and not stmt.finalbody:
        context.fault(codes.BAD_TRY, "a `try` has neither handlers nor a `finally`", stmt.pos)
    if stmt.orelse and not stmt.handlers:
        context.fault(codes.BAD_TRY, "a `try` has an `else` without handlers", stmt.pos)
    verify_body(context, stmt.body)
    for handler in stmt.handlers:
        _verify_handler(context, handler)
    verify_body(context, stmt.orelse)
    verify_body(context, stmt.finalbody)


def _verify_handler(context: Context, handler: Handler) -> None:
    context.verify_pos(handler.pos)
    if not handler.types:
        context.fault(codes.BAD_TRY, "a handler catches nothing", handler.pos)
    for etype in handler.types:
        if not is_symbol(etype):
            context.fault(codes.BAD_EXCEPTION, f"`{etype}` is no name of an exception", handler.pos)
    if handler.name is not None:
        declared = context.variables.get(handler.name)
        if declared is None:
            context.fault(codes.UNKNOWN_LOCAL, f"there is no local `{handler.name}`", handler.pos)
        elif declared != "exception":
            context.fault(codes.WRONG_TYPE, f"`{handler.name}` is no exception but `{declared}`", handler.pos)
    context.handlers += 1
    verify_body(context, handler.body)
    context.handlers -= 1


def _raise_object(context: Context, stmt: RaiseObject) -> None:
    context.raises = context.raises or stmt.pos
    verify_expr(context, stmt.value)
    context.expect(stmt.value, "exception", "what is raised")
    if stmt.cause is not None:
        verify_expr(context, stmt.cause)
        context.expect(stmt.cause, "exception", "the cause")


def _reraise(context: Context, stmt: Reraise) -> None:
    context.raises = context.raises or stmt.pos
    if not context.handlers:
        context.fault(codes.OUTSIDE_HANDLER, "`raise` stands outside of a handler", stmt.pos)


def _yield(context: Context, stmt: Yield) -> None:
    verify_expr(context, stmt.value)
    if context.generator is None or context.in_block:
        context.fault(codes.OUTSIDE_GENERATOR, "yield stands outside of a generator", stmt.pos)
    else:
        context.expect(stmt.value, context.generator.item, "what is yielded")


def _close_generator(context: Context, stmt: CloseGenerator) -> None:
    context.raises = context.raises or stmt.pos
    context.impure = context.impure or stmt.pos
    verify_generator(context, stmt.generator)


_VERIFY: dict[type, Callable[[Context, Any], None]] = {
    Assign: _assign,
    GlobalSet: _global_set,
    Store: _store,
    SetAttr: _set_attr,
    Eval: _eval,
    If: _if,
    While: _while,
    ForRange: _for_range,
    Return: _return,
    Break: _break_continue,
    Continue: _break_continue,
    Raise: _raise,
    Try: _try,
    RaiseObject: _raise_object,
    Reraise: _reraise,
    Yield: _yield,
    CloseGenerator: _close_generator,
}
