"""The specialiser's frame: the same walk as the evaluator's; red operands become residual code."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

from spy_types.loc import Loc, Span
from spy_types.program import nodes as ir

from spy_redshift import errors
from spy_redshift.locals import Locals
from spy_vm.dispatch import dynamic
from spy_vm.dispatch.convert import boxed
from spy_vm.exceptions import Raised
from spy_vm.frame.base import Compute, FrameBase, Residual
from spy_vm.frame.memory_ops import is_simple
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.modules import Cell
from spy_vm.objects.operand import UNKNOWN, Operand
from spy_vm.objects.types import W_Type


class SpecFrame(Locals):
    """Calls, memory, order and dynamic operations on red operands."""

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

    # --- calls ---------------------------------------------------------------------------------------

    def run_red(self, w_func: W_ASTFunc, args: list[Operand], loc: Loc | None) -> Operand:
        w_func, args = self.spec.fix_blue_params(w_func, args)
        assert w_func.w_result is not None
        if w_func.force_inline:
            return self.inline(w_func, args, loc)
        exprs = tuple(self.expr(arg) for arg in args)
        fqn = self.spec.request(w_func, loc, self.w_func)
        return self.red(
            w_func.w_result, ir.Call(self.tid(w_func.w_result, loc), self.pos(loc), fqn, exprs), loc
        )

    def run_intrinsic(
        self, args: list[Operand], w_T: W_Type, compute: Compute, residual: Residual, loc: Loc | None
    ) -> Operand:
        self.tid(w_T, loc)
        return self.red(w_T, residual([self.expr(arg) for arg in args], self.pos(loc)), loc)

    def fold_failed(
        self, error: Raised, args: list[Operand], w_T: W_Type, residual: Residual, loc: Loc | None
    ) -> Operand:
        return self.run_intrinsic(args, w_T, lambda: None, residual, loc)

    def run_store(
        self,
        ptr: Operand,
        index: Operand | None,
        path: tuple[str, ...],
        value: Operand,
        offset: int,
        w_T: W_Type,
        loc: Loc | None,
    ) -> None:
        position = None if index is None else self.expr(index)
        base = self.expr(ptr)
        if isinstance(base, ir.AddrOf) and position is None and path:
            self.emit(ir.Store(self.pos(loc), base.ptr, base.index, (*base.path, *path), self.expr(value)))
            return
        self.emit(ir.Store(self.pos(loc), base, position, path, self.expr(value)))

    def _call_indirect(self, callee: Operand, args: list[Operand], loc: Loc | None) -> Operand:
        w_T: Any = callee.w_T
        converted = [self.convert(arg, w_P) for arg, w_P in zip(args, w_T.params, strict=True)]
        node = ir.CallIndirect(
            self.tid(w_T.w_result), self.pos(loc), self.expr(callee), tuple(map(self.expr, converted))
        )
        return self.red(w_T.w_result, node, loc)

    # --- variables of modules and of enclosing functions ---------------------------------------------

    def read_cell(self, cell: Cell, loc: Loc | None) -> Operand:
        self.spec.use_cell(cell)
        return self.red(
            cell.w_T, ir.GlobalGet(self.tid(cell.w_T, loc), self.pos(loc), cell.fqn), loc, cell.loc
        )

    def write_cell(self, cell: Cell, op: Operand, loc: Loc | None) -> None:
        self.spec.use_cell(cell)
        self.emit(ir.GlobalSet(self.pos(loc), cell.fqn, self.expr(op)))

    def read_captured(self, owner: FrameBase, name: str, loc: Loc) -> Operand:
        found = owner.locals.get(name)
        if found is None:
            return owner.read_local(name, loc)
        if found.blue:
            return found.at(loc)
        raise errors.red_capture(name, loc, found.declared or found.loc)

    def assign_captured(self, owner: FrameBase, name: str, op: Operand, loc: Loc) -> None:
        found = owner.locals.get(name)
        raise errors.red_capture(name, loc, found.loc if found is not None else None)

    # --- order of evaluation -------------------------------------------------------------------------

    def discard(self, op: Operand) -> None:
        if not op.known and op.expr is not None and not is_simple(op.expr):
            self.emit(ir.Eval(op.expr.pos, op.expr))

    def after(self, first: Operand, op: Operand) -> Operand:
        self.discard(first)
        return op

    def twice(self, op: Operand) -> tuple[Operand, Operand]:
        if op.known or self.is_temporary(op):
            return op, op
        name = self.temporary(op.w_T, "t")
        tid = self.tid(op.w_T, op.loc)
        assigned = ir.AssignExpr(tid, self.pos(op.loc), name, self.expr(op))
        return self.red(op.w_T, assigned, op.loc, op.declared), self.temporary_operand(name, op)

    def keep(self, op: Operand, hint: str) -> Operand:
        if op.known or self.is_temporary(op):
            return op
        name = self.temporary(op.w_T, hint)
        self.emit(ir.Assign(self.pos(op.loc), name, self.expr(op)))
        return self.temporary_operand(name, op)

    def swapped(
        self, first: Operand, second: Operand, use: Callable[[Operand, Operand], Operand | None]
    ) -> Operand | None:
        if all(op.known or (op.expr is not None and is_simple(op.expr)) for op in (first, second)):
            return use(first, second)
        if first.known or second.known:
            return use(first, second)
        used, prelude = self._spill([first, second], [first, second])
        result = use(*used)
        return None if result is None else self.with_prelude(prelude, result)

    def in_order(self, evaluated: list[Operand], used: list[Operand]) -> tuple[list[Operand], list[Any]]:
        wanted = [id(op.expr) for op in evaluated if not op.known]
        order = [id(op.expr) for op in used if not op.known and id(op.expr) in wanted]
        effects = [
            id(op.expr) for op in evaluated if not op.known and op.expr is not None and not is_simple(op.expr)
        ]
        if not effects or order == wanted:
            return used, []
        return self._spill(evaluated, used)

    def _spill(self, evaluated: list[Operand], used: list[Operand]) -> tuple[list[Operand], list[Any]]:
        prelude: list[ir.Stmt] = []
        kept: dict[int, Operand] = {}
        for op in evaluated:
            if not op.known and id(op.expr) not in kept:
                name = self.temporary(op.w_T, "t")
                prelude.append(ir.Assign(self.pos(op.loc), name, self.expr(op)))
                kept[id(op.expr)] = self.temporary_operand(name, op)
        return [kept.get(id(op.expr), op) if not op.known else op for op in used], prelude

    def with_prelude(self, prelude: list[Any], op: Operand) -> Operand:
        if not prelude:
            return op
        if op.known:
            for stmt in prelude:
                self.emit(stmt)
            return op
        expr = self.expr(op)
        block = ir.BlockExpr(expr.t, expr.pos, tuple(prelude), expr)
        return self.red(op.w_T, block, op.loc, op.declared)

    def assign_expr(self, name: str, op: Operand, span: Span) -> Operand:
        saved, self.out = self.out, []
        self.assign_name(name, op, span)
        stmts, self.out = self.out, saved
        return self.with_prelude(list(stmts), self.read_name(name, span))

    # --- dynamic -------------------------------------------------------------------------------------

    def to_dynamic(self, op: Operand, w_T: W_Type) -> Operand:
        if op.known:
            if op.w_T in b.BLUE_ONLY:
                return op
            return Operand(w_T, boxed(op), op.blue, op.loc, None, op.declared)
        return self.red(w_T, ir.ToDynamic("dynamic", self.pos(op.loc), self.expr(op)), op.loc, op.declared)

    def from_dynamic(self, op: Operand, w_T: W_Type) -> Operand:
        if op.known and op.val is not None and op.val.t == w_T.fqn:
            return Operand(w_T, op.val.value, op.blue, op.loc, None, op.declared)
        node = ir.FromDynamic(self.tid(w_T, op.loc), self.pos(op.loc), self.expr(op))
        return self.red(w_T, node, op.loc, op.declared)

    def dynamic_op(self, name: str, args: list[Operand], loc: Loc | None) -> Operand:
        if all(arg.blue for arg in args):
            return dynamic.dynamic_op(self, name, args, loc)
        w_T = dynamic.RESULTS.get(name, b.W_DYNAMIC)
        exprs = []
        for arg in args:
            op = arg if arg.w_T in (b.W_DYNAMIC, b.W_OBJECT) else self.to_dynamic(arg, b.W_DYNAMIC)
            exprs.append(self.expr(op))
        return self.red(w_T, ir.DynamicOp(self.tid(w_T), self.pos(loc), name, tuple(exprs)), loc)

    def red(self, w_T: W_Type, expr: ir.Expr, loc: Loc | None, declared: Loc | None = None) -> Operand:
        """Return a red operand."""
        return Operand(w_T, UNKNOWN, False, loc, expr, declared)
