"""SPy values that Python can only keep and hand back: pointers and functions."""

from typing import Any, final

from spy_vm.objects.types import W_Type


@final
class Opaque:
    """A value of a type that has no Python counterpart."""

    __slots__ = ("value", "w_T")

    def __init__(self, w_T: W_Type, value: Any) -> None:
        self.w_T = w_T
        self.value = value

    def __repr__(self) -> str:
        return f"<SPy {self.w_T.display}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Opaque) and self.w_T is other.w_T and bool(self.value == other.value)

    def __hash__(self) -> int:
        return hash(self.value)
