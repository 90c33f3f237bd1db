"""Where the executor's names come from, so that a saved program imports those that it uses and no others.

A place is (module, attribute, key): the attribute itself; with a key, what it holds under the key, after a
call if it is a function that makes (name, body) pairs. OVERFLOW in place of a module stands for the methods
of the one object that warns of overflow.

Quick to import, hence without `typing`.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

Place: TypeAlias = tuple[str, str, str | None]
OVERFLOW = "overflow"
ROOM = 200  # frames deep, to import something wherever the program is


def bind_runtime(places: dict[str, Place], variables: dict[str, Any]) -> None:
    """Give each name in `variables` what is at its place."""
    warners: list[Any] = []
    for name, place in places.items():
        if place[0] == OVERFLOW:
            variables[name] = _when_called(name, place[1], variables, warners)
        else:
            variables[name] = _at(place)


def _at(place: Place) -> Any:
    module, attribute, key = place
    found = getattr(__import__(module, fromlist=(attribute,)), attribute)
    if key is None:
        return found
    return (dict(found()) if callable(found) else found)[key]


def _when_called(name: str, method: str, variables: dict[str, Any], warners: list[Any]) -> Callable[..., Any]:
    """Return what imports the body at the first call: nearly all programs can overflow, few do."""

    def first_call(*operands: Any) -> Any:
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(limit + ROOM)
        try:
            from spy_vm.host.overflow import OverflowWarner  # noqa: PLC0415  # this is the point
        finally:
            sys.setrecursionlimit(limit)
        if not warners:
            warners.append(OverflowWarner())
        body = variables[name] = getattr(warners[0], method)
        return body(*operands)

    return first_call
