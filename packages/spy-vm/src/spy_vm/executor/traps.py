"""What generated code calls when something is wrong.

Quick to import, hence without `typing`.
"""

from __future__ import annotations

from spy_vm.exceptions import Raised
from spy_vm.memory import bad_access

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from spy_types.prims.scalars import TypeId

    from spy_vm.host_objects import HeapObject
    from spy_vm.memory import Dyn, Ptr


def bad_load(ptr: Ptr, index: int) -> NoReturn:
    """Raise what is wrong with reading item `index`."""
    raise bad_access(ptr, index, "ptr_getitem")


def bad_store(ptr: Ptr, index: int) -> NoReturn:
    """Raise what is wrong with writing item `index`."""
    raise bad_access(ptr, index, "ptr_store")


def bad_cast(expected: str, found: TypeId) -> NoReturn:
    """Raise what is wrong with taking a `found` out of a dynamic value as an `expected`."""
    raise Raised("TypeError", f"Invalid cast. Expected `{expected}`, got `{found}`")


def bad_member(expected: str, found: TypeId) -> NoReturn:
    """Raise what is wrong with taking an `expected` out of a union that holds a `found`."""
    raise Raised("TypeError", f"expected `{expected}`, got `{found}`")


def member(value: Dyn | None) -> TypeId:
    """Return which member a tagged union holds."""
    return "None" if value is None else value.t


def overflow(t: TypeId, word: str, *_: object) -> NoReturn:
    """Raise what `--overflow=check` says of a result that does not fit."""
    from spy_vm.host.overflow import overflowed  # noqa: PLC0415  # slow, and most programs do without

    raise overflowed(t, word)


def checked_call(op: str, _path: str, _line: int, *operands: int) -> int:
    """Do the operation `op`; raise if the result does not fit."""
    from spy_vm.host.overflow import CHECKED_PRIMS  # noqa: PLC0415  # as above

    return CHECKED_PRIMS[op](*operands)


def bad_downcast(obj: HeapObject, expected: str) -> NoReturn:
    """Raise what is wrong with taking an object as an `expected`, which it is not."""
    raise Raised("TypeError", f"Invalid cast. Expected `{expected}`, got `{obj.shown}`")
