"""Integer arithmetic: two's complement of a fixed width."""

from __future__ import annotations

from operator import add, and_, eq, floordiv, ge, gt, le, lt, mod, mul, ne, neg, or_, sub, xor

from spy_types.prims.scalars import INTS, SIGNED, TypeId

from spy_vm.exceptions import Raised, panic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeAlias

IntBinary: TypeAlias = "Callable[[int, int], int]"
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": eq,
    "ne": ne,
    "lt": lt,
    "le": le,
    "gt": gt,
    "ge": ge,
}


class Limits:
    """The width of an integer type and the values it holds: `bits, low, high = limits`."""

    __slots__ = ("bits", "high", "low")

    def __init__(self, bits: int, low: int, high: int) -> None:
        self.bits = bits
        self.low = low
        self.high = high

    def __iter__(self) -> Iterator[int]:
        return iter((self.bits, self.low, self.high))


def _limits(t: TypeId) -> Limits:
    bits = int(t[1:])
    return (
        Limits(bits, -(1 << bits - 1), (1 << bits - 1) - 1)
        if t in SIGNED
        else Limits(bits, 0, (1 << bits) - 1)
    )


LIMITS: dict[TypeId, Limits] = {t: _limits(t) for t in INTS}


def wrapper(t: TypeId) -> Callable[[int], int]:
    """Return the function that wraps any integer to type `t`."""
    bits, low, high = LIMITS[t]
    mask = (1 << bits) - 1
    if low == 0:
        return lambda value: value & mask
    sign = -low
    return lambda value: value if low <= value <= high else ((value + sign) & mask) - sign


WRAP: dict[TypeId, Callable[[int], int]] = {t: wrapper(t) for t in INTS}


def true_div(a: int, b: int) -> float:
    """Return `a / b`, correctly rounded."""
    if b == 0:
        raise Raised("ZeroDivisionError", "division by zero")
    return a / b


def integer_prims() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield the operations on one integer type, by name."""
    for t in INTS:
        wrap = WRAP[t]
        for name, op in (("add", add), ("sub", sub), ("mul", mul)):
            yield f"{t}_{name}", _wrapped(op, wrap)
            yield f"{t}_wrapping_{name}", _wrapped(op, wrap)
        for name, op in (("and", and_), ("or", or_), ("xor", xor)):
            yield f"{t}_{name}", op
        for name, compare in COMPARISONS.items():
            yield f"{t}_{name}", compare
        yield f"{t}_lshift", lshift_of(t)
        yield f"{t}_rshift", _rshift
        yield f"{t}_div", true_div
        yield f"{t}_floordiv", _wrapped(_floordiv, wrap)
        yield f"{t}_mod", _mod
        yield f"{t}_pow", _pow_of(t)
        yield f"{t}_neg", _wrapped_unary(neg, wrap)
        yield f"{t}_invert", _wrapped_unary(lambda a: ~a, wrap)
        yield f"{t}_unchecked_div", _unchecked(lambda a, b: a / b)
        yield f"{t}_unchecked_floordiv", _wrapped(_unchecked(floordiv), wrap)
        yield f"{t}_unchecked_mod", _unchecked(mod)


def lshift_of(t: TypeId) -> IntBinary:
    """Return `<<` of type `t`: Python's, then wrapped."""
    bits, wrap = LIMITS[t].bits, WRAP[t]

    def lshift(a: int, b: int) -> int:
        if b < 0:
            raise Raised("ValueError", "negative shift count")
        return wrap(a << b) if b < bits else 0

    return lshift


def check_power(a: int, exponent: int) -> None:
    """Raise what an integer power raises."""
    if exponent < 0:
        if a == 0:
            raise Raised("ZeroDivisionError", "0 cannot be raised to a negative power")
        raise Raised("ValueError", "integer ** negative exponent")


def _rshift(a: int, b: int) -> int:
    if b < 0:
        raise Raised("ValueError", "negative shift count")
    return a >> b


def _floordiv(a: int, b: int) -> int:
    if b == 0:
        raise Raised("ZeroDivisionError", "integer division or modulo by zero")
    return a // b


def _mod(a: int, b: int) -> int:
    if b == 0:
        raise Raised("ZeroDivisionError", "integer modulo by zero")
    return a % b


def _pow_of(t: TypeId) -> IntBinary:
    modulus, wrap = 1 << LIMITS[t].bits, WRAP[t]

    def power(a: int, exponent: int) -> int:
        check_power(a, exponent)
        return wrap(pow(a, exponent, modulus))

    return power


def _wrapped(op: IntBinary, wrap: Callable[[int], int]) -> IntBinary:
    return lambda a, b: wrap(op(a, b))


def _wrapped_unary(op: Callable[[int], int], wrap: Callable[[int], int]) -> Callable[[int], int]:
    return lambda a: wrap(op(a))


def _unchecked(op: Callable[[int, int], Any]) -> Callable[[int, int], Any]:
    def unchecked(a: int, b: int) -> Any:
        if b == 0:
            raise panic("division by zero")
        return op(a, b)

    return unchecked
