"""What one redshift knows: types, the live image, the functions that were asked for, the errors found."""

from typing import Any, Literal

from spy_types.errors import Diagnostic, SpyError
from spy_types.loc import Loc, is_library
from spy_types.program import nodes as ir
from spy_types.program.constants import StrConst
from spy_types.syntax.scopes import Scope
from spy_vm.frame import blame
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import Role, W_ClassType
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.modules import Cell, W_Module
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_PtrType, W_StructType
from spy_vm.registry.registry import Registry

from spy_redshift.image import Image
from spy_redshift.ir_types import TypeTable
from spy_redshift.question import Asked, Question

Mode = Literal["eager", "lazy", "warn"]


class Session:
    """State of one redshift.

    `mode`: eager collects errors, lazy makes them raise when their statement runs.
    """

    def __init__(self, world: Registry, mode: Mode = "eager") -> None:
        self.world = world
        self.mode = mode
        self.types = TypeTable(world)
        self.image = Image(world, self.types, self.request, self.note_made, self.note_held)
        self.errors: list[Diagnostic] = []
        self.warnings: list[Diagnostic] = []
        self.pending: list[W_ASTFunc] = []
        self.requested: dict[str, W_ASTFunc] = {}
        self.asked_from: dict[str, tuple[Loc | None, W_ASTFunc | None]] = {}
        self.cells: dict[str, Cell] = {}
        self.sources: list[str] = []
        self.captured: dict[W_ASTFunc, list[Any]] = {}  # see `residual.captured`
        self.early_cells: dict[tuple[int, str], tuple[Any, Operand]] = {}  # of functions that ran early
        self.methods: dict[
            tuple[W_ClassType, str, Role, W_Type | None], W_ASTFunc | W_Type
        ] = {}  # that are called virtually
        self.converter: Frame | None = None  # a frame in which constants can be converted
        self.made: dict[W_ClassType, None] = {}  # classes that the program makes objects of
        self.held: dict[W_Type, None] = {}  # types of what the program makes dynamic
        self.questions: dict[Question, Asked] = {}  # that it asks of dynamic values
        self.tolerant = False  # whether a wrong statement is wrong only where it is reached
        self.tolerated: set[str] = set()  # functions that only the answers reach
        self.inline_stack: list[W_ASTFunc] = []
        self.deferred = False  # whether an error became a `raise`
        self._count = 0
        self._cell_types: dict[W_Type, W_PtrType] = {}

    def request(self, w_func: W_ASTFunc, loc: Loc | None = None, caller: W_ASTFunc | None = None) -> str:
        """Return the FQN of `w_func` in the program; it will be specialised.

        `caller` asks for it at `loc`.
        """
        if w_func.fqn not in self.requested:
            self.requested[w_func.fqn] = w_func
            self.asked_from[w_func.fqn] = (loc, caller)
            self.pending.append(w_func)
            if self.tolerant and not is_plain_user_code(w_func):
                self.tolerated.add(w_func.fqn)
        return w_func.fqn

    def cell_type(self, w_T: W_Type) -> W_PtrType:
        """Return the type of pointers to cells that hold a `w_T`."""
        if w_T not in self._cell_types:
            w_cell = W_StructType(f"types::cell[{w_T.fqn}]", f"cell[{w_T.display}]")
            w_cell.define({"value": w_T, "set": b.W_BOOL})
            self._cell_types[w_T] = W_PtrType("gc", w_cell)
        return self._cell_types[w_T]

    def note_made(self, w_T: W_Type) -> None:
        """Note that the program has objects of class `w_T`."""
        assert isinstance(w_T, W_ClassType)
        self.made.setdefault(w_T, None)

    def note_held(self, w_T: W_Type) -> None:
        """Note that the program has dynamic values of type `w_T`."""
        self.held.setdefault(w_T, None)

    def ask(
        self, question: Question, w_result: W_Type, loc: Loc | None, module: W_Module, scope: Scope
    ) -> Asked:
        """Return what will answer a question about dynamic values."""
        if question not in self.questions:
            fqn = f"dynamic::{question.name}#{len(self.questions)}"
            self.questions[question] = Asked(fqn, w_result, loc, module, scope)
        return self.questions[question]

    def use_cell(self, cell: Cell) -> None:
        """Note that a module variable is used at run time."""
        self.cells.setdefault(cell.fqn, cell)

    def pos(self, loc: Loc | None) -> ir.Pos:
        """Return `loc` as a position."""
        if loc is None:
            return ir.Pos(0, 1, 1, 1, 1)
        if loc.file not in self.sources:
            self.sources.append(loc.file)
        return ir.Pos(self.sources.index(loc.file), loc.line, loc.col, loc.end_line, loc.end_col)

    def fresh_local(self, hint: str) -> str:
        """Return a name that no other local has."""
        self._count += 1
        return f"${hint}{self._count}"

    def static_error(self, w_func: W_ASTFunc | None, error: SpyError, loc: Loc) -> ir.Stmt | None:
        """A statement of `w_func` is wrong.

        Note it, or return what raises the error when the statement runs.
        """
        error = blame.library_call(error, self.user_call(w_func))
        if w_func is not None and made_by_blue_code(w_func):
            error = blame.because(error, self.asked_from.get(w_func.fqn, (None, None))[0], "called here")
        if self.mode == "eager" and not self.tolerant:
            self.errors += [d for d in error.diagnostics if d not in self.errors]
            return None
        self.deferred = True
        if self.mode == "warn" and not self.tolerant:
            self.warnings += error.diagnostics
        place = error.diagnostic.labels[0].loc if error.diagnostic.labels else loc
        pos = self.pos(place)
        return ir.Raise(pos, error.diagnostic.etype, ir.Const("str", pos, StrConst(error.diagnostic.title)))

    def user_call(self, w_func: W_ASTFunc | None) -> Loc | None:
        """Return where the user's code asked for a function of the library, directly or not."""
        while w_func is not None:
            loc, w_func = self.asked_from.get(w_func.fqn, (None, None))
            if loc is not None and not is_library(loc.file):
                return loc
        return None

    def fix_blue_params(self, w_func: W_ASTFunc, args: list[Operand]) -> tuple[W_ASTFunc, list[Operand]]:
        """Arguments that exist early only are fixed: a variant of the function for each value."""
        fixed = {
            i
            for i, p in enumerate(w_func.params)
            if p.w_T in b.BLUE_ONLY and args[i].known and p.w_T is not b.W_OBJECT
        }
        if not fixed:
            return w_func, args
        key = tuple((i, args[i].w_T, id(args[i].val)) for i in sorted(fixed))
        if key not in w_func.variants:
            params = [p for i, p in enumerate(w_func.params) if i not in fixed]
            clone = w_func.copy(self.world.unique_fqn(w_func.fqn), params)
            clone.preset |= {
                w_func.params[i].name: blue(args[i].w_T, args[i].val, args[i].loc) for i in fixed
            }
            w_func.variants[key] = clone
        return w_func.variants[key], [arg for i, arg in enumerate(args) if i not in fixed]


def is_plain_user_code(w_func: W_ASTFunc) -> bool:
    """Whether the user wrote `w_func` as it is: it is wrong whoever calls it."""
    written = w_func.loc is not None and not is_library(w_func.loc.file)
    return written and not made_by_blue_code(w_func) and not w_func.fqn.startswith("dynamic::")


def made_by_blue_code(w_func: W_ASTFunc) -> bool:
    """Whether `w_func` was defined by a blue call: what it does depends on who asked for it."""
    outer = w_func.closure
    return isinstance(outer, Frame) and outer.blue_frame and outer.w_func is not None
