"""What a program asks of dynamic values."""

from dataclasses import dataclass
from typing import Any, TypeAlias, final

from spy_types.loc import Loc
from spy_types.syntax.scopes import Scope
from spy_vm.dispatch.binop import NAMES
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_Func
from spy_vm.objects.modules import W_Module
from spy_vm.objects.operand import Operand, W_Type


@final
@dataclass(frozen=True, slots=True)
class Known:
    """An operand that is the same wherever the question is asked: `d[0]`, `isinstance(d, list)`.

    `text` tells floats apart that are equal.
    """

    w_T: W_Type
    val: Any
    text: str = ""


@final
@dataclass(frozen=True, slots=True)
class Question:
    """An operation, what is known of its operands, and the names of the last ones."""

    op: str
    operands: "tuple[Known | W_Type, ...]"
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """The operation as a part of an FQN."""
        if self.op in NAMES:
            return NAMES[self.op]
        return f"i{NAMES[self.op[:-1]]}" if self.op[:-1] in NAMES else self.op.replace(" ", "_")

    @property
    def dynamic(self) -> list[int]:
        """Which operands are dynamic."""
        return [i for i, operand in enumerate(self.operands) if operand is b.W_DYNAMIC]


@final
@dataclass(frozen=True, slots=True)
class Asked:
    """Where a question was asked first, and the name of the function that answers it."""

    fqn: str
    w_result: W_Type
    loc: Loc | None
    module: W_Module
    scope: Scope


Combination: TypeAlias = "tuple[W_Type, ...]"  # the types that the dynamic operands hold


def known(op: Operand, always: bool) -> Known | None:
    """Return a known operand as a part of the question; None for one that is passed when it runs."""
    if not op.known or not (op.blue or always):
        return None
    if isinstance(op.val, float):
        return Known(op.w_T, op.val, repr(op.val))
    if always or op.val is None or isinstance(op.val, bool | int | str | W_Type | W_Func):
        return Known(op.w_T, op.val)
    return None
