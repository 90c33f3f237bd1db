"""The frame around a function, as the function remembers it: names that it may capture."""

from abc import ABC, abstractmethod

from spy_types.loc import Loc
from spy_types.syntax.scopes import Scope, Symbol

from spy_vm.objects.operand import Operand, W_Type
from spy_vm.objects.type_variables import TypeVariable


class Closure(ABC):
    """A scope with values. Every frame is one; functions and classes keep the frame they were defined in."""

    scope: Scope
    parent: "Closure | None"
    locals: dict[str, Operand]
    class_type: W_Type | None
    self_type: W_Type | None
    type_bindings: dict[TypeVariable, Operand]

    @abstractmethod
    def read_local(self, name: str, loc: Loc | None) -> Operand:
        """Read a local of this frame."""

    @abstractmethod
    def assign_local(self, name: str, op: Operand, loc: Loc, symbol: Symbol) -> None:
        """Bind a local of a red function: its first assignment gives the type, the symbol the colour."""
