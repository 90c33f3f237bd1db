"""The result of a lookup: which function to call with which operands, or a constant."""

from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from spy_vm.objects.functions import W_Func
    from spy_vm.objects.operand import Operand


@final
class OpImpl:
    """Call `w_func` with `args`, which are converted to its parameters; or, with no function, yield `const`."""

    __slots__ = ("args", "const", "w_func")

    def __init__(
        self, w_func: "W_Func | None", args: "list[Operand]", const: "Operand | None" = None
    ) -> None:
        self.w_func = w_func
        self.args = args
        self.const = const
