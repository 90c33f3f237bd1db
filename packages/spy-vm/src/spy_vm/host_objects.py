"""Heap objects of the in-process engines: instances of a Python class for each class of the program.

A field `x` is the slot `f_x`, so that no name of a program means something to Python. Reading a slot that
was not assigned is Python's AttributeError, which the engines translate.

Quick to import, hence without `typing`.
"""

from __future__ import annotations

from spy_vm.exceptions import Raised

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, ClassVar

MISSING: Any = object()


class HeapObject:
    """What all of them derive from. `tid` is the TypeId of the class, `shown` its name in messages."""

    __slots__ = ()
    tid: ClassVar[str] = ""
    shown: ClassVar[str] = ""


def slot(field: str) -> str:
    """Return the name of the slot of a field."""
    return f"f_{field}"


def host_class(
    tid: str, display: str, base: type[HeapObject] | None, fields: Iterable[str]
) -> type[HeapObject]:
    """Return the Python class for a class whose own fields, those of `base` not among them, are `fields`."""
    members = {"__slots__": tuple(map(slot, fields)), "tid": tid, "shown": bare_name(display)}
    return type("HeapObject", (base or HeapObject,), members)


def bare_name(display: str) -> str:
    """Return the name of a class as Python's messages have it: `P` for `demo::P`."""
    head, bracket, rest = display.partition("[")
    return head.rpartition("::")[2] + bracket + rest


def get_field(obj: Any, field: str) -> Any:
    """Return a field of an object."""
    value = getattr(obj, slot(field), MISSING)
    if value is MISSING:
        raise no_attribute(obj, field)
    return value


def no_attribute(obj: Any, field: str) -> Raised:
    """Return the exception that a field without a value raises."""
    return Raised("AttributeError", f"'{type(obj).shown}' object has no attribute '{field}'")
