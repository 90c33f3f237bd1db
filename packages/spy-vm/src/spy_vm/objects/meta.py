"""Values that metafunctions handle: OpSpec, and the values of empty displays and descriptors."""

from typing import TYPE_CHECKING, Any, final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spy_vm.objects.functions import W_Func
    from spy_vm.objects.operand import Operand


@final
class OpSpec:
    """What a metafunction answers: a call, a constant, or nothing.

    The call is of `w_func` with `args`, or with the original ones if `args` is None.
    """

    __slots__ = ("args", "const", "w_func")

    def __init__(
        self,
        w_func: "W_Func | None" = None,
        args: "Sequence[Operand] | None" = None,
        const: "Operand | None" = None,
    ) -> None:
        self.w_func = w_func
        self.args = args
        self.const = const

    @property
    def null(self) -> bool:
        """Whether the case is not handled."""
        return self.w_func is None and self.const is None


@final
class Descriptor:
    """`property`, `staticmethod` or `classmethod` around a function."""

    __slots__ = ("deleter", "setter", "w_func")

    def __init__(
        self, w_func: "W_Func", setter: "W_Func | None" = None, deleter: "W_Func | None" = None
    ) -> None:
        self.w_func = w_func
        self.setter = setter
        self.deleter = deleter


@final
class BlueList:
    """The value of an `interp_list`: operands that only exist early."""

    __slots__ = ("items",)

    def __init__(self, items: "list[Operand]") -> None:
        self.items = items


@final
class BlueDict:
    """The value of an `interp_dict`, keyed by the unboxed key."""

    __slots__ = ("items",)

    def __init__(self) -> None:
        self.items: dict[Any, tuple[Operand, Operand]] = {}
