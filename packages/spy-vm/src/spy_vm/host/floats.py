"""Float arithmetic: IEEE 754 double, and single precision rounded after each operation.

Rounding a double result to single gives the correctly rounded single result for `+ - * /`, since double
has more than twice the digits.
"""

from __future__ import annotations

import math
from operator import add, mul, neg, sub
from struct import Struct

from spy_vm.exceptions import Raised, panic
from spy_vm.host.integers import COMPARISONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeAlias

FloatBinary: TypeAlias = "Callable[[float, float], float]"
_SINGLE = Struct("<f")


def f32_round(
    value: float,
    pack: Callable[[float], bytes] = _SINGLE.pack,
    unpack: Callable[[bytes], tuple[float]] = _SINGLE.unpack,
) -> float:
    """Return `value` rounded to single precision."""
    try:
        return unpack(pack(value))[0]
    except OverflowError:
        return math.copysign(math.inf, value)


def float_prims() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield the operations on f64 and f32, by name."""
    plain: dict[str, Callable[..., float]] = {
        "add": add,
        "sub": sub,
        "mul": mul,
        "div": _div,
        "mod": _mod,
        "pow": power,
        "neg": neg,
        "ieee754_div": ieee754_div,
        "unchecked_div": _unchecked(_div),
        "unchecked_mod": _unchecked(_mod),
    }
    for name, op in plain.items():
        yield f"f64_{name}", op
        yield f"f32_{name}", _single(op)
    yield "f32_pow", _single_power
    yield "f64_floordiv", _floordiv
    yield "f64_unchecked_floordiv", _unchecked(_floordiv)
    yield "f32_floordiv", _single_floordiv
    yield "f32_unchecked_floordiv", _unchecked(_single_floordiv)
    for t in ("f64", "f32"):
        for name, compare in COMPARISONS.items():
            yield f"{t}_{name}", compare


def power(a: float, b: float) -> float:
    """Return `a ** b`; what has no real result is an error."""
    if a == 0.0 and b < 0.0:
        raise Raised("ZeroDivisionError", "0.0 cannot be raised to a negative power")
    try:
        return math.pow(a, b)
    except ValueError:
        raise Raised("ValueError", "math domain error") from None
    except OverflowError:
        raise Raised("OverflowError", "math range error") from None


def ieee754_div(a: float, b: float) -> float:
    """Return `a / b` with infinities and NaN in place of errors."""
    if b != 0.0:
        return a / b
    if a == 0.0 or math.isnan(a):
        return math.nan
    return math.copysign(math.inf, math.copysign(1.0, a) * math.copysign(1.0, b))


def _div(a: float, b: float) -> float:
    if b == 0.0:
        raise Raised("ZeroDivisionError", "float division by zero")
    return a / b


def _floordiv(a: float, b: float) -> float:
    if b == 0.0:
        raise Raised("ZeroDivisionError", "float floor division by zero")
    return a // b


def _mod(a: float, b: float) -> float:
    if b == 0.0:
        raise Raised("ZeroDivisionError", "float modulo by zero")
    return a % b


def _single_floordiv(a: float, b: float) -> float:
    """Do CPython's float `//`, each step in single precision."""
    if b == 0.0:
        raise Raised("ZeroDivisionError", "float floor division by zero")
    if not math.isfinite(a) or math.isnan(b):
        return math.nan
    rest = math.fmod(a, b)
    quotient = f32_round(f32_round(a - rest) / b)
    if rest and (b < 0.0) != (rest < 0.0):
        quotient = f32_round(quotient - 1.0)
    if not quotient:
        return math.copysign(0.0, f32_round(a / b))
    if math.isinf(quotient):
        return quotient
    floor = float(math.floor(quotient))
    return f32_round(floor + 1.0) if quotient - floor > 0.5 else floor


def _single_power(a: float, b: float) -> float:
    result = f32_round(power(a, b))
    if math.isinf(result) and math.isfinite(a) and math.isfinite(b):
        raise Raised("OverflowError", "math range error")
    return result


def _single(op: Callable[..., float]) -> Callable[..., float]:
    return lambda *operands: f32_round(op(*operands))


def _unchecked(op: FloatBinary) -> FloatBinary:
    def unchecked(a: float, b: float) -> float:
        if b == 0.0:
            raise panic("division by zero")
        return op(a, b)

    return unchecked
