"""The C tables of Unicode are those of spy-vm, where that is installed, too."""

from collections.abc import Callable
from types import ModuleType

import pytest

unicode = pytest.importorskip("spy_vm.host.unicode", reason="spy-cbackend alone has no spy-vm")
ranges = pytest.importorskip("spy_vm.host.unicode_ranges")


def test_repr_and_numbers_know_the_unicode_of_spy_vm(prims: ModuleType) -> None:
    places = (*ranges.UNPRINTABLE, *ranges.SPACE, *ranges.DECIMAL_ZEROS)
    ends = {code + step for code in places for step in (-1, 0, 9, 10)}
    known = [chr(code) for code in sorted(ends) if code < 0x110000 and not 0xD800 <= code < 0xE000]
    assert [char for char in known if prims.str_repr(char) != unicode.str_repr(char)] == []
    digits = [unicode.ascii_number(char) for char in known]
    read = [number(prims.str_to_i32, char) for char in known]
    assert read == [int(d) if d.isdigit() else None for d in digits]


def number(parse: Callable[[str], int], text: str) -> int | None:
    try:
        return parse(text)
    except ValueError:
        return None
