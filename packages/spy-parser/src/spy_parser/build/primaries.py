"""Attributes, calls, subscripts, powers."""

from typing import Any, Final

import msgspec
from spy_types.syntax.nodes import (
    Attribute,
    BinOp,
    Call,
    Expr,
    Keyword,
    Name,
    NamedExpr,
    Slice,
    Starred,
    Subscript,
    Tuple,
)

from spy_parser.build.displays import generator
from spy_parser.build.operators import Parts
from spy_parser.errors import grammar as grammar_errors
from spy_parser.errors import tree as errors
from spy_parser.source import Source

Arguments = tuple[tuple[Expr, ...], tuple[Keyword, ...]]


class _Call(msgspec.Struct, array_like=True):
    """`(arguments)` behind something."""

    arguments: Any


class _Index(msgspec.Struct, array_like=True):
    """`[index]` behind something."""

    index: Any


class _Power(msgspec.Struct, array_like=True):
    """`** exponent` behind something."""

    sign: Any
    exponent: Any


def primary(source: Source, first: Any, parts: Parts, start: int, end: int) -> Expr:
    """`a.b(c)[d] ** e`"""
    node: Expr = first
    for stop, part in parts:
        span = source.span(start, stop)
        kind = type(part)
        if kind is Name:
            node = Attribute(span, node, part.id, part.span)
        elif kind is _Call:
            args, keywords = call_arguments(source, part.arguments)
            node = Call(span, node, args, keywords)
        elif kind is _Index:
            node = Subscript(span, node, part.index)
        else:
            sign = source.span(part.sign.start(), part.sign.start() + 2)
            node = BinOp(span, node, "**", part.exponent, sign)
    return node


def call(source: Source, values: list[Any], start: int, end: int) -> _Call:
    """`(a, b=c)` with the place of the brackets."""
    return _Call((values[0], start, end))


def subscript(source: Source, values: list[Any], start: int, end: int) -> _Index:
    """`[a]`; `[*a]` is a tuple"""
    index = values[0]
    return _Index(Tuple(index.span, (index,)) if type(index) is Starred else index)


def power(source: Source, values: list[Any], start: int, end: int) -> _Power:
    """`** a`"""
    return _Power(values[0], values[1])


def arguments(source: Source, first: Any, parts: Parts, start: int, end: int) -> list[Any]:
    """`a, b`"""
    return [first, *(part for _, part in parts)]


def call_arguments(source: Source, found: Any) -> Arguments:
    """Return positional and keyword arguments; report what cannot follow what."""
    items, start, end = found
    if items is None:
        return (), ()
    if type(items) is not list:
        items = [items]
    if items[-1] is None:
        items.pop()
    elif len(items) == 1 and type(items[0]) is tuple:
        return (generator(source, items[0], start, end),), ()
    args: list[Expr] = []
    keywords: list[Keyword] = []
    for item in items:
        if item is None:
            source.report(grammar_errors.invalid_syntax(source.loc(source.span(start, end)), ","))
        elif type(item) is Keyword:
            _check_repeated(source, keywords, item)
            keywords.append(item)
        else:
            args.append(_positional(source, keywords, item))
    return tuple(args), tuple(keywords)


def _check_repeated(source: Source, keywords: list[Keyword], item: Keyword) -> None:
    if item.arg is not None and any(keyword.arg == item.arg for keyword in keywords):
        source.report(errors.repeated_keyword(source.loc(item.span), item.arg))


def _positional(source: Source, keywords: list[Keyword], item: Any) -> Expr:
    """Return a positional argument that comes after `keywords`."""
    if type(item) is tuple:
        node = generator(source, item, item[0], item[1])
        source.report(errors.bare_generator(source.loc(node.span)))
        return node
    unpacked = any(keyword.arg is None for keyword in keywords)
    if type(item) is Starred:
        if unpacked:
            source.report(errors.starred_after_double(source.loc(item.span)))
    elif keywords:
        source.report(errors.positional_after_keyword(source.loc(item.span), unpacked))
    return item  # type: ignore[no-any-return]  # an expression


def keyword_argument(source: Source, values: list[Any], start: int, end: int) -> Keyword:
    """`a=b`"""
    if values[0].id == "__debug__":
        source.report(errors.debug_assigned(source.loc(values[0].span)))
    return Keyword(source.span(start, end), values[0].id, values[1])


def double_argument(source: Source, values: list[Any], start: int, end: int) -> Keyword:
    """`**a`"""
    return Keyword(source.span(start, end), None, values[0])


def starred(source: Source, values: list[Any], start: int, end: int) -> Starred:
    """`*a`"""
    return Starred(source.span(start, end), values[0])


def positional(source: Source, first: Any, parts: Parts, start: int, end: int) -> tuple[Any, ...]:
    """`a for b in c` as an argument; the brackets of the call may be its own."""
    return start, end, first, tuple(part for _, part in parts)


def slices(source: Source, first: Any, parts: Parts, start: int, end: int) -> Expr:
    """`a:b, c`"""
    elts = [first, *(part for _, part in parts)]
    if elts[-1] is None:
        elts.pop()
    if None in elts:
        source.report(grammar_errors.invalid_syntax(source.loc(source.span(start, end)), ","))
        elts = [elt for elt in elts if elt is not None]
    return Tuple(source.span(start, end), tuple(elts))


def slice_item(source: Source, first: Any, parts: Parts, start: int, end: int) -> Slice:
    """`lower:upper:step`"""
    tail = parts[0][1]
    walrus = type(first) is NamedExpr and source.text[start] != "("
    if len(parts) > 1 or walrus or type(first) is Starred:
        source.report(grammar_errors.invalid_syntax(source.loc(source.span(start, end)), ":"))
    return Slice(source.span(start, end), first, tail.upper, tail.step)


def slice_tail(source: Source, values: list[Any], start: int, end: int) -> Slice:
    """`:upper:step`"""
    upper, step = values
    return Slice(source.span(start, end), None, upper, step[0] if step else None)


def slice_step(source: Source, values: list[Any], start: int, end: int) -> list[Any]:
    """`:step`"""
    return values


BUILDERS: Final = {
    "primary": primary,
    "awaited": primary,
    "call": call,
    "subscript": subscript,
    "power": power,
    "arguments": arguments,
    "keyword_argument": keyword_argument,
    "double_argument": double_argument,
    "starred_argument": starred,
    "starred": starred,
    "starred_target": starred,
    "positional": positional,
    "slices": slices,
    "slice_item": slice_item,
    "slice_tail": slice_tail,
    "slice_step": slice_step,
}
