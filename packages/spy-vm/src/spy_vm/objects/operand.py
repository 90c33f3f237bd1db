"""Types and operands. They know each other: an operand has a type, the attributes of a type are operands.

An operand is what meets an operator. The same objects are the app-level `operator.MetaArg`.
"""

from typing import TYPE_CHECKING, Any, final

if TYPE_CHECKING:
    from spy_types.loc import Loc
    from spy_types.program.nodes import Expr

    from spy_vm.memory import Shape


class W_Type:
    """A type. `fqn` is unique and is its TypeId in Program IR; `display` is the name users read.

    `attrs` is the class dictionary; `w_base` the supertype; `origin` the generic function that made it.
    """

    identity = True  # whether values have one: `is` makes sense

    def __init__(self, fqn: str, display: str | None = None, w_base: "W_Type | None" = None) -> None:
        self.fqn = fqn
        self.display = display or fqn.removeprefix("builtins::")
        self.w_base = w_base
        self.attrs: dict[str, Operand] = {}
        self.origin: Any = None
        self.origin_args: list[Any] = []
        self.loc: Loc | None = None

    def lookup(self, name: str) -> "Operand | None":
        """Return the attribute `name` of this type or of a supertype."""
        w_T: W_Type | None = self
        while w_T is not None:
            if name in w_T.attrs:
                return w_T.attrs[name]
            w_T = w_T.w_base
        return None

    def is_subtype(self, w_other: "W_Type") -> bool:
        """Whether every value of this type is one of `w_other`."""
        w_T: W_Type | None = self
        while w_T is not None:
            if w_T is w_other:
                return True
            w_T = w_T.w_base
        return False

    @property
    def shape(self) -> "Shape":
        """The tree of scalars that a value has in memory: None for one scalar."""
        return None

    @property
    def leaves(self) -> "tuple[W_Type, ...]":
        """The types of the scalars of `shape`, in order."""
        return (self,)

    def zero(self) -> Any:
        """Return what zeroed memory of this (scalar) type holds."""
        return None

    def __repr__(self) -> str:
        return f"<type {self.fqn}>"


@final
class Unknown:
    """The one instance stands for a value that only run time knows."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = Unknown()


class Operand:
    """A static type, a colour and a value (unboxed), or in its place the residual expression.

    The evaluator always knows the value, whatever the colour; the specialiser knows it iff the
    operand is blue. `declared` is where the name that was read has its type from; `pending` names the local
    that holds an empty display whose type the first use decides; `wide` is the union of which the operand
    is known to be a member; `fresh` is set where a generator function was called right here: whether the
    generator has to be closed.
    """

    __slots__ = ("blue", "declared", "expr", "fresh", "loc", "pending", "val", "w_T", "wide")

    def __init__(  # noqa: PLR0913, PLR0917  # all of them matter to every caller
        self,
        w_T: "W_Type",
        val: Any,
        blue: bool,
        loc: "Loc | None" = None,
        expr: "Expr | None" = None,
        declared: "Loc | None" = None,
    ) -> None:
        self.w_T = w_T
        self.val = val
        self.blue = blue
        self.loc = loc
        self.expr = expr
        self.declared = declared
        self.pending: str | None = None
        self.wide: W_Type | None = None
        self.fresh: bool | None = None

    @property
    def known(self) -> bool:
        """Whether the value is at hand now."""
        return self.val is not UNKNOWN

    def at(self, loc: "Loc | None") -> "Operand":
        """Return this operand as seen at `loc`."""
        moved = Operand(self.w_T, self.val, self.blue, loc, self.expr, self.declared)
        moved.pending = self.pending
        moved.wide = self.wide
        return moved

    def made(self) -> "Operand":
        """Return this operand as a value of its own, which no name waits for."""
        return Operand(self.w_T, self.val, self.blue, self.loc, self.expr, self.declared)

    def __repr__(self) -> str:
        colour = "blue" if self.blue else "red"
        return f"<{colour} {self.w_T.display} {self.val if self.known else self.expr!r}>"


def blue(w_T: "W_Type", val: Any, loc: "Loc | None" = None) -> Operand:
    """Return a blue operand."""
    return Operand(w_T, val, True, loc)
