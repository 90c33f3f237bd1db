"""From the furthest place where the grammar failed to a diagnostic that helps."""

import re
from typing import Final

from parsimonious.exceptions import ParseError

from spy_parser.errors import grammar as errors
from spy_parser.marks import END, INDENT, after_blanks
from spy_parser.mistakes import MISTAKES, Failure
from spy_parser.source import Source

_TOKEN: Final = re.compile(r"[\w\x80-\U0010ffff]+|\*\*|//|->|:=|[-+*/%@&|^=!<>]=|&&|\|\||<>|.", re.DOTALL)
_HEADER: Final = re.compile(r"(?:async[ \t]+)?\w+")


def diagnose(source: Source, pos: int, fault: int, error: ParseError) -> None:
    """Report what is wrong at `fault` in the statement at `pos`, unless its line has a fault already."""
    line_of = source.line_of
    first, last = line_of[pos], line_of[fault]
    if not source.faulty_lines.isdisjoint(range(first, last + 1)):
        return
    text = source.text
    token = _TOKEN.match(text, fault)
    end = token.end() if token else fault + 1
    loc = source.loc(source.span(fault, end))
    expected = error.expr.name if error.expr is not None and error.pos == fault else ""
    if text[fault] == INDENT:
        place = after_blanks(text, fault + 1)
        source.report(errors.unexpected_indent(source.loc(source.span(place, place + 1))))
        return
    if expected == "indent":
        header = _HEADER.match(text, pos)
        if text[fault] == END:
            loc = source.loc(source.span(pos, fault))
        source.report(errors.expected_block(header[0] if header else "header", first, loc))
        return
    failure = Failure(text, pos, fault, text[fault:end], expected, loc)
    for mistake in MISTAKES:
        diagnostic = mistake(failure)
        if diagnostic is not None:
            source.report(diagnostic)
            return
    source.report(errors.invalid_syntax(loc, "" if failure.token in ("\n", END) else failure.token))
