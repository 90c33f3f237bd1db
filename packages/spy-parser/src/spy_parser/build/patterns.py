"""`match`, its cases and patterns."""

from typing import Any, Final

from spy_types.loc import Span
from spy_types.syntax.nodes import (
    Attribute,
    BinOp,
    BoolLit,
    Expr,
    ImagLit,
    Match,
    MatchAs,
    MatchCase,
    MatchClass,
    MatchMapping,
    MatchOr,
    MatchSequence,
    MatchSingleton,
    MatchStar,
    MatchValue,
    Name,
    NoneLit,
    Pattern,
    Starred,
    Stmt,
    UnaryOp,
)  # fmt: skip

from spy_parser.build import displays, names, strings
from spy_parser.build.operators import Parts
from spy_parser.errors import grammar as grammar_errors
from spy_parser.errors import tree as errors
from spy_parser.source import Source

Open = tuple[Any, list[Any], int, int]
_CONSTANTS: Final[dict[str, bool | None]] = {"True": True, "False": False, "None": None}


def match_statement(source: Source, values: list[Any], start: int, end: int) -> list[Stmt]:
    """`match a: case b: c`"""
    _, subject, cases = values
    if type(subject) is Starred:
        source.report(errors.bare_starred(source.loc(subject.span)))
    return [Match(source.span(start, end), subject, tuple(cases))]


def case_clause(source: Source, values: list[Any], start: int, end: int) -> MatchCase:
    """`case a if b: c`"""
    _, opened, guard, body = values
    first, rest, begin, stop = opened
    if rest:
        pattern: Pattern = MatchSequence(source.span(begin, stop), _sequence(source, opened))
    else:
        pattern = first
        if type(first) is MatchStar:
            source.report(errors.bare_starred(source.loc(first.span)))
    return MatchCase(source.span(start, end), pattern, guard, tuple(body))


def open_pattern(source: Source, values: list[Any], start: int, end: int) -> Open:
    """`a, *b` without brackets"""
    return values[0], values[1], start, end


def _sequence(source: Source, opened: Open) -> tuple[Pattern, ...]:
    first, rest, start, end = opened
    patterns = [first, *rest]
    if patterns[-1] is None:
        patterns.pop()
    if None in patterns:
        source.report(grammar_errors.invalid_syntax(source.loc(source.span(start, end)), ","))
    stars = [pattern for pattern in patterns if type(pattern) is MatchStar]
    if len(stars) > 1:
        source.report(errors.several_starred(source.loc(stars[1].span), source.loc(stars[0].span)))
    return tuple(pattern for pattern in patterns if pattern is not None)


def star_pattern(source: Source, values: list[Any], start: int, end: int) -> MatchStar:
    """`*rest`"""
    name = values[0].id
    return MatchStar(source.span(start, end), None if name == "_" else name)


def as_pattern(source: Source, first: Any, parts: Parts, start: int, end: int) -> MatchAs:
    """`a as b`"""
    name = parts[0][1]
    if len(parts) > 1:
        source.report(grammar_errors.invalid_syntax(source.loc(source.span(start, end)), "as"))
    if name.id == "_":
        source.report(errors.underscore_target(source.loc(name.span)))
    return MatchAs(source.span(start, end), first, name.id)


def or_pattern(source: Source, first: Any, parts: Parts, start: int, end: int) -> MatchOr:
    """`a | b`"""
    return MatchOr(source.span(start, end), (first, *(part for _, part in parts)))


def constant_pattern(source: Source, match: names.Match) -> MatchSingleton:
    """`None`, `True`"""
    return MatchSingleton(source.span(match.start(), match.end(1)), _CONSTANTS[match[1]])


def constant_key(source: Source, match: names.Match) -> Expr:
    """`None`, `True` as the key of a mapping"""
    span = source.span(match.start(), match.end(1))
    return NoneLit(span) if match[1] == "None" else BoolLit(span, match[1] == "True")


def number_pattern(source: Source, values: list[Any], start: int, end: int) -> MatchValue:
    """`-1`, `2+3j`"""
    return MatchValue(source.span(start, end), signed_number(source, values, start, end))


def signed_number(source: Source, values: list[Any], start: int, end: int) -> Expr:
    """`-1`, `2+3j`"""
    sign, node, more = values
    left: Expr = node
    if sign is not None:
        head = source.span(start, start + 1)
        span = Span(head.line, head.col, node.span.end_line, node.span.end_col)
        left = UnaryOp(span, "-", node)
    if more is None:
        return left
    match, imaginary = more
    if type(imaginary) is not ImagLit or type(node) is ImagLit:
        source.report(errors.bad_complex(source.loc(source.span(start, end))))
    return BinOp(
        source.span(start, end), left, match[1], imaginary, source.span(match.start(1), match.end(1))
    )


