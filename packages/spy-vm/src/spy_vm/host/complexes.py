"""Complex arithmetic, as CPython's."""

from __future__ import annotations

from operator import add, eq, mul, ne, neg, sub

from spy_vm.exceptions import Raised
from spy_vm.host.numbers import float_hash, wrap_i32
from spy_vm.host.unicode import ascii_number, str_repr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any


def complex_prims() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield the operations on complex128, by name."""
    c = "complex128"
    for name, op in (("add", add), ("sub", sub), ("mul", mul), ("eq", eq), ("ne", ne), ("neg", neg)):
        yield f"{c}_{name}", op
    yield f"{c}_div", _div
    yield f"{c}_pow", _pow
    yield f"{c}_conjugate", lambda value: value.conjugate()
    yield f"{c}_abs", _abs
    yield f"{c}_real", lambda value: value.real
    yield f"{c}_imag", lambda value: value.imag
    yield f"{c}_make", complex
    yield f"{c}_to_bool", bool
    yield f"{c}_str", str
    yield f"{c}_hash", _hash
    yield f"str_to_{c}", _parse


def _hash(value: complex) -> int:
    return wrap_i32(float_hash(value.real) ^ (float_hash(value.imag) * 1000003))


def _div(a: complex, b: complex) -> complex:
    try:
        return a / b
    except ZeroDivisionError:
        raise Raised("ZeroDivisionError", "complex division by zero") from None


def _pow(a: complex, b: complex) -> complex:
    try:
        return a**b
    except ZeroDivisionError:
        raise Raised("ZeroDivisionError", "0.0 to a negative or complex power") from None
    except OverflowError:
        raise Raised("OverflowError", "complex exponentiation") from None


def _abs(value: complex) -> float:
    try:
        return abs(value)
    except OverflowError:
        raise Raised("OverflowError", "absolute value too large") from None


def _parse(text: str) -> complex:
    try:
        return complex(ascii_number(text))
    except ValueError as error:
        malformed = "malformed" in str(error)
        title = str(error) if malformed else f"could not convert string to complex: {str_repr(text)}"
        raise Raised("ValueError", title) from None
