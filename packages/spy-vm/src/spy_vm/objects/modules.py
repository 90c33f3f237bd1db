"""Modules, and the cells that hold their variables."""

from typing import TYPE_CHECKING, Any, final

if TYPE_CHECKING:
    from spy_types.loc import Loc, Span
    from spy_types.syntax.module import SyntaxModule
    from spy_types.syntax.nodes import IntLit

    from spy_vm.objects.operand import Operand
    from spy_vm.objects.types import W_Type


@final
class Cell:
    """A `var` of a module: the one thing that changes at run time. Shared with the executor."""

    __slots__ = ("fqn", "loc", "value", "w_T")

    def __init__(self, fqn: str, w_T: "W_Type", value: Any, loc: "Loc | None") -> None:
        self.fqn = fqn
        self.w_T = w_T
        self.value = value
        self.loc = loc


@final
class W_Module:
    """A module: its names with their blue values, or cells."""

    def __init__(self, name: str, syntax: "SyntaxModule | None") -> None:
        self.name = name
        self.syntax = syntax
        self.attrs: dict[str, Operand | Cell] = {}
        self.locs: dict[str, Loc] = {}
        self.poisoned: set[str] = set()  # names whose binding was reported as wrong
        self.places: dict[int, tuple[Span, Loc]] = {}  # by the identity of the span, which is kept
        self.literals: dict[int, tuple[IntLit, Operand]] = {}

    def __repr__(self) -> str:
        return f"<module {self.name}>"
