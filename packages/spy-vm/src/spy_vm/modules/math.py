"""The module `math`, all in f64, with CPython's errors."""

from __future__ import annotations

import math

from spy_vm.exceptions import Raised
from spy_vm.modules.define import PURE, PURE_RAISES, HostModule, functions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

UNARY = (
    *("asinh", "acosh", "atanh", "expm1", "log1p", "cbrt", "exp2", "erf", "erfc"),
    *("sqrt", "cos", "sin", "tan", "log", "log10", "log2", "exp", "acos", "asin", "atan", "fabs"),
    *("sinh", "cosh", "tanh"),
)
BINARY = ("atan2", "pow", "fmod", "hypot", "copysign", "remainder", "nextafter")
ROUNDINGS = ("ceil", "floor", "trunc")
TESTS = ("isnan", "isinf", "isfinite")
TOTAL = {"atan", "fabs", "tanh", "atan2", "copysign", "asinh", "cbrt", "erf", "erfc", "nextafter"}
CONSTANTS = ("pi", "tau", "e", "inf", "nan")


def math_module() -> HostModule:
    """Return the module."""
    entries = [
        *((name, ("f64",), "f64", _with_errors(name)) for name in UNARY),
        *((name, ("f64", "f64"), "f64", _with_errors(name)) for name in BINARY),
        *((f"_{name}", ("f64",), "f64", _rounding(name)) for name in ROUNDINGS),
        *((name, ("f64",), "bool", getattr(math, name)) for name in TESTS),
    ]
    total = {*TOTAL, *(f"_{name}" for name in ROUNDINGS), *TESTS}
    return HostModule(
        "math",
        functions("math", *((*entry, PURE if entry[0] in total else PURE_RAISES) for entry in entries)),
        {name: ("f64", getattr(math, name)) for name in CONSTANTS},
        doc="mathematical functions, as in C",
    )


def _with_errors(name: str) -> Callable[..., float]:
    function: Callable[..., float] = getattr(math, name)

    def body(*operands: float) -> float:
        try:
            return function(*operands)
        except ValueError:
            raise Raised("ValueError", "math domain error") from None
        except OverflowError:
            raise Raised("OverflowError", "math range error") from None

    return body


def _rounding(name: str) -> Callable[[float], float]:
    """Return a rounding to an integral float: C's, which keeps infinities, NaN and the sign of zero."""
    function: Callable[[float], int] = getattr(math, name)

    def body(value: float) -> float:
        return math.copysign(function(value), value) if math.isfinite(value) else value

    return body
