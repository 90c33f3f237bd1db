"""The hooks by which an engine says what becomes of a red operand: a value now, or code for later."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

from spy_types.loc import Loc
from spy_types.program.nodes import Expr, Pos, Stmt
from spy_types.syntax.scopes import Symbol

from spy_vm.exceptions import Raised
from spy_vm.interface.state import FrameState
from spy_vm.objects.classes import Role, W_ClassType
from spy_vm.objects.closure import Closure
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.modules import Cell
from spy_vm.objects.operand import Operand, W_Type

Compute = Callable[..., Any]
Residual = Callable[[list[Expr], Pos], Expr]
Binding = tuple[Operand | None, tuple[W_Type, Loc | None] | None]  # what a name was, and its declared type
Used = TypeVar("Used", Operand, Operand | None)


class Engine(FrameState, ABC):
    """What the evaluator and the specialiser do differently with values."""

    @property
    @abstractmethod
    def engine(self) -> Literal["eval", "spec"]:
        """Which engine this frame belongs to."""

    @abstractmethod
    def run_red(self, w_func: W_ASTFunc, args: list[Operand], loc: Loc | None) -> Operand:
        """Call a red function with arguments already converted.

        A result without a type could not be inferred, because of an error in the function.
        """

    @abstractmethod
    def call_indirect(self, callee: Operand, args: list[Operand], loc: Loc | None) -> Operand:
        """Call a function value that is not known early."""

    @abstractmethod
    def bind_preset(self, w_func: W_ASTFunc) -> None:
        """Bind the parameters that a variant of a function has fixed."""

    @abstractmethod
    def held(self, holder: Closure | None, op: Operand) -> Operand:
        """Return a default or fixed argument that may be in a temporary of the frame `holder`."""

    @abstractmethod
    def is_shared(self, name: str) -> bool:
        """Whether inner functions share a local through a cell."""

    @abstractmethod
    def run_function(self, w_func: W_ASTFunc, args: dict[str, Operand]) -> Operand:
        """Run the body with `args` bound; return its result."""

    @abstractmethod
    def run_intrinsic(
        self, args: list[Operand], w_T: W_Type, compute: Compute, residual: Residual, loc: Loc | None
    ) -> Operand:
        """Do an operation on operands of which some are red."""

    @abstractmethod
    def fold_failed(
        self, error: Raised, args: list[Operand], w_T: W_Type, residual: Residual, loc: Loc | None
    ) -> Operand:
        """A pure operation on blue operands raised."""

    @abstractmethod
    def run_store(
        self, ptr: Operand, index: Operand | None, path: tuple[str, ...], value: Operand, loc: Loc | None
    ) -> None:
        """Do `ptr[index].path = value`; `value` is already of the field's type."""

    @abstractmethod
    def new_object(self, w_T: W_ClassType, initialise: Callable[[Operand], None], loc: Loc | None) -> Operand:
        """Return a new object that `initialise` has given its fields."""

    @abstractmethod
    def run_virtual(
        self, w_func: W_ASTFunc, name: str, role: Role, args: list[Operand], loc: Loc | None
    ) -> Operand:
        """Call what the class of the first argument has under `name`; the others fit `w_func`."""

    @abstractmethod
    def run_class_constant(self, obj: Operand, name: str, w_T: W_Type, loc: Loc | None) -> Operand:
        """Return the class attribute `name`, a `w_T`, of the class of an object that is not known."""

    @abstractmethod
    def residual_type(self, w_T: W_Type, loc: Loc | None) -> str:
        """Return the name of a type for the residual code."""

    @abstractmethod
    def run_set_attr(self, obj: Operand, name: str, value: Operand, loc: Loc | None) -> None:
        """Do `obj.name = value`; `value` is already of the field's type."""

    # --- variables -----------------------------------------------------------------------------------

    @property
    @abstractmethod
    def looking_ahead(self) -> bool:
        """Whether this walk only finds types: its code goes nowhere."""

    @abstractmethod
    def guess(self, op: Operand, holder: Operand) -> Operand:
        """Return `op`, which is true of the empty `holder` now, perhaps not in the next round of a loop."""

    @abstractmethod
    def write_local(self, name: str, op: Operand, loc: Loc | None) -> None:
        """Bind a red local."""

    @abstractmethod
    def bind_blue(self, name: str, op: Operand) -> None:
        """Bind a blue local."""

    @abstractmethod
    def delete_local(self, name: str, loc: Loc | None) -> None:
        """Unbind a local."""

    @abstractmethod
    def hide_name(self, name: str) -> Binding:
        """Forget the type and the value of a local, which `unbind_name` brings back."""

    @abstractmethod
    def unbind_name(self, name: str, before: Binding, loc: Loc) -> None:
        """End a binding: the name has no value, and the type that it had before."""

    @abstractmethod
    def read_captured(self, owner: Closure, name: str, loc: Loc) -> Operand:
        """Read a name of an enclosing frame."""

    @abstractmethod
    def assign_captured(self, owner: Closure, name: str, op: Operand, loc: Loc, symbol: Symbol) -> None:
        """Rebind a name of an enclosing function."""

    @abstractmethod
    def read_cell(self, cell: Cell, loc: Loc | None) -> Operand:
        """Read a module variable."""

    @abstractmethod
    def write_cell(self, cell: Cell, op: Operand, loc: Loc | None) -> None:
        """Write a module variable; `op` is already of its type."""

    # --- order of evaluation -------------------------------------------------------------------------

    @abstractmethod
    def discard(self, op: Operand) -> None:
        """An operand was evaluated for its effect."""

    @abstractmethod
    def after(self, first: Operand, op: Operand) -> Operand:
        """Return `op`, keeping the effects of `first`, which is not used otherwise."""

    @abstractmethod
    def twice(self, op: Operand) -> tuple[Operand, Operand]:
        """Return `op`, and an operand that reads the same value again later in the same expression."""

    @abstractmethod
    def keep(self, op: Operand, hint: str) -> Operand:
        """Evaluate `op` now, at statement level.

        Return an operand that reads the value any number of times.
        """

    @abstractmethod
    def parts(self, op: Operand, names: tuple[str, ...], loc: Loc) -> list[Operand]:
        """Return the fields of a struct that is used for nothing else."""

    @abstractmethod
    def swapped(self, first: Operand, second: Operand, use: Callable[[Operand, Operand], Used]) -> Used:
        """Return `use(first, second)`, which uses them in another order than they were evaluated in."""

    @abstractmethod
    def in_order(self, evaluated: list[Operand], used: list[Operand]) -> tuple[list[Operand], list[Stmt]]:
        """Make sure that using `used` in its order evaluates `evaluated` in its own.

        Return (operands, prelude).
        """

    @abstractmethod
    def position(self) -> Any:
        """Return where the next statement would be written: expressions may need some in front of them."""

    @abstractmethod
    def evaluated_at(self, ops: list[Operand], position: Any) -> list[Operand]:
        """Return `ops`, evaluated before all statements that were written since `position`."""

    @abstractmethod
    def with_prelude(self, prelude: list[Stmt], op: Operand) -> Operand:
        """Return `op` preceded by what `in_order` had to spill."""

    # --- dynamic -------------------------------------------------------------------------------------

    @abstractmethod
    def to_dynamic(self, op: Operand, w_T: W_Type) -> Operand:
        """Return `op` as dynamic (or object)."""

    @abstractmethod
    def from_dynamic(self, op: Operand, w_T: W_Type) -> Operand:
        """Return the dynamic `op` as a `w_T`, checked."""

    @abstractmethod
    def dynamic_op(
        self, name: str, args: list[Operand], loc: Loc | None, names: Sequence[str] = ()
    ) -> Operand:
        """Do an operation on dynamic operands; the last ones are keyword arguments called `names`."""
