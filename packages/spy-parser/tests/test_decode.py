import codecs

import pytest
from spy_parser import parse, parse_bytes
from spy_types.errors import Diagnostic, SpyError
from spy_types.syntax import nodes as n


def fault(data: bytes) -> Diagnostic:
    with pytest.raises(SpyError) as caught:
        parse_bytes(data, path="demo.spy")
    (diagnostic,) = caught.value.diagnostics
    return diagnostic


def string_in(data: bytes) -> str:
    (statement,) = parse_bytes(data).body
    assert isinstance(statement, n.ExprStmt)
    assert isinstance(statement.value, n.StrLit)
    return statement.value.value


def test_utf8_with_and_without_mark() -> None:
    assert string_in('"é"'.encode()) == "é"
    assert string_in(codecs.BOM_UTF8 + '"é"'.encode()) == "é"


def test_places_do_not_count_the_mark() -> None:
    assert fault(codecs.BOM_UTF8 + b"a b").labels[0].loc.col == 3


@pytest.mark.parametrize(
    "line", ["# coding: utf-8", "# -*- coding: UTF-8 -*-", "# vim: set fileencoding=utf8 :"]
)
def test_cookie_for_utf8(line: str) -> None:
    assert string_in(f'{line}\n"é"'.encode()) == "é"


@pytest.mark.parametrize(
    "head", ["# coding: latin-1\n", "\n# coding: latin-1\n", "#!/bin/spy\r\n# coding: latin-1\r\n"]
)
def test_other_encodings_by_cookie_in_the_first_two_lines(head: str) -> None:
    assert string_in(head.encode() + b'"\xe9"') == "é"


def test_cookie_in_the_third_line_or_behind_code_is_a_comment() -> None:
    assert fault(b'\n\n# coding: latin-1\n"\xe9"').code == "PARSE091"
    assert fault(b'x = 1\n# coding: latin-1\n"\xe9"').code == "PARSE091"


def test_bytes_that_are_not_utf8() -> None:
    diagnostic = fault('x = 1\ny = "é'.encode() + b"\xff")
    loc = diagnostic.labels[0].loc
    assert (diagnostic.code, loc.file, loc.line, loc.col) == ("PARSE091", "demo.spy", 2, 7)


def test_unknown_encoding() -> None:
    for name in ("nonsense", "base64", "rot13"):
        assert fault(f"# coding: {name}\n".encode()).code == "PARSE092", name


def test_mark_against_cookie() -> None:
    assert fault(codecs.BOM_UTF8 + b"# coding: latin-1\n").code == "PARSE093"


def test_nul_is_told_with_its_place() -> None:
    diagnostic = fault(b'x = 1\ny = "a\0b"\n')
    assert (diagnostic.code, str(diagnostic.labels[0].loc)) == ("PARSE094", "demo.spy:2:7")


def test_binary_file() -> None:
    for head in (
        b"\x7fELF\x02\x01\x01" + bytes(200),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(32)),
        bytes(10),
    ):
        assert fault(head).code == "PARSE090"


def test_lone_surrogates_in_text() -> None:
    with pytest.raises(SpyError) as caught:
        parse("x = '\ud800'")
    assert caught.value.diagnostic.code == "PARSE094"


def test_control_characters_are_kept_in_strings() -> None:
    assert string_in(b'"\x01\x02\x03\x04\x05\x06\x07\x08"') == "\1\2\3\4\5\6\7\b"
    (statement,) = parse('f"\x03{a}\x08"').body
    assert isinstance(statement, n.ExprStmt)
    assert isinstance(statement.value, n.JoinedStr)
    texts = [value.value for value in statement.value.values if isinstance(value, n.StrLit)]
    assert texts == ["\x03", "\x08"]


def test_control_characters_elsewhere_are_told() -> None:
    assert fault(b"x = \x01 1").code == "PARSE100"
    assert fault(b"import a\x08").code == "PARSE100"


def test_empty_files() -> None:
    for data in (b"", b"\n", b"  ", b"# comment", b"\x0c", codecs.BOM_UTF8, b"\\\n\n"):
        assert parse_bytes(data).body == ()
