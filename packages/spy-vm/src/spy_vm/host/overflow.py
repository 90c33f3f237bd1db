"""Signed overflow: the variants of operations that raise, and the warning of the engines that wrap."""

from __future__ import annotations

import sys
from operator import add, mul, neg, sub

from spy_types.prims.scalars import SIGNED, TypeId

from spy_vm.exceptions import Raised
from spy_vm.host.integers import LIMITS, WRAP, check_power

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORDS: dict[str, str] = {
    "add": "addition",
    "sub": "subtraction",
    "mul": "multiplication",
    "neg": "negation",
    "floordiv": "floor division",
    "pow": "power",
}
OVERFLOWING: dict[str, tuple[TypeId, str]] = {
    f"{t}_{name}": (t, word) for t in SIGNED for name, word in WORDS.items()
}


def overflowed(t: TypeId, word: str) -> Raised:
    """Return the error of `--overflow=check`."""
    return Raised("OverflowError", f"{t} {word} overflowed")


class OverflowWarner:
    """Tells the user, once per place, that a result wrapped. `write` takes text; stderr if None."""

    def __init__(self, write: Callable[[str], object] | None = None) -> None:
        self._write = write
        self._seen: set[tuple[str, str, str, int]] = set()

    def warn(self, t: TypeId, word: str, path: str, line: int) -> None:
        """Say that `word` (as in WORDS) on type `t` wrapped at this line."""
        place = (t, word, path, line)
        if place in self._seen:
            return
        self._seen.add(place)
        wider = "" if t == "i64" else "i64 or "
        text = f"{t} {word} overflowed and wrapped, {path}:{line}; use {wider}--overflow=check\n"
        (self._write or sys.stderr.write)(text)

    def wrap(self, t: TypeId, word: str, value: int, path: str, line: int) -> int:
        """Return `value` wrapped to type `t`, with a warning if that changes it."""
        _, low, high = LIMITS[t]
        if low <= value <= high:
            return value
        self.warn(t, word, path, line)
        return WRAP[t](value)

    def call(self, name: str, path: str, line: int, *operands: int) -> int:
        """Do the operation `name` of OVERFLOWING on `operands`, with a warning if it wraps."""
        try:
            return CHECKED_PRIMS[name](*operands)
        except Raised as error:
            if error.etype != "OverflowError":
                raise
        self.warn(*OVERFLOWING[name], path, line)
        return WRAPPING[name](*operands)


def _checked(t: TypeId, word: str, op: Callable[..., int]) -> Callable[..., int]:
    _, low, high = LIMITS[t]

    def checked(*operands: int) -> int:
        value = op(*operands)
        if not low <= value <= high:
            raise overflowed(t, word)
        return value

    return checked


def _floordiv(a: int, b: int) -> int:
    if b == 0:
        raise Raised("ZeroDivisionError", "integer division or modulo by zero")
    return a // b


def _power(a: int, exponent: int) -> int:
    check_power(a, exponent)
    if -1 <= a <= 1:
        return a if exponent % 2 else a * a if exponent else 1
    power: int = a ** min(exponent, 64)  # 64 is out of every range, as all above it are
    return power


def _modular_power(t: TypeId) -> Callable[..., int]:
    modulus, wrap = 1 << LIMITS[t].bits, WRAP[t]
    return lambda a, exponent: wrap(pow(a, exponent, modulus))


def _wrapping(t: TypeId, op: Callable[..., int]) -> Callable[..., int]:
    wrap = WRAP[t]
    return lambda *operands: wrap(op(*operands))


_EXACT: dict[str, Callable[..., int]] = {
    "add": add,
    "sub": sub,
    "mul": mul,
    "neg": neg,
    "floordiv": _floordiv,
    "pow": _power,
}


def _families() -> Iterator[tuple[str, TypeId, str, Callable[..., int]]]:
    for t in SIGNED:
        for name, op in _EXACT.items():
            yield f"{t}_{name}", t, name, op


WRAPPING: dict[str, Callable[..., int]] = {
    full: _modular_power(t) if name == "pow" else _wrapping(t, op) for full, t, name, op in _families()
}
CHECKED_PRIMS: dict[str, Callable[..., int]] = {
    full: _checked(t, WORDS[name], op) for full, t, name, op in _families()
}
