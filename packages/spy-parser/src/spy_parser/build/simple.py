"""Statements of one line."""

from typing import Any, Final

from spy_types.syntax.nodes import (
    Alias,
    AnnAssign,
    Assert,
    Assign,
    Attribute,
    AugAssign,
    Break,
    Continue,
    Delete,
    Expr,
    ExprStmt,
    Global,
    Import,
    ImportFrom,
    List,
    Name,
    Nonlocal,
    Pass,
    Raise,
    Return,
    Stmt,
    Subscript,
    Tuple,
    TypeAlias,
    VarDef,
)  # fmt: skip

from spy_parser.build.names import Match
from spy_parser.build.targets import check_target, kind_of, refuse_star
from spy_parser.errors import grammar as grammar_errors
from spy_parser.errors import tree as errors
from spy_parser.source import Source

Tail = tuple[str, Any, Any, int, int]


def simple_line(source: Source, values: list[Any], start: int, end: int) -> list[Stmt]:
    """`a; b`"""
    return [values[0], *values[1]]


def expression_statement(source: Source, values: list[Any], start: int, end: int) -> Stmt:
    """`a`, `a = b = c`, `a: T = b`, `a += b`"""
    value, tails = values
    span = source.span(start, end)
    refuse_star(source, tails[-1][1] if tails else value)
    if not tails:
        return ExprStmt(span, value)
    sign, operand, more, _ = tails[0]
    if sign == "=":
        targets = [value, *(tail[1] for tail in tails[:-1])]
        for target in targets:
            check_target(source, target)
        odd = [tail for tail in tails if tail[0] != "="]
        if odd:
            source.report(
                grammar_errors.invalid_syntax(source.loc(source.span(odd[0][3], end)), odd[0][0] or ":")
            )
        return Assign(span, tuple(targets), tails[-1][1])
    if len(tails) > 1:
        source.report(
            grammar_errors.invalid_syntax(source.loc(source.span(tails[1][3], end)), tails[1][0] or ":")
        )
    refuse_star(source, more)
    if sign:
        if type(value) not in (Name, Attribute, Subscript):
            source.report(errors.bad_augmented_target(source.loc(value.span), kind_of(value)))
        return AugAssign(span, value, sign, operand)
    if type(value) in (Tuple, List):
        source.report(errors.annotated_several(source.loc(value.span), kind_of(value)))
    elif type(value) not in (Name, Attribute, Subscript):
        source.report(errors.bad_annotation_target(source.loc(value.span)))
    simple = type(value) is Name and source.text[start] != "("
    return AnnAssign(span, value, operand, more, simple)


def assign_tail(source: Source, values: list[Any], start: int, end: int) -> tuple[str, Any, None, int]:
    """`= a`"""
    return "=", values[0], None, start


def annotation_tail(source: Source, values: list[Any], start: int, end: int) -> tuple[str, Any, Any, int]:
    """`: T = a`"""
    return "", values[0], values[1], start


def augmented_tail(source: Source, values: list[Any], start: int, end: int) -> tuple[str, Any, None, int]:
    """`+= a`"""
    return values[0][1], values[1], None, start


def variable(source: Source, values: list[Any], start: int, end: int) -> VarDef:
    """`var x: T = a`"""
    kind, name, declared = values
    annotation, value = declared if type(declared) is tuple else (None, declared)
    refuse_star(source, value)
    return VarDef(source.span(start, end), kind[1], name, annotation, value)


def typed(source: Source, values: list[Any], start: int, end: int) -> tuple[Expr, Expr | None]:
    """`: T = a` of a declaration"""
    return values[0], values[1]


def return_statement(source: Source, values: list[Any], start: int, end: int) -> Return:
    """`return a`"""
    refuse_star(source, values[0])
    return Return(source.span(start, end), values[0])


def pass_statement(source: Source, match: Match) -> Pass:
    """`pass`"""
    return Pass(source.span(match.start(), match.end()))


