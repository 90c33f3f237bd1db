"""String literals: escapes, adjacent literals, f-strings."""

import re
import unicodedata
from typing import Any, Final

from spy_types.syntax.nodes import BytesLit, Expr, FormattedValue, JoinedStr, StrLit

from spy_parser.build.names import Match
from spy_parser.build.operators import Parts
from spy_parser.build.targets import refuse_star
from spy_parser.errors import tree as errors
from spy_parser.marks import restore
from spy_parser.source import Source

_SIMPLE: Final = {
    "\n": "", "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r",
    "t": "\t", "v": "\v",
}  # fmt: skip
_ESCAPE: Final = re.compile(
    r"\\(?:([\n\\'\"abfnrtv])|([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|N\{([^}]+)\}|(.))",
    re.DOTALL,
)
_BYTES_ESCAPE: Final = re.compile(
    r"\\(?:([\n\\'\"abfnrtv])|([0-7]{1,3})|x([\da-fA-F]{2})|([^x])|(x))", re.DOTALL
)
_PREFIXES: Final = frozenset(("", "r", "b", "u", "br", "rb"))


def plain_string(source: Source, match: Match) -> StrLit | BytesLit | None:
    """`"abc"`, `rb'abc'`"""
    prefix = match[1].lower()
    if prefix not in _PREFIXES:
        return None
    literal: str = match[2]
    size = 3 if literal[:3] in ('"""', "'''") and len(literal) >= 6 else 1
    text = restore(literal[size:-size])
    start = match.start(2) + size
    span = source.span(match.start(), match.end(2))
    if "b" in prefix:
        return BytesLit(span, _bytes(source, text, start, raw="r" in prefix))
    return StrLit(span, text if "r" in prefix or "\\" not in text else _unescape(source, text, start))


def _unescape(source: Source, text: str, start: int) -> str:
    """Return `text`, which begins at offset `start`, with its escapes replaced."""

    def replace(escape: "re.Match[str]") -> str:
        simple, octal, hex2, hex4, hex8, name, other = escape.groups()
        if simple is not None:
            return _SIMPLE[simple]
        code = int(octal, 8) if octal else int(hex2 or hex4 or hex8 or "0", 16)
        place = start + escape.start()
        loc = source.loc(source.span(place, place + len(escape[0])))
        if name is not None:
            try:
                return unicodedata.lookup(name)
            except KeyError:
                source.report(errors.unknown_character_name(loc, name))
                return ""
        if other is not None:
            if other in "xuUN":
                source.report(errors.bad_escape(loc, other))
            return escape[0]
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            source.report(errors.no_character(loc, code))
            return ""
        return chr(code)

    return _ESCAPE.sub(replace, text)


def _bytes(source: Source, text: str, start: int, *, raw: bool) -> bytes:
    if not text.isascii():
        place = start + next(i for i, char in enumerate(text) if char > "\x7f")
        source.report(errors.bytes_not_ascii(source.loc(source.span(place, place + 1))))
        return b""
    if raw or "\\" not in text:
        return text.encode()

    def replace(escape: "re.Match[str]") -> str:
        simple, octal, hex2, other, broken = escape.groups()
        if simple is not None:
            return _SIMPLE[simple]
        if other is not None:
            return escape[0]
        if broken is not None:
            place = start + escape.start()
            source.report(errors.bad_escape(source.loc(source.span(place, place + 2)), "x"))
            return ""
        return chr((int(octal, 8) if octal else int(hex2, 16)) & 0xFF)

    return _BYTES_ESCAPE.sub(replace, text).encode("latin-1")


def strings(source: Source, first: Any, parts: Parts, start: int, end: int) -> Expr:
    """`"a" f"{b}" 'c'`: one value."""
    pieces = [first, *(part for _, part in parts)]
    span = source.span(start, end)
    if any(type(piece) is BytesLit for piece in pieces):
        if not all(type(piece) is BytesLit for piece in pieces):
            source.report(errors.mixed_bytes(source.loc(span)))
            return first  # type: ignore[no-any-return]
        return BytesLit(span, b"".join(piece.value for piece in pieces))
    if all(type(piece) is StrLit for piece in pieces):
        return StrLit(span, "".join(piece.value for piece in pieces))
    values: list[StrLit | FormattedValue] = []
    for piece in pieces:
        values += piece.values if type(piece) is JoinedStr else [piece]
    return JoinedStr(span, _merged(values))


def fstring(source: Source, values: list[Any], start: int, end: int) -> JoinedStr | None:
    """`f"a{b}"`"""
    head, parts, _ = values
    return JoinedStr(source.span(start, end), _merged(_texts(source, parts, "r" in head[1].lower())))


def _texts(
    source: Source, parts: list[Any], raw: bool, *, spec: bool = False
) -> list[StrLit | FormattedValue]:
    """The parts of an f-string with the text between fields made StrLit; `{{` outside specs is one brace."""
    values: list[StrLit | FormattedValue] = []
    for part in parts:
        if isinstance(part, re.Match):
            text, place = restore(part[0]), part.start()
            if not spec:
                text = text.replace("{{", "{").replace("}}", "}")
            if not raw and "\\" in text:
                text = _unescape(source, text, place)
            values.append(StrLit(source.exact_span(place, part.end()), text))
        elif type(part) is _Field:
            values += part.built(source, raw)
    return values


def _merged(values: list[StrLit | FormattedValue]) -> tuple[StrLit | FormattedValue, ...]:
    """Join adjacent texts, drop empty ones."""
    merged: list[StrLit | FormattedValue] = []
    for value in values:
        last = merged[-1] if merged else None
        if type(value) is StrLit and not value.value:
            continue
        if type(value) is StrLit and type(last) is StrLit:
            span = type(last.span)(last.span.line, last.span.col, value.span.end_line, value.span.end_col)
            merged[-1] = StrLit(span, last.value + value.value)
        else:
            merged.append(value)
    return tuple(merged)


class _Field:
    """A field whose format spec waits to know whether its f-string is raw."""

    def __init__(self, values: list[Any], start: int, end: int) -> None:
        self.values = values
        self.start = start
        self.end = end

    def built(self, source: Source, raw: bool) -> list[StrLit | FormattedValue]:
        value, equal, conversion, spec, _ = self.values
        refuse_star(source, value)
        kind: Any = conversion[1] if conversion else ""
        if kind not in ("", "r", "s", "a"):
            source.report(
                errors.bad_conversion(source.loc(source.span(conversion.start(), conversion.end())), kind)
            )
        format_spec = None
        if spec is not None:
            begin, end, parts = spec
            format_spec = JoinedStr(
                source.exact_span(begin, end), _merged(_texts(source, parts, raw, spec=True))
            )
        debug = source.uncommented(self.start + 1, equal.end()) if equal else ""
        if debug and not conversion and spec is None:
            kind = "r"
        return [FormattedValue(source.span(self.start, self.end), value, kind, format_spec, debug)]


def field(source: Source, values: list[Any], start: int, end: int) -> _Field:
    """`{a!r:>10}`"""
    return _Field(values, start, end)


def format_spec(source: Source, values: list[Any], start: int, end: int) -> tuple[int, int, Any]:
    """`:>{width}`"""
    return start, end, values[0]


BUILDERS: Final = {
    "plain_string": plain_string,
    "strings": strings,
    "fstring": fstring,
    "field": field,
    "format_spec": format_spec,
}
