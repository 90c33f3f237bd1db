"""What every frame has: its scope, its names, and the hooks by which an engine says what red operands do."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from spy_types.loc import Loc, Span
from spy_types.program.nodes import Expr, Pos
from spy_types.syntax.scopes import Scope

from spy_vm.exceptions import Raised
from spy_vm.frame.flow import Flow
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.modules import Cell, W_Module
from spy_vm.objects.operand import Operand
from spy_vm.objects.types import W_StructType, W_Type

if TYPE_CHECKING:
    from spy_vm.world import World

Compute = Callable[..., Any]
Residual = Callable[[list[Expr], Pos], Expr]


class FrameBase(ABC):
    """State of one activation. `blue_frame`: everything in it is blue (module and class bodies, blue functions)."""

    def __init__(
        self,
        world: "World",
        module: W_Module,
        scope: Scope,
        parent: "FrameBase | None",
        ns: str,
        *,
        blue_frame: bool,
        w_func: W_ASTFunc | None = None,
    ) -> None:
        self.world = world
        self.module = module
        self.scope = scope
        self.parent = parent
        self.ns = ns
        self.blue_frame = blue_frame
        self.w_func = w_func
        self.locals: dict[str, Operand] = {}
        self.declared: dict[str, tuple[W_Type, Loc | None]] = {}
        self.result: Operand | None = None
        self.class_fields: dict[str, W_Type] | None = None
        self.field_locs: dict[str, Loc] = {}
        self.class_type: W_Type | None = None
        self.forwards: dict[int, W_StructType] = {}
        assert module.syntax is not None or parent is None
        self.file = module.syntax.path if module.syntax is not None else module.name

    def loc(self, span: Span) -> Loc:
        """Return `span` in this frame's file."""
        return Loc(self.file, span.line, span.col, span.end_line, span.end_col)

    @contextmanager
    def speculative(self) -> Iterator[None]:
        """Look something up without leaving a trace in the residual program."""
        yield

    # --- hooks: what an engine decides ---------------------------------------------------------------

    @abstractmethod
    def run_red(self, w_func: W_ASTFunc, args: list[Operand], loc: Loc | None) -> Operand:
        """Call a red function with arguments already converted."""

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
    def write_local(self, name: str, op: Operand, loc: Loc | None) -> None:
        """Bind a red local."""

    @abstractmethod
    def bind_blue(self, name: str, op: Operand) -> None:
        """Bind a blue local."""

    @abstractmethod
    def read_local(self, name: str, loc: Loc | None) -> Operand:
        """Read a local of this frame."""

    @abstractmethod
    def delete_local(self, name: str, loc: Loc | None) -> None:
        """Unbind a local."""

    @abstractmethod
    def read_cell(self, cell: Cell, loc: Loc | None) -> Operand:
        """Read a module variable."""

    @abstractmethod
    def write_cell(self, cell: Cell, op: Operand, loc: Loc | None) -> None:
        """Write a module variable; `op` is already of its type."""

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
        """Evaluate `op` now, at statement level; return an operand that reads the value any number of times."""

    @abstractmethod
    def swapped(
        self, first: Operand, second: Operand, use: Callable[[Operand, Operand], Operand | None]
    ) -> Operand | None:
        """Return `use(first, second)`, which uses them in another order than they were evaluated in."""

    @abstractmethod
    def in_order(self, evaluated: list[Operand], used: list[Operand]) -> tuple[list[Operand], list[Any]]:
        """Make sure that using `used` in its order evaluates `evaluated` in its own; return (operands, prelude)."""

    @abstractmethod
    def with_prelude(self, prelude: list[Any], op: Operand) -> Operand:
        """Return `op` preceded by what `in_order` had to spill."""

    @abstractmethod
    def branch(self, cond: Operand, then: Callable[[], Flow], orelse: Callable[[], Flow], loc: Loc) -> Flow:
        """Run one of two blocks by a condition whose value is not known early."""

    @abstractmethod
    def select(
        self, cond: Operand, then: Callable[[Any], Operand], orelse: Callable[[Any], Operand], loc: Loc
    ) -> Operand:
        """Return one of two operands by a condition, in the type where both meet; they are asked for with a frame."""

    @abstractmethod
    def loop(
        self, cond: Callable[[], Operand], body: Callable[[], Flow], orelse: Callable[[], Flow], loc: Loc
    ) -> Flow:
        """Run a while loop."""

    @abstractmethod
    def range_loop(
        self,
        target: str,
        bounds: tuple[Operand, Operand, Operand],
        body: Callable[[], Flow],
        orelse: Callable[[], Flow],
        loc: Loc,
    ) -> Flow:
        """Run a loop over a range, assigning the name `target`."""

    @abstractmethod
    def unrolled(self, bodies: list[Callable[[], Flow]], orelse: Callable[[], Flow], loc: Loc) -> Flow:
        """Run loop bodies that are known one by one."""

    @abstractmethod
    def return_value(self, op: Operand, loc: Loc) -> Flow:
        """Return `op`, already converted, from the function."""

    @abstractmethod
    def raise_exception(self, etype: str, message: Operand | None, loc: Loc) -> Flow:
        """Raise an exception of the program."""

    @abstractmethod
    def to_dynamic(self, op: Operand, w_T: W_Type) -> Operand:
        """Return `op` as dynamic (or object)."""

    @abstractmethod
    def from_dynamic(self, op: Operand, w_T: W_Type) -> Operand:
        """Return the dynamic `op` as a `w_T`, checked."""

    @abstractmethod
    def dynamic_op(self, name: str, args: list[Operand], loc: Loc | None) -> Operand:
        """Do an operation on dynamic operands."""

    @property
    @abstractmethod
    def engine(self) -> Literal["eval", "spec"]:
        """Which engine this frame belongs to."""