def break_statement(source: Source, match: Match) -> Break:
    """`break`"""
    return Break(source.span(match.start(), match.end()))


def continue_statement(source: Source, match: Match) -> Continue:
    """`continue`"""
    return Continue(source.span(match.start(), match.end()))


def raise_statement(source: Source, values: list[Any], start: int, end: int) -> Raise:
    """`raise a from b`"""
    exc, cause = values[0] or (None, None)
    return Raise(source.span(start, end), exc, cause)


def assert_statement(source: Source, values: list[Any], start: int, end: int) -> Assert:
    """`assert a, b`"""
    return Assert(source.span(start, end), values[0], values[1])


def del_statement(source: Source, values: list[Any], start: int, end: int) -> Delete:
    """`del a, b`"""
    targets = [values[0], *(target for target in values[1] if target is not None)]
    if None in values[1][:-1]:
        source.report(grammar_errors.invalid_syntax(source.loc(source.span(start, end)), ","))
    for target in targets:
        check_target(source, target, "delete")
    return Delete(source.span(start, end), tuple(targets))


def import_statement(source: Source, values: list[Any], start: int, end: int) -> Import:
    """`import a.b as c, d`"""
    return Import(source.span(start, end), (values[0], *values[1]))


def alias(source: Source, values: list[Any], start: int, end: int) -> Alias:
    """`a as b`, `a.b as c`"""
    name, asname = values
    text = name if type(name) is str else name.id
    return Alias(source.span(start, end), text, asname.id if asname else None)


def from_statement(source: Source, values: list[Any], start: int, end: int) -> ImportFrom:
    """`from .a import b`"""
    dots, module, names = values
    level = dots[1].count(".")
    span = source.span(start, end)
    if module is None and not level:
        source.report(grammar_errors.invalid_syntax(source.loc(span), "import"))
    return ImportFrom(span, module or "", names, level)


def aliases(source: Source, values: list[Any], start: int, end: int) -> tuple[Alias, ...]:
    """`a, b`"""
    return (values[0], *values[1])


def parenthesised_aliases(source: Source, values: list[Any], start: int, end: int) -> tuple[Alias, ...]:
    """`(a, b,)`"""
    return (values[0], *values[1])


def import_star(source: Source, match: Match) -> tuple[Alias, ...]:
    """`*`"""
    return (Alias(source.span(match.start(), match.end()), "*", None),)


def global_statement(source: Source, values: list[Any], start: int, end: int) -> Global:
    """`global a, b`"""
    return Global(source.span(start, end), _names(values))


def nonlocal_statement(source: Source, values: list[Any], start: int, end: int) -> Nonlocal:
    """`nonlocal a, b`"""
    return Nonlocal(source.span(start, end), _names(values))


def _names(values: list[Any]) -> tuple[str, ...]:
    return (values[0].id, *(name.id for name in values[1]))


def type_statement(source: Source, values: list[Any], start: int, end: int) -> TypeAlias:
    """`type X[T] = a`"""
    _, name, params, value = values
    return TypeAlias(source.span(start, end), name, params or (), value, -1)


BUILDERS: Final = {
    "simple_line": simple_line,
    "expression_statement": expression_statement,
    "assign_tail": assign_tail,
    "annotation_tail": annotation_tail,
    "augmented_tail": augmented_tail,
    "variable": variable,
    "typed": typed,
    "return_statement": return_statement,
    "pass_statement": pass_statement,
    "break_statement": break_statement,
    "continue_statement": continue_statement,
    "raise_statement": raise_statement,
    "assert_statement": assert_statement,
    "del_statement": del_statement,
    "import_statement": import_statement,
    "dotted_alias": alias,
    "alias": alias,
    "from_statement": from_statement,
    "aliases": aliases,
    "parenthesised_aliases": parenthesised_aliases,
    "import_star": import_star,
    "global_statement": global_statement,
    "nonlocal_statement": nonlocal_statement,
    "type_statement": type_statement,
}
