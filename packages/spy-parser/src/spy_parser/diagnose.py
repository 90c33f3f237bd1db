"""From the furthest place where the grammar failed to a diagnostic that helps."""

import re
from typing import Final

from parsimonious.exceptions import ParseError

from spy_parser import errors
from spy_parser.marks import END, INDENT
from spy_parser.source import Source

_TOKEN: Final = re.compile(r"\w+|.", re.DOTALL)
_HEADER: Final = re.compile(r"(?:async[ \t]+)?\w+")


def diagnose(source: Source, pos: int, fault: int, error: ParseError) -> None:
    """Report what is wrong at `fault` in the statement at `pos`, unless its line has a fault already."""
    text = source.text
    first, last = source.line_of[pos], source.line_of[fault]
    if not source.faulty_lines.isdisjoint(range(first, last + 1)):
        return
    token = _TOKEN.match(text, fault)
    end = token.end() if token else fault + 1
    loc = source.loc(source.span(fault, end))
    expected = error.expr.name if error.expr is not None and error.pos == fault else ""
    if text[fault] == INDENT:
        source.report(errors.unexpected_indent(loc))
    elif expected == "indent":
        header = _HEADER.match(text, pos)
        if text[fault] == END:
            loc = source.loc(source.span(pos, fault))
        source.report(errors.expected_block(header[0] if header else "header", first, loc))
    elif expected == "colon":
        source.report(errors.expected_colon(loc))
    else:
        found = text[fault:end]
        source.report(errors.invalid_syntax(loc, "" if found in ("\n", END) else found))
