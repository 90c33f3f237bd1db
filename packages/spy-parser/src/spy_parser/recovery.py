"""Where to start again after a statement that does not parse."""

import re
from typing import Final

from parsimonious.exceptions import ParseError

from spy_parser.diagnose import diagnose
from spy_parser.marks import DEDENT, END, INDENT, after_blanks
from spy_parser.source import Source
from spy_parser.string_pattern import STRING

_LINE: Final = re.compile(rf"""(?:[^\n"'{DEDENT}{END}]++|{STRING}|["'])*+(?:\n[ \t\f]*+)?""")
_BLOCK_MARK: Final = re.compile(f"[{INDENT}{DEDENT}]")
_CASES: Final = re.compile(rf"{INDENT}[ \t\f]*case\b")


def recover(source: Source, pos: int, error: ParseError) -> int:
    """Report the fault in the statement at `pos`; return where the next statement begins.

    The first line of the statement is left out, and a block behind it too when the fault is inside: only
    a `match` has faults that its block does not handle.
    """
    text = source.text
    fault = max(pos, error.pos)
    diagnose(source, pos, fault, error)
    if text[pos] == INDENT:
        return pos
    after = next_line(text, pos)
    if text[after] == INDENT and (fault > after or _CASES.match(text, after)):
        return _after_block(text, after)
    if fault > after and text[fault] != END:
        return fault
    return after


def next_line(text: str, pos: int) -> int:
    """Return where the statement after the line of `pos` begins, or the mark before it."""
    match = _LINE.match(text, pos)
    assert match is not None
    return match.end()


def _after_block(text: str, start: int) -> int:
    depth = 0
    for mark in _BLOCK_MARK.finditer(text, start):
        depth += 1 if mark[0] == INDENT else -1
        if depth == 0:
            return after_blanks(text, mark.end())
    return len(text) - 1
