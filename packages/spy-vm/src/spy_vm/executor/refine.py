"""What a condition says about the integers in it."""

from collections.abc import Callable

from spy_types.program.nodes import And, Expr, Local, Or, Prim
from spy_types.program.types import INTS

from spy_vm.executor.ranges import Range, Ranges

NEGATED = {"lt": "ge", "ge": "lt", "le": "gt", "gt": "le", "eq": "ne", "ne": "eq"}
SWAPPED = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le", "eq": "eq", "ne": "ne"}
COMPARISONS: dict[str, str] = {f"{t}_{name}": name for t in INTS for name in NEGATED}


def refine(cond: Expr, truth: bool, known: Ranges, range_of: Callable[[Expr], Range | None]) -> Ranges:
    """Return `known` with what follows from `cond` being `truth`; nothing in `cond` assigns a local."""
    match cond:
        case And(left=left, right=right) if truth:
            return refine(right, True, refine(left, True, known, range_of), range_of)
        case Or(left=left, right=right) if not truth:
            return refine(right, False, refine(left, False, known, range_of), range_of)
        case Prim(op="bool_not", args=(inner,)):
            return refine(inner, not truth, known, range_of)
        case Prim(op=op, args=(left, right)) if op in COMPARISONS:
            name = COMPARISONS[op] if truth else NEGATED[COMPARISONS[op]]
            known = _bound(left, name, right, known, range_of)
            return _bound(right, SWAPPED[name], left, known, range_of)
    return known


def _bound(
    left: Expr, name: str, right: Expr, known: Ranges, range_of: Callable[[Expr], Range | None]
) -> Ranges:
    limit = range_of(right)
    if not isinstance(left, Local) or limit is None:
        return known
    old = known.get(left.name) or range_of(left)
    if old is None:
        return known
    low, high = old
    match name:
        case "lt":
            high = min(high, limit.high - 1)
        case "le":
            high = min(high, limit.high)
        case "gt":
            low = max(low, limit.low + 1)
        case "ge":
            low = max(low, limit.low)
        case "eq":
            low, high = max(low, limit.low), min(high, limit.high)
    return {**known, left.name: Range(low, high)} if low <= high else known
