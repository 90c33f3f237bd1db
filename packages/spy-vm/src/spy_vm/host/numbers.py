"""Conversions, truth, text and hashes of integers, floats and bools."""

from __future__ import annotations

import math
import struct
from operator import and_, or_, xor

from spy_types.prims.scalars import FLOATS, INTS, TypeId

from spy_vm.exceptions import Raised
from spy_vm.host.floats import f32_round
from spy_vm.host.integers import COMPARISONS, LIMITS, WRAP
from spy_vm.host.unicode import ascii_number, str_repr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

wrap_i32 = WRAP["i32"]
MAX_PRECISION = 100_000  # digits that a float can be asked for
MAX_SHOWN = 200  # as CPython shows of what is no integer


def number_prims() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield what numbers and bools share, by name."""
    for t in INTS:
        for other in INTS:
            yield f"{t}_to_{other}", WRAP[other]
        yield f"{t}_to_f64", float
        yield f"{t}_to_f32", int_to_f32
        yield f"bool_to_{t}", int
        yield f"{t}_str", str
        yield f"{t}_hash", int_hash
        yield f"str_to_{t}", parse_int(t)
    for t in FLOATS:
        for other in INTS:
            yield f"{t}_to_{other}", truncate_to(other)
        yield f"bool_to_{t}", float
        yield f"{t}_hash", float_hash
    yield "f64_to_f32", f32_round
    yield "f32_to_f64", float
    yield "f64_str", str
    yield "f64_format", _format_float
    yield "f32_str", f32_str
    yield "str_to_f64", _parse_float
    for t in (*INTS, *FLOATS):
        yield f"{t}_to_bool", bool
    for name, op in {**COMPARISONS, "and": and_, "or": or_, "xor": xor}.items():
        yield f"bool_{name}", op
    yield "bool_not", lambda value: not value
    yield "bool_str", str
    yield "bool_hash", int


def int_to_f32(value: int) -> float:
    """Return `value` rounded once to single precision."""
    excess = value.bit_length() - 53
    if excess <= 0:
        return f32_round(float(value))
    # A conversion to double would round too: keep the lost bits as one bit, far below the single's last.
    head = value >> excess
    sticky = head | (head << excess != value)
    return math.ldexp(f32_round(float(sticky)), excess)


def truncate_to(t: TypeId) -> Callable[[float], int]:
    """Return the conversion of a float to type `t`: toward zero, saturating, NaN to 0."""
    _, low, high = LIMITS[t]

    def truncate(value: float) -> int:
        if math.isnan(value):
            return 0
        if value <= low:
            return low
        return high if value >= high else int(value)

    return truncate


def parse_int(t: TypeId) -> Callable[[str], int]:
    """Return `int(text)` checked for the range of `t`."""
    _, low, high = LIMITS[t]

    def parse(text: str) -> int:
        try:
            value = int(ascii_number(text))
        except ValueError as error:
            if str(error).startswith("Exceeds the limit"):  # CPython's limit on the length of a number
                raise Raised("OverflowError", f"{t} value out of range [{low}, {high}]") from None
            shown = str_repr(text)[:MAX_SHOWN]
            raise Raised("ValueError", f"invalid literal for int() with base 10: {shown}") from None
        if not low <= value <= high:
            raise Raised("OverflowError", f"{t} value {value} out of range [{low}, {high}]")
        return value

    return parse


def _parse_float(text: str) -> float:
    try:
        return float(ascii_number(text))
    except ValueError:
        raise Raised("ValueError", f"could not convert string to float: {str_repr(text)}") from None


def _format_float(value: float, kind: int, precision: int) -> str:
    """Return `value` as C's printf does with `%.*e`, `f` or `g`; `kind` is the letter's code point."""
    if chr(kind) not in "efg" or not 0 <= precision <= MAX_PRECISION:
        raise Raised("ValueError", "precision too big")
    return f"{value:.{precision}{chr(kind)}}"


def f32_str(value: float) -> str:
    """Return the shortest digits that read back as the same single, laid out as `repr` does."""
    if not math.isfinite(value):
        return str(value)
    for precision in range(9):
        text = f"{value:.{precision}e}"
        if f32_round(float(text)) == value:
            break
    mantissa, _, exponent = text.partition("e")
    sign = "-" if mantissa.startswith("-") else ""
    digits = mantissa.lstrip("-").replace(".", "").rstrip("0") or "0"
    point = int(exponent) + 1
    if not -4 < point <= 16:
        tail = f".{digits[1:]}" if len(digits) > 1 else ""
        return f"{sign}{digits[0]}{tail}e{point - 1:+03d}"
    if point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    return f"{sign}{digits[:point].ljust(point, '0')}.{digits[point:] or '0'}"


def int_hash(value: int) -> int:
    """Return the hash of an integer: itself if it fits in i32, else its halves mixed."""
    if not -0x8000_0000 <= value <= 0x7FFF_FFFF:
        value = wrap_i32((value ^ (value >> 32)) & 0xFFFF_FFFF)
    return -2 if value == -1 else value


def float_hash(value: float) -> int:
    """Return the hash of a float: that of the equal i64 if there is one, else of the bits of the double."""
    if math.isnan(value):
        return 0
    if math.isinf(value):
        return 314159 if value > 0 else -314159
    if value.is_integer() and -(2.0**63) <= value < 2.0**63:
        return int_hash(int(value))
    (bits,) = struct.unpack("<q", struct.pack("<d", value))
    return int_hash(bits)
