"""All faults of a file are told, each once, and none that another one causes."""

from textwrap import dedent

import pytest
from spy_parser import parse
from spy_types.errors import SpyError


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(SpyError) as caught:
        parse(dedent(text))
    return [(d.labels[0].loc.line, d.code) for d in caught.value.diagnostics]


def test_one_fault_per_statement() -> None:
    assert faults("a b\nok = 1\nc d\n") == [(1, "PARSE001"), (3, "PARSE001")]


def test_inside_blocks_of_blocks() -> None:
    text = """\
        def f():
            a b
            if x:
                c d
            e = 1
        class C:
            def g(self):
                f g
            h i
        j k
    """
    assert [line for line, _ in faults(text)] == [2, 4, 8, 9, 10]


def test_block_of_a_broken_header_is_still_read() -> None:
    assert [line for line, _ in faults("def f(:\n    pass\nif x\n    a b\n    c = 1\nd e\n")] == [1, 3, 4, 6]


def test_clauses_of_a_broken_match_are_not_told_one_by_one() -> None:
    text = "match x:\n    case 1 2:\n        a\n    case 3:\n        b\nc d\n"
    assert [line for line, _ in faults(text)] == [2, 6]


def test_unclosed_bracket_ends_where_a_statement_begins() -> None:
    text = "x = f(1,\n      2\ndef g():\n    return (\n\nimport a\na b\n"
    assert faults(text) == [(1, "PARSE012"), (4, "PARSE012"), (7, "PARSE001")]


def test_unterminated_string_ends_with_its_line() -> None:
    assert faults("x = f(\"abc)\ny = 1\nz = 'd\nw w\n") == [(1, "PARSE013"), (3, "PARSE013"), (4, "PARSE001")]


def test_strange_indentation_is_told_once() -> None:
    text = "if x:\n        a\n    b\n    c\n  d e\nf g\n"
    assert [line for line, _ in faults(text)] == [3, 5, 6]


def test_unexpected_indent_with_the_faults_inside() -> None:
    assert faults("x = 1\n    y = 2\n    a b\nz = 3\n") == [(2, "PARSE004"), (3, "PARSE001")]


def test_missing_block_does_not_hide_the_next_statement() -> None:
    assert [line for line, _ in faults("def f():\ndef g():\n    a b\nif x:\ny = = 1\n")] == [2, 3, 5]


def test_grammar_and_meaning_together() -> None:
    text = "def f(a, a): pass\nreturn 1\nx y\n1 = 2\nbreak\n"
    assert [line for line, _ in faults(text)] == [1, 2, 3, 4, 5]


def test_faults_come_in_the_order_of_the_file() -> None:
    found = faults("break\nx = 'a\nreturn\na b\n)\n")
    assert found == sorted(found)
    assert len(found) == 5


def test_places_count_code_points() -> None:
    with pytest.raises(SpyError) as caught:
        parse('x = "\N{BULLET}\N{MATHEMATICAL SCRIPT CAPITAL X}" y\n')
    loc = caught.value.diagnostic.labels[0].loc
    assert (loc.line, loc.col, loc.end_col) == (1, 10, 11)
