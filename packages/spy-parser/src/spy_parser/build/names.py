"""Identifiers, numbers and the constants that are words."""

import re
import unicodedata
from typing import Final

from spy_types.syntax.nodes import BoolLit, EllipsisLit, Expr, FloatLit, ImagLit, IntLit, Name, NoneLit

from spy_parser.errors import tree as errors
from spy_parser.grammar.terminals import CONSTANTS, KEYWORDS
from spy_parser.source import Source

MAX_DIGITS: Final = 4300
_RESERVED: Final = frozenset(KEYWORDS) | frozenset(CONSTANTS)

Match = re.Match[str]


def identifier(source: Source, match: Match, group: int = 1) -> str | None:
    """Return the name in `group`, normalised; None if it is a keyword or no identifier."""
    text: str = match[group]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        if not text.isidentifier():
            return None
    return None if text in _RESERVED else text


def name(source: Source, match: Match) -> Name | None:
    """`x` where only a name can stand."""
    text = identifier(source, match)
    if text is None:
        return None
    return Name(source.span(match.start(1), match.end(1)), text)


def word(source: Source, match: Match) -> Expr | None:
    """`x`, `True`, `None`; no keyword."""
    span = source.span(match.start(1), match.end(1))
    text: str = match[1]
    if text in _RESERVED:
        if text == "None":
            return NoneLit(span)
        return BoolLit(span, text == "True") if text in CONSTANTS else None
    if text.isascii():
        return Name(span, text)
    normal = identifier(source, match)
    return None if normal is None else Name(span, normal)


def keyword_head(source: Source, match: Match) -> Name | None:
    """`name =` in a call."""
    return name(source, match)


def attribute_name(source: Source, match: Match) -> Name | None:
    """`.name`"""
    return name(source, match)


def dotted_name(source: Source, match: Match) -> str | None:
    """`a.b.c`"""
    text = "".join(match[1].split())
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    parts = text.split(".")
    if _RESERVED.intersection(parts) or not all(part.isidentifier() for part in parts):
        return None
    return text


def number(source: Source, match: Match) -> Expr:
    """`1`, `0xff`, `1.5`, `2j`"""
    span = source.span(match.start(1), match.end())
    text: str = match[1]
    if match[4]:
        if match[2]:
            source.report(errors.bad_imaginary(source.loc(span)))
        return ImagLit(span, text)
    if match[3]:
        return FloatLit(span, text)
    if not match[2]:
        if text[0] == "0" and text.strip("0_"):
            source.report(errors.leading_zeros(source.loc(span), text.lstrip("0_")))
        elif len(text) > MAX_DIGITS:
            source.report(errors.too_many_digits(source.loc(span)))
    return IntLit(span, text)


def ellipsis(source: Source, match: Match) -> Expr:
    """`...`"""
    return EllipsisLit(source.span(match.start(), match.end()))


BUILDERS: Final = {
    "name": name,
    "word": word,
    "keyword_head": keyword_head,
    "attribute_name": attribute_name,
    "dotted_name": dotted_name,
    "number": number,
    "ellipsis": ellipsis,
}
