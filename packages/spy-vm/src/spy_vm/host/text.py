"""Text and bytes. Natively text is UTF-8; lone surrogates take three bytes there."""

from __future__ import annotations

import zlib
from operator import add, contains

from spy_vm.exceptions import Raised
from spy_vm.host.integers import COMPARISONS
from spy_vm.host.numbers import wrap_i32
from spy_vm.host.unicode import str_repr
from spy_vm.memory import Ptr, bad_access

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeVar

    T = TypeVar("T", str, bytes)

MAX_LENGTH = 0x7FFF_FFFF


def text_prims() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield the operations on str and bytes, by name."""
    for t in ("str", "bytes"):
        yield f"{t}_len", len
        yield f"{t}_substr", lambda value, start, stop: value[start:stop]
        yield f"{t}_add", add
        yield f"{t}_mul", _repeat
        yield f"{t}_contains", contains
        yield f"{t}_find", lambda value, sub, start, stop: value.find(sub, start, stop)
        yield f"{t}_rfind", lambda value, sub, start, stop: value.rfind(sub, start, stop)
        yield f"{t}_to_bool", bool
        for name, compare in COMPARISONS.items():
            yield f"{t}_{name}", compare
    yield "str_repr", str_repr
    yield "bytes_repr", repr
    yield "str_getitem", _str_getitem
    yield "bytes_getitem", _bytes_getitem
    yield "str_hash", lambda value: wrap_i32(zlib.crc32(utf8(value)))
    yield "bytes_hash", lambda value: wrap_i32(zlib.crc32(value))
    yield "str_ord", _ord
    yield "str_codepoint", lambda value, index: ord(_str_getitem(value, index))
    yield "str_chr", _chr
    yield "str_isascii", str.isascii
    yield "str_encode", _encode
    yield "bytes_decode", _decode
    yield "str_size", lambda value: len(utf8(value))
    yield "bytes_size", len
    yield "str_write", lambda value, buffer, offset: _write(utf8(value), buffer, offset)
    yield "bytes_write", _write
    yield "str_read", lambda buffer, offset, length: _decode(_read(buffer, offset, length))
    yield "bytes_read", _read


def utf8(value: str) -> bytes:
    """Return the bytes of `value` as they lie in memory natively."""
    return value.encode("utf-8", "surrogatepass")


def _repeat(value: T, count: int) -> T:
    if len(value) * count > MAX_LENGTH:
        raise Raised("MemoryError")
    return value * count


def _str_getitem(value: str, index: int) -> str:
    try:
        return value[index]
    except IndexError:
        raise Raised("IndexError", "string index out of range") from None


def _bytes_getitem(value: bytes, index: int) -> int:
    try:
        return value[index]
    except IndexError:
        raise Raised("IndexError", "index out of range") from None


def _ord(value: str) -> int:
    if len(value) != 1:
        raise Raised("TypeError", f"ord() expected a character, but string of length {len(value)} found")
    return ord(value)


def _chr(codepoint: int) -> str:
    if not 0 <= codepoint < 0x110000:
        raise Raised("ValueError", "chr() arg not in range(0x110000)")
    return chr(codepoint)


def _encode(value: str) -> bytes:
    try:
        return value.encode()
    except UnicodeEncodeError as error:
        raise Raised("UnicodeEncodeError", str(error)) from None


def _decode(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError as error:
        raise Raised("UnicodeDecodeError", str(error)) from None


def _write(value: bytes, buffer: Ptr, offset: int) -> None:
    block, start = _bytes_at(buffer, offset, len(value))
    block[start : start + len(value)] = value


def _read(buffer: Ptr, offset: int, length: int) -> bytes:
    block, start = _bytes_at(buffer, offset, length)
    return bytes(block[start : start + length])


def _bytes_at(buffer: Ptr, offset: int, length: int) -> tuple[list[Any], int]:
    if not 0 <= offset <= offset + length <= buffer.length:
        raise Raised("IndexError", "buffer index out of range")
    if buffer.block is None:
        return [], 0
    if not buffer.block:
        raise bad_access(buffer, offset, "ptr_getitem")
    return buffer.block, buffer.off + offset
