"""Values of unions in process: None is None; one other member stands for itself, several as `Dyn`.

i32 | None         1, None
i32 | str | None   Dyn("i32", 1), Dyn("str", "a"), None
"""

from collections.abc import Sequence
from typing import Any

from spy_types.program.types import TypeId

from spy_vm.memory import Dyn

EMPTY = Dyn("", None)  # what zeroed memory of a union without None holds: no member


def is_tagged(members: Sequence[TypeId]) -> bool:
    """Whether values of a union of `members` carry their type along, unless they are None."""
    return sum(member != "None" for member in members) > 1


def wrapped(members: Sequence[TypeId], member: TypeId, value: Any) -> Any:
    """Return the `value` of type `member` as a union of `members`."""
    return Dyn(member, value) if member != "None" and is_tagged(members) else value


def member_of(members: Sequence[TypeId], value: Any) -> TypeId:
    """Return which of `members` the union `value` holds."""
    if value is None:
        return "None"
    if is_tagged(members):
        held: TypeId = value.t
        return held
    return next(member for member in members if member != "None")


def unwrapped(members: Sequence[TypeId], value: Any) -> Any:
    """Return what the union `value` holds."""
    return value.value if value is not None and is_tagged(members) else value
