"""What is known of integers before a program runs: the interval they lie in.

An operation whose exact result fits in its type needs no overflow check::

    if n < 2: return n      # from here on n is in [2, 2147483647]
    n - 1                   # in [1, 2147483646]: no check
"""

from collections.abc import Callable
from typing import NamedTuple

from spy_types.program.types import INTS, TypeId

from spy_vm.host.integers import LIMITS


class Range(NamedTuple):
    """The integers from `low` to `high`, both included."""

    low: int
    high: int


FULL: dict[TypeId, Range] = {t: Range(LIMITS[t].low, LIMITS[t].high) for t in INTS}
Ranges = dict[str, Range]


def join(a: Ranges, b: Ranges) -> Ranges:
    """Return what holds whichever of the two held before."""
    return {
        name: Range(min(a[name].low, b[name].low), max(a[name].high, b[name].high))
        for name in a.keys() & b.keys()
    }


def _corners(op: Callable[[int, int], int]) -> Callable[[Range, Range], Range]:
    """Return the range of an operation that is monotonic in each operand on each side of zero."""

    def result(a: Range, b: Range) -> Range:
        values = [op(x, y) for x in a for y in b]
        return Range(min(values), max(values))

    return result


def _negated(a: Range) -> Range:
    return Range(-a.high, -a.low)


def _floordiv(a: Range, b: Range) -> Range:
    if b.low > 0 or b.high < 0:
        return _corners(lambda x, y: x // y)(a, b)
    bound = max(abs(a.low), abs(a.high))
    return Range(-bound, bound)


def _mod(a: Range, b: Range) -> Range:
    if b.low > 0 and a.low >= 0:
        return Range(0, min(a.high, b.high - 1))
    return Range(min(b.low + 1, 0), max(b.high - 1, 0))


def _bitwise(a: Range, b: Range) -> Range:
    bits = max(abs(bound).bit_length() for bound in (*a, *b))
    if a.low >= 0 and b.low >= 0:
        return Range(0, (1 << bits) - 1)
    return Range(-(1 << bits), (1 << bits) - 1)


def _and(a: Range, b: Range) -> Range:
    masks = [r.high for r in (a, b) if r.low >= 0]
    return Range(0, min(masks)) if masks else _bitwise(a, b)


# The exact results, before any wrapping. Shifts are for counts that are known to be small.
EXACT: dict[str, Callable[[Range, Range], Range]] = {
    "add": lambda a, b: Range(a.low + b.low, a.high + b.high),
    "sub": lambda a, b: Range(a.low - b.high, a.high - b.low),
    "mul": _corners(lambda x, y: x * y),
    "floordiv": _floordiv,
    "mod": _mod,
    "and": _and,
    "or": _bitwise,
    "xor": _bitwise,
    "lshift": _corners(lambda x, y: x << y),
    "rshift": _corners(lambda x, y: x >> y),
}
EXACT_UNARY: dict[str, Callable[[Range], Range]] = {
    "neg": _negated,
    "invert": lambda a: Range(~a.high, ~a.low),
}


def power(a: Range, exponent: int) -> Range:
    """Return the range of `a ** exponent`."""
    values = [bound**exponent for bound in a]
    if a.low < 0 < a.high and exponent % 2 == 0:
        values.append(0)
    return Range(min(values), max(values))


def loop_range(start: Range, stop: Range, step: Range, full: Range) -> Range:
    """Return what the variable of `for i in range(start, stop, step)` lies in."""
    if step.low > 0:
        return Range(start.low, max(start.low, stop.high - 1))
    if step.high < 0:
        return Range(min(start.high, stop.low + 1), start.high)
    return full
