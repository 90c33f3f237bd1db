"""The specialiser: red functions that are reached become functions of Program IR, each once."""

from typing import Any, Literal

from spy_types.errors import Diagnostic, SpyError
from spy_types.loc import Loc, is_library
from spy_types.program import nodes as ir
from spy_types.program.constants import StrConst
from spy_types.program.program import Effects, Function, Param

from spy_redshift.control import ControlFrame
from spy_redshift.image import Image
from spy_redshift.ir_types import TypeTable
from spy_redshift.locals import drop_flags, flag_of
from spy_vm.frame import blame
from spy_vm.frame.flow import Flow
from spy_vm.frame.frame import scope_of
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import Param as W_Param
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.modules import Cell
from spy_vm.objects.operand import UNKNOWN, Operand, blue
from spy_vm.world import World

NO_EFFECTS = Effects(raises=True, allocates=True, pure=False)


class FunctionFrame(ControlFrame):
    """The frame of the function being specialised."""

    def run_function(self, w_func: W_ASTFunc, args: dict[str, Operand]) -> Operand:
        raise NotImplementedError

    def bind_parameter(self, param: W_Param, op: Operand) -> None:
        """Bind a parameter of an inlined function."""
        assert param.w_T is not None
        self.declared[param.name] = (param.w_T, param.loc)
        self.write_local(param.name, op, param.loc)


class Specialiser:
    """State of one redshift. `mode`: eager collects errors, lazy makes them raise when their statement runs."""

    def __init__(self, world: World, mode: Literal["eager", "lazy", "warn"] = "eager") -> None:
        self.world = world
        self.mode = mode
        self.types = TypeTable()
        self.image = Image(self)
        self.errors: list[Diagnostic] = []
        self.warnings: list[Diagnostic] = []
        self.functions: dict[str, Function] = {}
        self.pending: list[W_ASTFunc] = []
        self.requested: dict[str, W_ASTFunc] = {}
        self.asked_from: dict[str, tuple[Loc | None, W_ASTFunc | None]] = {}
        self.cells: dict[str, Cell] = {}
        self.sources: list[str] = []
        self.inline_stack: list[W_ASTFunc] = []
        self._count = 0

    # --- what the frames ask for ---------------------------------------------------------------------

    def request(self, w_func: W_ASTFunc, loc: Loc | None = None, caller: W_ASTFunc | None = None) -> str:
        """Return the FQN of `w_func` in the program; it will be specialised. `caller` asks for it at `loc`."""
        if w_func.fqn not in self.requested:
            self.requested[w_func.fqn] = w_func
            self.asked_from[w_func.fqn] = (loc, caller)
            self.pending.append(w_func)
        return w_func.fqn

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

    def static_error(self, frame: ControlFrame, error: SpyError, loc: Loc) -> Flow:
        """A statement is wrong: report it now, or make it raise when it runs."""
        error = blame.library_call(error, self.user_call(frame.w_func))
        deferrable = all(
            d.etype in ("TypeError", "StaticError") or self.mode == "lazy" for d in error.diagnostics
        )
        if self.mode == "eager" or not deferrable:
            self.errors += [d for d in error.diagnostics if d not in self.errors]
            return Flow.NEXT
        if self.mode == "warn":
            self.warnings += error.diagnostics
        place = error.diagnostic.labels[0].loc if error.diagnostic.labels else loc
        pos = self.pos(place)
        frame.emit(
            ir.Raise(pos, error.diagnostic.etype, ir.Const("str", pos, StrConst(error.diagnostic.title)))
        )
        return Flow.RAISE

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
            clone = W_ASTFunc(
                self.world.unique_fqn(w_func.fqn),
                params,
                w_func.w_result,
                w_func.node,
                w_func.module,
                w_func.closure,
            )
            clone.loc, clone.scope, clone.w_owner = w_func.loc, w_func.scope, w_func.w_owner
            clone.force_inline, clone.display = w_func.force_inline, w_func.display
            clone.preset = {w_func.params[i].name: blue(args[i].w_T, args[i].val, args[i].loc) for i in fixed}
            w_func.variants[key] = clone
        return w_func.variants[key], [arg for i, arg in enumerate(args) if i not in fixed]

    def frame_for(self, w_func: W_ASTFunc) -> FunctionFrame:
        """Return a frame in which the body of `w_func` can be walked."""
        return FunctionFrame(
            self,
            self.world,
            w_func.module,
            scope_of(w_func),
            w_func.closure,
            w_func.fqn,
            blue_frame=False,
            w_func=w_func,
        )

    # --- functions -----------------------------------------------------------------------------------

    def drain(self) -> None:
        """Specialise what was requested, and what that requests."""
        while self.pending:
            w_func = self.pending.pop(0)
            if w_func.fqn not in self.functions:
                self.functions[w_func.fqn] = self.specialise(w_func)

    def specialise(self, w_func: W_ASTFunc) -> Function:
        """Return the residual function of `w_func`."""
        frame = self.frame_for(w_func)
        frame.locals.update(w_func.preset)
        frame.assigned.update(w_func.preset)
        params = []
        for param in w_func.params:
            assert param.w_T is not None
            params.append(Param(param.name, self.types.tid(param.w_T, param.loc)))
            frame.ir_locals[param.name] = params[-1].t
            frame.declared[param.name] = (param.w_T, param.loc)
            frame.locals[param.name] = Operand(param.w_T, UNKNOWN, False, param.loc, None, param.loc)
            frame.assigned.add(param.name)
        frame.declare_classes(w_func.node.body)
        frame.assigned.update(frame.locals)
        flow = frame.exec_block(w_func.node.body)
        try:
            frame.refuse_untyped()
        except SpyError as error:
            self.static_error(frame, error, frame.loc(w_func.node.span))
        if flow is Flow.NEXT and w_func.w_result is not b.W_NONE:
            pos = frame.pos(w_func.loc)
            text = ir.Const("str", pos, StrConst("reached the end of the function without a `return`"))
            frame.emit(ir.Raise(pos, "TypeError", text))
        return self._function(w_func, frame, params)

    def _function(self, w_func: W_ASTFunc, frame: FunctionFrame, params: list[Param]) -> Function:
        assert w_func.w_result is not None
        body = drop_flags(tuple(frame.out), frame.flagged)
        names = {p.name for p in params}
        locals_ = [Param(name, tid) for name, tid in frame.ir_locals.items() if name not in names]
        if frame.flagged:
            pos = frame.pos(w_func.loc)
            flags = [flag_of(name) for name in sorted(frame.flagged)]
            locals_ += [Param(flag, "bool") for flag in flags]
            starts = {p.name for p in params}
            body = (
                *(
                    ir.Assign(pos, flag, frame._bool(flag.removesuffix("$set") in starts, w_func.loc))
                    for flag in flags
                ),
                *body,
            )
        node: Any = w_func.node
        return Function(
            fqn=w_func.fqn,
            display=node.name,
            params=tuple(params),
            result=self.types.tid(w_func.w_result),
            locals=tuple(locals_),
            body=body,
            pos=frame.pos(w_func.loc),
            effects=NO_EFFECTS,
            inline="auto",
            doc=node.docstring,
        )
