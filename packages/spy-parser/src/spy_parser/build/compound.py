"""Statements with blocks: `if`, loops, `try`, `with`, functions, classes; their rules give lists."""

from typing import Any, Final

import msgspec
from spy_types.syntax.nodes import (
    ClassDef,
    ExceptHandler,
    Expr,
    ExprStmt,
    For,
    FunctionDef,
    If,
    Stmt,
    StrLit,
    Try,
    While,
    With,
    WithItem,
)  # fmt: skip

from spy_parser.build.parameters import no_parameters
from spy_parser.build.primaries import call_arguments
from spy_parser.build.targets import check_target, refuse_star
from spy_parser.errors import tree as errors
from spy_parser.marks import LAYOUT
from spy_parser.source import Source

Block = list[Stmt]


def if_statement(source: Source, values: list[Any], start: int, end: int) -> list[Stmt]:
    """`if a: b elif c: d else: e`"""
    test, body, elifs, orelse = values
    tail: tuple[Stmt, ...] = tuple(orelse or ())
    for place, elif_test, elif_body in reversed(elifs):
        tail = (If(source.span(place, end), elif_test, tuple(elif_body), tail),)
    return [If(source.span(start, end), test, tuple(body), tail)]


def elif_clause(source: Source, values: list[Any], start: int, end: int) -> tuple[int, Expr, Block]:
    """`elif a: b`"""
    return start, values[0], values[1]


def while_statement(source: Source, values: list[Any], start: int, end: int) -> list[Stmt]:
    """`while a: b else: c`"""
    test, body, orelse = values
    return [While(source.span(start, end), test, tuple(body), tuple(orelse or ()))]


def for_statement(source: Source, values: list[Any], start: int, end: int) -> list[Stmt]:
    """`for a in b: c else: d`"""
    target, iterable, body, orelse = values
    check_target(source, target)
    refuse_star(source, iterable)
    return [For(source.span(start, end), target, iterable, tuple(body), tuple(orelse or ()), False)]


def try_statement(source: Source, values: list[Any], start: int, end: int) -> list[Stmt]:
    """`try: a except b as c: d else: e finally: f`"""
    body, clauses, orelse, final = values
    span = source.span(start, end)
    sign, otherwise = orelse or (None, ())
    if not clauses and (sign is not None or final is None):
        place = end if sign is None else sign.start()
        place = min(place, len(source.text.rstrip("".join(LAYOUT))) - 1)
        here, there = source.span(place, place + 1), source.span(start, start + 3)
        source.report(errors.bare_try(source.loc(here), source.loc(there)))
    stars = [star for star, _ in clauses]
    handlers = tuple(handler for _, handler in clauses)
    if any(stars) and not all(stars):
        source.report(errors.mixed_except(source.loc(handlers[-1].span)))
    for star, handler in clauses:
        if star and handler.kind is None:
            source.report(errors.bare_except_star(source.loc(handler.span)))
    for handler in handlers[:-1]:
        if handler.kind is None:
            source.report(errors.default_except_first(source.loc(handler.span)))
    return [Try(span, tuple(body), handlers, tuple(otherwise), tuple(final or ()), any(stars))]


def except_clause(source: Source, values: list[Any], start: int, end: int) -> tuple[bool, ExceptHandler]:
    """`except a as b: c`"""
    star, kind, body = values
    expression, more, name = kind or (None, [], None)
    if expression is not None and more:
        source.report(errors.bare_exception_tuple(source.loc(expression.span)))
    handler = ExceptHandler(source.span(start, end), expression, name.id if name else None, tuple(body))
    return star is not None, handler


def with_statement(source: Source, values: list[Any], start: int, end: int) -> list[Stmt]:
    """`with a as b: c`"""
    items, body = values
    return [With(source.span(start, end), items, tuple(body), False)]


def with_items(source: Source, values: list[Any], start: int, end: int) -> tuple[WithItem, ...]:
    """`a as b, c`"""
    return (values[0], *values[1])


def with_item(source: Source, values: list[Any], start: int, end: int) -> WithItem:
    """`a as b`"""
    if values[1] is not None:
        check_target(source, values[1])
    return WithItem(source.span(start, end), values[0], values[1])


def async_statement(source: Source, values: list[Any], start: int, end: int) -> list[Stmt]:
    """`async def`, `async for`, `async with`"""
    node = values[1][0]
    return [msgspec.structs.replace(node, is_async=True, span=source.span(start, end))]


def function(source: Source, values: list[Any], start: int, end: int) -> list[Stmt]:
    """`def f[T](a) -> b: c`"""
    name, type_params, params, returns, body = values
    if params is None:
        params = no_parameters(source, source.text.index("(", start))
    node = FunctionDef(
        source.span(start, end), name.id, name.span, type_params or (), params, returns, tuple(body), (),
        False, docstring(body), -1,
    )  # fmt: skip
    return [node]


def class_definition(source: Source, values: list[Any], start: int, end: int) -> list[Stmt]:
    """`class C[T](a): b`"""
    name, type_params, arguments, body = values
    if arguments and type(arguments[0]) is tuple:
        here = source.span(arguments[0][0], arguments[0][1])
        source.report(errors.bare_generator(source.loc(here)))
    bases, keywords = call_arguments(source, arguments) if arguments else ((), ())
    node = ClassDef(
        source.span(start, end), name.id, name.span, type_params or (), bases, keywords, tuple(body), (),
        docstring(body), -1,
    )  # fmt: skip
    return [node]


def class_arguments(source: Source, values: list[Any], start: int, end: int) -> tuple[Any, int, int]:
    """`(a)` with the place of the brackets"""
    return values[0], start, end


def decorated(source: Source, values: list[Any], start: int, end: int) -> list[Stmt]:
    """`@a def f(): b`"""
    decorators, body = values
    return [msgspec.structs.replace(body[0], decorators=tuple(decorators))]


def docstring(body: Block | tuple[Stmt, ...]) -> str | None:
    """Return the string that stands first in `body`."""
    if body and type(body[0]) is ExprStmt and type(body[0].value) is StrLit:
        return body[0].value.value
    return None


BUILDERS: Final = {
    "if_statement": if_statement,
    "elif_clause": elif_clause,
    "while_statement": while_statement,
    "for_statement": for_statement,
    "try_statement": try_statement,
    "except_clause": except_clause,
    "with_statement": with_statement,
    "plain_items": with_items,
    "parenthesised_items": with_items,
    "with_item": with_item,
    "async_statement": async_statement,
    "async_function": async_statement,
    "function": function,
    "class_definition": class_definition,
    "class_arguments": class_arguments,
    "decorated": decorated,
}
