"""Operands: what meets an operator. The same objects are the app-level `operator.MetaArg`."""

from typing import TYPE_CHECKING, Any, final

if TYPE_CHECKING:
    from spy_types.loc import Loc
    from spy_types.program.nodes import Expr

    from spy_vm.objects.types import W_Type


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
    that holds an empty display whose type the first use decides.
    """

    __slots__ = ("blue", "declared", "expr", "loc", "pending", "val", "w_T")

    def __init__(
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

    @property
    def known(self) -> bool:
        """Whether the value is at hand now."""
        return self.val is not UNKNOWN

    def at(self, loc: "Loc | None") -> "Operand":
        """Return this operand as seen at `loc`."""
        moved = Operand(self.w_T, self.val, self.blue, loc, self.expr, self.declared)
        moved.pending = self.pending
        return moved

    def __repr__(self) -> str:
        colour = "blue" if self.blue else "red"
        return f"<{colour} {self.w_T.display} {self.val if self.known else self.expr!r}>"


def blue(w_T: "W_Type", val: Any, loc: "Loc | None" = None) -> Operand:
    """Return a blue operand."""
    return Operand(w_T, val, True, loc)
