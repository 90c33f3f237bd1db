"""`super()`: an object, seen from the class in whose method it stands."""

from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from spy_vm.objects.classes import W_ClassType
    from spy_vm.objects.operand import Operand


@final
class SuperObject:
    """What is behind `w_owner` in the order of search, for `obj` (an object, or a class in class methods)."""

    __slots__ = ("obj", "w_owner")

    def __init__(self, w_owner: "W_ClassType", obj: "Operand") -> None:
        self.w_owner = w_owner
        self.obj = obj

    def lookup(self, name: str) -> "Operand | None":
        """Return the class attribute that `super().name` finds."""
        for w_C in self.w_owner.mro[1:]:
            if name in w_C.attrs:
                return w_C.attrs[name]
        return None
