"""The hooks by which an engine says how code branches, repeats and leaves."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self, final

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm.interface.flow import Flow
from spy_vm.interface.state import FrameState
from spy_vm.objects.operand import Operand, W_Type

Block = Callable[[], Flow]


@final
@dataclass(frozen=True, slots=True)
class Handler:
    """What runs, with the exception, when one of `types`, or one below them, is caught.

    `name` is what the program calls it, or None.
    """

    types: tuple[str, ...]
    name: str | None
    loc: Loc
    run: Callable[[Operand], Flow]


class Control(FrameState, ABC):
    """What the evaluator and the specialiser do differently with blocks of statements."""

    @abstractmethod
    def branch(self, cond: Operand, then: Block, orelse: Block, loc: Loc) -> Flow:
        """Run one of two blocks by a condition whose value is not known early."""

    @abstractmethod
    def select(
        self,
        cond: Operand,
        then: Callable[[Self], Operand],
        orelse: Callable[[Self], Operand],
        loc: Loc,
        *,
        mixed: bool = False,
    ) -> Operand:
        """Return one of two operands by a condition, in the type where both meet.

        They are asked for with a frame. `mixed`: types that do not meet make a union.
        """

    @abstractmethod
    def other_end(
        self, run: Callable[[Self], Flow], narrowed: dict[tuple[str, ...], W_Type], key: tuple[object, ...]
    ) -> list[dict[tuple[str, ...], W_Type]]:
        """Return what would be known at the end of the branch not taken, if it has one.

        It starts at `narrowed`; `key` names the branch.
        """

    @abstractmethod
    def surely_bound(self, names: list[str]) -> None:
        """A test that has passed has bound `names`."""

    @abstractmethod
    def each_member(
        self, op: Operand, use: Callable[[Self, Operand], Operand], what: tuple[object, ...], loc: Loc | None
    ) -> Operand:
        """Return `use` of the member that the union `op` holds, in the type where the results of all meet.

        `what` tells apart what else is done to a union at `loc`.
        """

    @abstractmethod
    def loop(self, cond: Callable[[], Operand], body: Block, orelse: Block, loc: Loc) -> Flow:
        """Run a while loop."""

    @abstractmethod
    def range_loop(
        self, target: str, bounds: tuple[Operand, Operand, Operand], body: Block, orelse: Block, loc: Loc
    ) -> Flow:
        """Run a loop over a range, assigning the name `target`."""

    @abstractmethod
    def unrolled(self, bodies: list[Block], orelse: Block, loc: Loc) -> Flow:
        """Run loop bodies that are known one by one."""

    @abstractmethod
    def bind_unrolled(self, target: n.Expr, op: Operand) -> None:
        """Bind the target of an unrolled round: blue if the item is."""

    @abstractmethod
    def leave_loop(self, flow: Flow, loc: Loc) -> Flow:
        """Do `break` or `continue`."""

    @abstractmethod
    def return_value(self, op: Operand, loc: Loc) -> Flow:
        """Return `op`, already converted, from the function."""

    @abstractmethod
    def raise_object(self, error: Operand, cause: Operand | None, quiet: bool, loc: Loc) -> Flow:
        """Raise the exception `error` from `cause`; `quiet`: from None."""

    @abstractmethod
    def raise_exception(self, etype: str, message: Operand | None, loc: Loc) -> Flow:
        """Raise an exception of the program."""

    @abstractmethod
    def try_block(
        self, body: Block, handlers: list[Handler], orelse: Block, finalbody: Block | None, loc: Loc
    ) -> Flow:
        """Run a try statement."""

    @abstractmethod
    def reraise(self, loc: Loc) -> Flow:
        """Raise the exception of the innermost handler again."""

    @abstractmethod
    def run_yield(self, op: Operand, w_sent: W_Type, loc: Loc) -> Operand:
        """Hand `op`, already converted, to whoever advances this generator; return what is sent back."""

    @abstractmethod
    def delegate(self, iterable: Operand, loc: Loc) -> Operand:
        """Do `yield from iterable`, an expression whose loop is a statement."""

    @abstractmethod
    def stepping(self, loc: Loc | None) -> Callable[..., bool]:
        """Return what advances a generator now."""

    @abstractmethod
    def close_generator(self, op: Operand, loc: Loc | None) -> None:
        """Run pending `finally` blocks of a generator; it is at its end."""

    @abstractmethod
    def block_value(self, body: tuple[n.Stmt, ...], value: n.Expr) -> Operand:
        """Run statements inside an expression, then return the value."""

    @abstractmethod
    def in_comprehension(self, node: n.Node, scope_id: int, run: Callable[[Any], Operand]) -> Operand:
        """Return what `run` makes in a frame for the scope of a comprehension, inside this activation."""

    @abstractmethod
    def static_type(self, node: n.Expr, loc: Loc) -> W_Type | None:
        """Return the type that `node` has before it is run, if this engine would not know it otherwise."""
