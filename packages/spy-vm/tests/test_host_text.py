"""Primitives on str and bytes, against CPython."""

import runpy
import unicodedata
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spy_vm import memory
from spy_vm.exceptions import Raised
from spy_vm.host import HOST_PRIMS
from spy_vm.memory import NULL, Ptr

GENERATOR = Path(__file__).parents[1] / "tools/generate_unicode.py"
OLD_TEXT = st.text(st.characters().filter(lambda c: unicodedata.ucd_3_2_0.category(c) != "Cn"))


def failure(name: str, *operands: object) -> str:
    with pytest.raises(Raised) as error:
        HOST_PRIMS[name](*operands)
    return str(error.value)


def buffer(size: int) -> Ptr:
    return memory.alloc(size, (0,))


@pytest.mark.parametrize(
    ("name", "operands", "expected"),
    [
        ("str_getitem", ("abc", 3), "IndexError: string index out of range"),
        ("bytes_getitem", (b"abc", -4), "IndexError: index out of range"),
        ("str_codepoint", ("", 0), "IndexError: string index out of range"),
        ("str_chr", (0x110000,), "ValueError: chr() arg not in range(0x110000)"),
        ("str_chr", (-1,), "ValueError: chr() arg not in range(0x110000)"),
        ("str_ord", ("ab",), "TypeError: ord() expected a character, but string of length 2 found"),
        ("str_ord", ("",), "TypeError: ord() expected a character, but string of length 0 found"),
        ("str_mul", ("ab", 2**30), "MemoryError"),
        (
            "bytes_decode",
            (b"a\xff",),
            "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 1: invalid start byte",
        ),
    ],
)
def test_errors(name: str, operands: tuple[object, ...], expected: str) -> None:
    assert failure(name, *operands) == expected


@given(st.text(), st.text(max_size=2), st.integers(-5, 10), st.integers(-5, 10))
def test_find_is_pythons(text: str, sub: str, start: int, stop: int) -> None:
    assert HOST_PRIMS["str_find"](text, sub, start, stop) == text.find(sub, start, stop)
    assert HOST_PRIMS["str_rfind"](text, sub, start, stop) == text.rfind(sub, start, stop)


@given(st.text())
def test_hash_is_the_crc_of_the_utf8(text: str) -> None:
    crc = zlib.crc32(text.encode())
    assert HOST_PRIMS["str_hash"](text) == (crc if crc < 2**31 else crc - 2**32)
    assert HOST_PRIMS["bytes_hash"](text.encode()) == HOST_PRIMS["str_hash"](text)


@given(st.text())
def test_text_goes_through_a_buffer(text: str) -> None:
    size = HOST_PRIMS["str_size"](text)
    assert size == len(text.encode())
    target = buffer(size + 2)
    HOST_PRIMS["str_write"](text, target, 1)
    assert HOST_PRIMS["str_read"](target, 1, size) == text
    assert HOST_PRIMS["bytes_read"](target, 0, size + 2) == b"\0" + text.encode() + b"\0"


def test_buffers_have_bounds() -> None:
    for name, operands in {
        "str_write": ("héllo", buffer(5), 0),
        "bytes_write": (b"ab", buffer(5), 4),
        "str_read": (buffer(5), -1, 2),
        "bytes_read": (buffer(5), 2, 4),
    }.items():
        assert failure(name, *operands) == "IndexError: buffer index out of range"
    assert HOST_PRIMS["str_read"](NULL, 0, 0) == ""


def test_read_refuses_what_is_not_utf8() -> None:
    target = buffer(1)
    HOST_PRIMS["bytes_write"](b"\xff", target, 0)
    assert failure("str_read", target, 0, 1).startswith("UnicodeDecodeError: 'utf-8' codec can't decode")


def test_negative_repetition_is_empty() -> None:
    assert HOST_PRIMS["str_mul"]("ab", -1) == ""
    assert HOST_PRIMS["bytes_mul"](b"ab", 2) == b"abab"


def test_lone_surrogates_have_a_size_and_a_hash_but_no_encoding() -> None:
    assert HOST_PRIMS["str_size"]("\ud800") == 3
    assert isinstance(HOST_PRIMS["str_hash"]("\ud800"), int)
    assert failure("str_encode", "\ud800").startswith("UnicodeEncodeError: 'utf-8' codec can't encode")


@given(OLD_TEXT)
def test_repr_is_pythons_for_characters_that_every_python_knows(text: str) -> None:
    assert HOST_PRIMS["str_repr"](text) == repr(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\U00031350", "'\U00031350'"),  # new in Unicode 15.0
        ("\U0002ebf0", "'\\U0002ebf0'"),  # new in Unicode 15.1
        ("é'", '"é\'"'),
        ("é'\"\n", "'é\\'\"\\n'"),
    ],
)
def test_repr_knows_unicode_15_0(text: str, shown: str) -> None:
    assert HOST_PRIMS["str_repr"](text) == shown


def test_numbers_know_unicode_15_0() -> None:
    assert HOST_PRIMS["str_to_i32"]("\u2003\U00011f51\U0001e4f2") == 12  # digits new in 15.0
    assert HOST_PRIMS["str_to_f64"]("\u0663.\u0664") == 3.4
    assert HOST_PRIMS["str_to_complex128"]("\u0663+1j") == 3 + 1j
    shown = "'\\U00010d40'"  # a digit of Unicode 16.0
    assert (
        failure("str_to_i64", "\U00010d40") == f"ValueError: invalid literal for int() with base 10: {shown}"
    )
    assert failure("str_to_f64", "\U00010d40") == f"ValueError: could not convert string to float: {shown}"
    assert failure("str_to_i32", "digits") == "ValueError: invalid literal for int() with base 10: 'digits'"
    assert failure("str_to_i32", "é" * 300).endswith(f": '{'é' * 199}")


def test_the_tables_are_what_the_generator_writes(capsys: pytest.CaptureFixture[str]) -> None:
    if unicodedata.unidata_version != "15.0.0":
        pytest.skip("the tables are those of Python 3.12")
    runpy.run_path(str(GENERATOR), run_name="__main__")
    table = GENERATOR.parents[1] / "src/spy_vm/host/unicode_ranges.py"
    assert table.read_text() == capsys.readouterr().out