def string_pattern(source: Source, values: list[Any], start: int, end: int) -> MatchValue:
    """`"a"`"""
    node = values[0]
    if values[1]:
        node = strings.strings(source, node, [(0, part) for part in values[1]], start, end)
    if type(node).__name__ == "JoinedStr":
        source.report(errors.computed_pattern(source.loc(node.span)))
    return MatchValue(source.span(start, end), node)


def dotted_pattern(source: Source, values: list[Any], start: int, end: int) -> Expr:
    """`a.b`"""
    node: Expr = values[0]
    head = node.span
    for part in values[1]:
        span = Span(head.line, head.col, part.span.end_line, part.span.end_col)
        node = Attribute(span, node, part.id, part.span)
    return node


def name_pattern(source: Source, values: list[Any], start: int, end: int) -> Pattern:
    """`a`, `_`, `a.b`, `C(d)`"""
    node, arguments = values
    span = source.span(start, end)
    if arguments is not None:
        return _class(source, node, arguments, span)
    if type(node) is Name:
        return MatchAs(span, None, None if node.id == "_" else node.id)
    return MatchValue(span, node)


def class_pattern(source: Source, values: list[Any], start: int, end: int) -> list[Any]:
    """`(a, b=c)`"""
    if values[0] is None:
        return []
    first, rest = values[0]
    found = [first, *rest]
    if found[-1] is None:
        found.pop()
    if None in found:
        source.report(grammar_errors.invalid_syntax(source.loc(source.span(start, end)), ","))
    return [item for item in found if item is not None]


def _class(source: Source, cls: Expr, arguments: list[Any], span: Span) -> MatchClass:
    patterns: list[Pattern] = []
    attrs: list[str] = []
    attr_patterns: list[Pattern] = []
    for item in arguments:
        if type(item) is not list:
            if attrs:
                source.report(errors.positional_after_keyword(source.loc(item.span), False))
            patterns.append(item)
            continue
        name, pattern = item
        if name.id in attrs:
            source.report(errors.repeated_attribute(source.loc(name.span), name.id))
        attrs.append(name.id)
        attr_patterns.append(pattern)
    return MatchClass(span, cls, tuple(patterns), tuple(attrs), tuple(attr_patterns))


def group_pattern(source: Source, values: list[Any], start: int, end: int) -> Pattern:
    """`(a)`, `(a, b)`, `()`"""
    opened = values[0]
    if opened is None:
        return MatchSequence(source.span(start, end), ())
    if opened[1]:
        return MatchSequence(source.span(start, end), _sequence(source, opened))
    pattern: Pattern = opened[0]
    if type(pattern) is MatchStar:
        source.report(errors.bare_starred(source.loc(pattern.span)))
    return pattern


def sequence_pattern(source: Source, values: list[Any], start: int, end: int) -> MatchSequence:
    """`[a, b]`"""
    opened = values[0]
    return MatchSequence(source.span(start, end), _sequence(source, opened) if opened else ())


def rest_item(source: Source, values: list[Any], start: int, end: int) -> Name:
    """`**rest`"""
    name: Name = values[0]
    if name.id == "_":
        source.report(errors.underscore_target(source.loc(name.span)))
    return name


def mapping_pattern(source: Source, values: list[Any], start: int, end: int) -> MatchMapping:
    """`{key: a, **rest}`"""
    first, more = values[0] or (None, [])
    found = [item for item in (first, *more) if item is not None]
    if None in more[:-1]:
        source.report(grammar_errors.invalid_syntax(source.loc(source.span(start, end)), ","))
    rest: str | None = None
    keys: list[Expr] = []
    patterns: list[Pattern] = []
    for item in found:
        if rest is not None:
            source.report(errors.rest_not_last(source.loc(source.span(start, end))))
        if type(item) is Name:
            rest = item.id
        else:
            keys.append(item[0])
            patterns.append(item[1])
    return MatchMapping(source.span(start, end), tuple(keys), tuple(patterns), rest)


BUILDERS: Final = {
    "match_statement": match_statement,
    "subject": displays.expressions,
    "case_clause": case_clause,
    "open_pattern": open_pattern,
    "star_pattern": star_pattern,
    "as_pattern": as_pattern,
    "or_pattern": or_pattern,
    "constant_pattern": constant_pattern,
    "constant_key": constant_key,
    "number_pattern": number_pattern,
    "signed_number": signed_number,
    "string_pattern": string_pattern,
    "dotted_pattern": dotted_pattern,
    "name_pattern": name_pattern,
    "class_pattern": class_pattern,
    "group_pattern": group_pattern,
    "sequence_pattern": sequence_pattern,
    "rest_item": rest_item,
    "mapping_pattern": mapping_pattern,
}
