"""Whatever comes in, the outcome is a module or a SpyError, soon."""

import contextlib
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parser_corpus import CONSTRUCTS_311, CONSTRUCTS_312, DECLARATIONS
from spy_parser import parse, parse_bytes, same_tree, unparse
from spy_parser.grammar.terminals import KEYWORDS
from spy_types.errors import SpyError
from spy_types.syntax import codec
from spy_types.syntax.module import SyntaxModule

QUICK = settings(max_examples=150, deadline=5000, suppress_health_check=[HealthCheck.too_slow])
FRAGMENTS = [
    *"()[]{}'\"\\\n\t#:=*@,;!.x1$?\r\x00\x01\x05\x08\x0c\u00e9\u0301\ufeff\u2192\U0001d4b3",
    *(
        '"""',
        "f'",
        'f"',
        "rb'",
        "    ",
        ":=",
        "**",
        "->",
        "...",
        "1_",
        "0x",
        "1e",
        "{x=}",
        "!r",
        "try:",
        "finally:",
    ),
    *(f"{word} " for word in (*KEYWORDS, "match", "case", "type", "var", "const")),
]
LINES = [
    line
    for path in (CONSTRUCTS_311, CONSTRUCTS_312, DECLARATIONS)
    for line in path.read_text("utf-8").split("\n")
]


def check(text: str) -> SyntaxModule | None:
    """Parse; what parses must also survive the codec and a round trip through text."""
    try:
        module = parse(text)
    except SpyError as error:
        for diagnostic in error.diagnostics:
            loc = diagnostic.labels[0].loc
            assert (1, 1) <= (loc.line, loc.col) <= (loc.end_line, loc.end_col)
        return None
    assert codec.decode(codec.encode(module)) == module
    assert same_tree(parse(unparse(module)), module)
    return module


@QUICK
@given(st.text())
def test_any_text(text: str) -> None:
    check(text)


@QUICK
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
def test_any_sequence_of_fragments(text: str) -> None:
    check(text)


@QUICK
@given(st.binary())
def test_any_bytes(data: bytes) -> None:
    with contextlib.suppress(SpyError):
        parse_bytes(data)


@QUICK
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_mutated_programs(lines: list[str], choice: random.Random) -> None:
    text = "\n".join(lines)
    for _ in range(choice.randrange(4)):
        at = choice.randrange(len(text) + 1)
        cut = choice.randrange(4)
        text = text[:at] + choice.choice(["", *FRAGMENTS]) + text[at + cut :]
    check(text)


@pytest.mark.parametrize("cut", range(0, 100, 4))
def test_every_beginning_of_a_file(cut: int) -> None:
    text = Path(CONSTRUCTS_311).read_text("utf-8")
    check(text[: len(text) * cut // 100])
