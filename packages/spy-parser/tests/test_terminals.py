"""The table of terminals: their first characters are promised by hand, so they are checked here."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spy_parser.errors import grammar, scopes, text, tree
from spy_parser.grammar.terminals import OTHER, TERMINALS
from spy_parser.quicken import terminals

SAMPLES = [
    "x", "é", "if", "True", "0x1f", "1.5e3j", ".5", "...", "'a'", "b", "f\x03", "\x03", "\x04", "\x05",
    "\x06", "\x07", "\x08", "=", "!r", "-~+", "not x", "<<", "and", "is not", "**", "+=", "else",
    "var x", "async", "match", "from .", ", ", "/", "-1", "None", "case", "type", "a = b", "pass",
    "break", "continue", "a.b", ".a", "text",
]  # fmt: skip


def first_of(name: str) -> frozenset[str]:
    return terminals()[name].first


@pytest.mark.parametrize("name", sorted(TERMINALS))
def test_every_terminal_matches_one_of_the_samples(name: str) -> None:
    assert any(terminals()[name].scan(sample, 0) for sample in SAMPLES), name


@given(st.text(min_size=1, max_size=6))
def test_terminals_match_only_after_their_first_characters(content: str) -> None:
    char = content[0] if content[0] < OTHER else OTHER
    for name, terminal in terminals().items():
        if terminal.scan(content, 0):
            assert char in terminal.first, name


@pytest.mark.parametrize("sample", SAMPLES)
def test_terminals_match_samples_only_after_their_first_characters(sample: str) -> None:
    char = sample[0] if sample[0] < OTHER else OTHER
    for name, terminal in terminals().items():
        if terminal.scan(sample, 0):
            assert char in terminal.first, name


def test_codes_are_used_once() -> None:
    codes = []
    for module in (text, grammar, tree, scopes):
        assert module.__file__ is not None
        with open(module.__file__, encoding="utf-8") as file:
            codes += re.findall(r'"(PARSE\d+)"', file.read())
    assert sorted(set(codes)) == sorted(codes)
