"""What a frame of the specialiser has: the code written so far, and what it knows of each local."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal, TypeVar, final

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_types.program.constants import BoolConst, StrConst
from spy_types.syntax import nodes as n
from spy_types.syntax.scopes import Scope
from spy_vm.evaluator.frame import EvalFrame
from spy_vm.exceptions import Raised
from spy_vm.frame.frame import WalkingFrame
from spy_vm.host.exceptions import arguments_of
from spy_vm.objects.closure import Closure
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.modules import W_Module
from spy_vm.objects.operand import UNKNOWN, Operand, W_Type

from spy_redshift.session import Session
from spy_redshift.sharing import Sharing

T = TypeVar("T")


@final
class Loop:
    """A loop being specialised: what was surely assigned where it was left, and how to leave it."""

    def __init__(self, *, unrolled: bool, depth: int) -> None:
        self.unrolled = unrolled
        self.depth = depth
        self.breaks: list[set[str]] = []
        self.broken: str | None = None
        self.continued = False


class ResidualFrame(WalkingFrame, ABC):
    """The frame of a function under specialisation."""

    def __init__(self, spec: Session, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spec = spec
        self.out: list[ir.Stmt] = []  # the block that is being written
        self.open_blocks: list[list[ir.Stmt]] = []  # the blocks around it
        self.depth = 0  # how many there are
        self.ir_locals: dict[str, str] = {}  # types by name in the residual code
        self.ir_names: dict[str, str] = {}  # names in the residual code by name in the source
        self.temporaries: set[str] = set()
        self.assigned: set[str] = set()  # locals that surely have a value here
        self.deleted: set[str] = set()  # locals that the `try` being written deletes
        self.flagged: set[str] = set()  # locals whose flag is read
        self.poisoned: set[str] = set()  # locals whose assignment was wrong
        self.holes: dict[str, tuple[list[ir.Stmt], int]] = {}  # where empty displays stand
        self.loops: list[Loop] = []
        self.returned: list[Operand] = []
        self.inlining: ResidualFrame | None = None  # the frame whose call this body replaces
        self.rename = ""
        self.host: ResidualFrame | None = None  # the frame around, in the same activation
        self.sharing = Sharing()  # variables that inner functions share
        self.cell_places: dict[str, tuple[list[ir.Stmt], int]] = {}  # where cells are made
        self.environment: dict[tuple[int, str], str] = {}  # parameters for what is captured
        self.inferring = False  # only the type of the result matters

    @property
    def root(self) -> "ResidualFrame":
        """The frame of the residual function that this frame writes."""
        frame: ResidualFrame = self
        while (around := frame.host or frame.inlining) is not None:
            frame = around
        return frame

    @abstractmethod
    def known_expr(self, op: Operand) -> ir.Expr | None:
        """Return a known operand that is or holds a function that captures something, None for others."""

    @abstractmethod
    def open_cells(self, node: n.Node) -> None:
        """Keep places for the cells of this activation, whose code is `node`."""

    @abstractmethod
    def own_cell(self, name: str, loc: Loc | None) -> ir.Expr:
        """Return the cell of a variable of this activation, which is made now if this is its first use."""

    @abstractmethod
    def captured_exprs(self, w_func: W_ASTFunc, loc: Loc | None) -> list[ir.Expr]:
        """Return what `w_func` captures, as this frame sees it."""

    @abstractmethod
    def frame_for(self, w_func: W_ASTFunc) -> "ResidualFrame":
        """Return a frame in which the body of `w_func` can be walked."""

    def fix_packs(self, w_func: W_ASTFunc) -> None:
        """Note that nobody assigns the parameters that `*args` and `**kwargs` stand for."""
        for pack in w_func.packs:
            self.temporaries.update(self.ir_names.get(part, part) for part in pack.parts if part is not None)

    def new_frame(  # noqa: PLR0913  # all of them matter to every caller
        self,
        module: W_Module,
        scope: Scope,
        parent: Closure | None,
        ns: str,
        *,
        blue_frame: bool,
        w_func: W_ASTFunc | None = None,
    ) -> EvalFrame:
        return EvalFrame(self.world, module, scope, parent, ns, blue_frame=blue_frame, w_func=w_func)

    def run_function(self, w_func: W_ASTFunc, args: dict[str, Operand]) -> Operand:
        raise NotImplementedError("the specialiser walks bodies itself")

    @property
    def engine(self) -> Literal["eval", "spec"]:
        return "spec"

    @contextmanager
    def speculative(self) -> Iterator[None]:
        saved, self.out = self.out, []
        try:
            yield
        finally:
            self.out = saved

    def capture(self, run: Callable[[], T]) -> tuple[list[ir.Stmt], T]:
        """Run something and return the statements that it emitted, with its result."""
        saved, self.out = self.out, []
        self.depth += 1
        self.open_blocks.append(saved)
        try:
            result = run()
            return self.out, result
        finally:
            self.out = saved
            self.open_blocks.pop()
            self.depth -= 1

    def emit(self, stmt: ir.Stmt) -> None:
        """Append a statement to the residual block."""
        self.out.append(stmt)

    def pos(self, loc: Loc | None) -> ir.Pos:
        """Return `loc` as a position of the program."""
        if loc is None and self.w_func is not None:
            loc = self.w_func.loc
        return self.spec.pos(loc)

    def tid(self, w_T: W_Type, loc: Loc | None = None) -> str:
        """Return the TypeId of `w_T`."""
        return self.spec.types.tid(w_T, loc)

    def expr(self, op: Operand) -> ir.Expr:
        """Return `op` as an expression of the residual code."""
        if op.known and isinstance(op.val, Raised):
            return self._remade(op.val, op.loc)
        if op.known:
            made = self.known_expr(op)
            if made is not None:
                return made
            return ir.Const(
                self.tid(op.w_T, op.loc), self.pos(op.loc), self.spec.image.constant(op.w_T, op.val)
            )
        assert op.expr is not None, op
        return op.expr

    def _remade(self, error: Raised, loc: Loc | None) -> ir.Expr:
        """Return what makes an exception like one that exists early."""
        pos = self.pos(loc)
        texts = [
            ir.Const("str", pos, StrConst(text)) for text in (error.etype, error.message, arguments_of(error))
        ]
        return ir.Prim("exception", pos, "exception_with", tuple(texts))

    def red(self, w_T: W_Type, expr: ir.Expr, loc: Loc | None, declared: Loc | None = None) -> Operand:
        """Return a red operand."""
        return Operand(w_T, UNKNOWN, False, loc, expr, declared)

    def block(self, stmts: list[ir.Stmt], op: Operand) -> ir.Expr:
        """Return `op` preceded by statements."""
        expr = self.expr(op)
        return ir.BlockExpr(expr.t, expr.pos, tuple(stmts), expr) if stmts else expr

    def bool_const(self, value: bool, loc: Loc | None) -> ir.Expr:
        """Return a bool of the residual code."""
        return ir.Const("bool", self.pos(loc), BoolConst(value))
