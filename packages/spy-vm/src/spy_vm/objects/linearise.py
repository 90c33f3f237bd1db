"""The order in which a class and its bases are searched: Python's C3 linearisation.

class D(B, C), B(A), C(A)     ->     D, B, C, A
"""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def linearise(own: T, orders: Sequence[Sequence[T]], bases: Sequence[T]) -> tuple[T, ...] | None:
    """Return the order for a class with these `bases`, whose orders are `orders`; None if there is none."""
    waiting = [list(order) for order in (*orders, bases) if order]
    result = [own]
    while waiting:
        found = next((order[0] for order in waiting if _is_free(order[0], waiting)), None)
        if found is None:
            return None
        result.append(found)
        waiting = [rest for order in waiting if (rest := [item for item in order if item is not found])]
    return tuple(result)


def _is_free(candidate: T, waiting: list[list[T]]) -> bool:
    return not any(candidate is item for order in waiting for item in order[1:])
