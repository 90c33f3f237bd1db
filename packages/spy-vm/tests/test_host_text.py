"""Primitives on str and bytes, against CPython."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spy_vm import memory
from spy_vm.exceptions import Raised
from spy_vm.host import HOST_PRIMS
from spy_vm.memory import NULL, Ptr


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
