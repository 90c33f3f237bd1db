"""Tuples, lists, sets, dicts and their comprehensions, in brackets or bare."""

from typing import Any, Final

from spy_types.syntax.nodes import (
    Comprehension,
    Dict,
    DictComp,
    Expr,
    GeneratorExp,
    List,
    ListComp,
    Set,
    SetComp,
    Starred,
    Tuple,
    Yield,
    YieldFrom,
)

from spy_parser.build.operators import Parts
from spy_parser.build.targets import check_target, refuse_star
from spy_parser.errors import grammar as grammar_errors
from spy_parser.errors import tree as errors
from spy_parser.source import Source


def expressions(source: Source, first: Any, parts: Parts, start: int, end: int) -> Tuple:
    """`a, *b` without brackets"""
    return Tuple(source.span(start, end), tuple(_elements(source, first, parts)))


def _elements(source: Source, first: Any, parts: Parts) -> list[Any]:
    """The elements of a list with commas; only the last may be missing."""
    elements = [first]
    for stop, part in parts:
        if part is None:
            if stop != parts[-1][0]:
                source.report(grammar_errors.invalid_syntax(source.loc(source.span(stop, stop + 1)), ","))
        else:
            elements.append(part)
    return elements


def items(source: Source, first: Any, parts: Parts, start: int, end: int) -> list[Any] | tuple[Any, ...]:
    """Between brackets: a list of elements, or (start, end, element, comprehensions)."""
    if type(parts[0][1]) is not Comprehension:
        if any(type(part) is Comprehension for _, part in parts):
            source.report(errors.bare_tuple_in_comprehension(source.loc(source.span(start, end))))
            return [first]
        return _elements(source, first, parts)
    if type(first) is Starred:
        source.report(errors.unpacking_in_comprehension(source.loc(first.span)))
    for _, part in parts:
        if type(part) is not Comprehension:
            source.report(errors.bare_tuple_in_comprehension(source.loc(source.span(start, end))))
            break
    return start, end, first, tuple(part for _, part in parts if type(part) is Comprehension)


def group(source: Source, values: list[Any], start: int, end: int) -> Expr:
    """`(a)`, `(a, b)`, `()`, `(a for b in c)`"""
    body = values[0]
    if body is None:
        return Tuple(source.span(start, end), ())
    if type(body) is list:
        return Tuple(source.span(start, end), tuple(body))
    if type(body) is tuple:
        return generator(source, body, start, end)
    if type(body) is Starred:
        source.report(errors.bare_starred(source.loc(body.span)))
    return body  # type: ignore[no-any-return]


def generator(source: Source, body: tuple[Any, ...], start: int, end: int) -> GeneratorExp:
    """`a for b in c` with the place of its brackets."""
    return GeneratorExp(source.span(start, end), body[2], body[3], -1)


def list_(source: Source, values: list[Any], start: int, end: int) -> Expr:
    """`[a, b]`, `[a for b in c]`"""
    span = source.span(start, end)
    body = values[0]
    if type(body) is tuple:
        return ListComp(span, body[2], body[3], -1)
    return List(span, () if body is None else tuple(body) if type(body) is list else (body,))


def braces(source: Source, values: list[Any], start: int, end: int) -> Expr:
    """`{a, b}`, `{a: b, **c}`, and comprehensions of both"""
    span = source.span(start, end)
    body = values[0]
    if body is None:
        return Dict(span, (), ())
    if type(body) is tuple and type(body[0]) is int:
        return _brace_comprehension(source, body, start, end)
    elements = body if type(body) is list else [body]
    pairs = [element for element in elements if type(element) is tuple]
    if not pairs:
        return Set(span, tuple(elements))
    if len(pairs) < len(elements):
        odd = next(element for element in elements if type(element) is not tuple)
        source.report(errors.expected_value(source.loc(odd.span)))
    return Dict(span, tuple(key for key, _ in pairs), tuple(value for _, value in pairs))


def _brace_comprehension(source: Source, body: tuple[Any, ...], start: int, end: int) -> Expr:
    span = source.span(start, end)
    element = body[2]
    if type(element) is not tuple:
        return SetComp(span, element, body[3], -1)
    key, value = element
    if key is None:
        source.report(errors.unpacking_in_comprehension(source.loc(value.span)))
        key = value
    return DictComp(span, key, value, body[3], -1)


def double_entry(source: Source, values: list[Any], start: int, end: int) -> tuple[None, Any]:
    """`**a`"""
    return None, values[0]


def plain_entry(source: Source, first: Any, parts: Parts, start: int, end: int) -> tuple[Any, Any]:
    """`key: value`"""
    if len(parts) > 1 or type(first) is Starred:
        source.report(grammar_errors.invalid_syntax(source.loc(source.span(start, end)), ":"))
    return first, parts[0][1]


def comprehension(source: Source, values: list[Any], start: int, end: int) -> Comprehension:
    """`for a in b if c`"""
    is_async, target, iterable, conditions = values
    check_target(source, target)
    return Comprehension(source.span(start, end), target, iterable, tuple(conditions), is_async is not None)


def yield_expression(source: Source, values: list[Any], start: int, end: int) -> Expr:
    """`yield`, `yield a`, `yield from a`"""
    span = source.span(start, end)
    value = values[0]
    if type(value) is list:
        return YieldFrom(span, value[0])
    refuse_star(source, value)
    return Yield(span, value)


def yield_from(source: Source, values: list[Any], start: int, end: int) -> list[Any]:
    """`from a`"""
    return values


BUILDERS: Final = {
    "expressions": expressions,
    "targets": expressions,
    "items": items,
    "brace_items": items,
    "group": group,
    "list": list_,
    "braces": braces,
    "double_entry": double_entry,
    "plain_entry": plain_entry,
    "comprehension": comprehension,
    "yield_expression": yield_expression,
    "yield_from": yield_from,
}
