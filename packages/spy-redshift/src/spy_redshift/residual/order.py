"""Order of evaluation: what code uses in another order than it was evaluated in goes through temporaries."""

from collections.abc import Callable
from typing import Any

from spy_types.loc import Span
from spy_types.program import nodes as ir
from spy_vm.frame.simple import is_simple
from spy_vm.interface.engine import Used
from spy_vm.objects.operand import Operand

from spy_redshift.passes.hoist_yields import is_suspending
from spy_redshift.residual.temporaries import Temporaries


class Order(Temporaries):
    """Left to right, once."""

    def discard(self, op: Operand) -> None:
        if isinstance(op.expr, ir.BlockExpr) and is_suspending(op.expr):
            self.out += op.expr.body
            op = self.red(op.w_T, op.expr.value, op.loc)
        if not op.known and op.expr is not None and not is_simple(op.expr):
            self.emit(ir.Eval(op.expr.pos, op.expr))

    def after(self, first: Operand, op: Operand) -> Operand:
        if op.known or first.known or first.expr is None or is_simple(first.expr):
            self.discard(first)
            return op
        return self.with_prelude([ir.Eval(first.expr.pos, first.expr)], op)

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

    def swapped(self, first: Operand, second: Operand, use: Callable[[Operand, Operand], Used]) -> Used:
        if all(op.known or (op.expr is not None and is_simple(op.expr)) for op in (first, second)):
            return use(first, second)
        if first.known or second.known:
            return use(first, second)
        used, prelude = self._spill([first, second], [first, second])
        result = use(*used)
        return None if result is None else self.with_prelude(prelude, result)

    def in_order(self, evaluated: list[Operand], used: list[Operand]) -> tuple[list[Operand], list[ir.Stmt]]:
        wanted = [id(op.expr) for op in evaluated if not op.known]
        order = [id(op.expr) for op in used if not op.known and id(op.expr) in wanted]
        effects = [
            id(op.expr) for op in evaluated if not op.known and op.expr is not None and not is_simple(op.expr)
        ]
        if not effects or order == wanted:
            return used, []
        return self._spill(evaluated, used)

    def position(self) -> Any:
        return self.out, len(self.out)

    def evaluated_at(self, ops: list[Operand], position: Any) -> list[Operand]:
        block, start = position
        if self.out is not block or len(block) == start:
            return ops
        assigned: list[ir.Stmt] = []
        result = []
        for op in ops:
            if op.known or op.expr is None or is_simple(op.expr) or self.is_temporary(op):
                result.append(op)
                continue
            name = self.temporary(op.w_T, "t")
            assigned.append(ir.Assign(self.pos(op.loc), name, self.expr(op)))
            result.append(self.temporary_operand(name, op))
        block[start:start] = assigned
        for held, (where, index) in self.holes.items():
            if where is block and index >= start:
                self.holes[held] = (where, index + len(assigned))
        return result

    def with_prelude(self, prelude: list[ir.Stmt], op: Operand) -> Operand:
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
        return self.with_prelude(stmts, self.narrow((name,), self.read_name(name, span)))

    def _spill(self, evaluated: list[Operand], used: list[Operand]) -> tuple[list[Operand], list[ir.Stmt]]:
        prelude: list[ir.Stmt] = []
        kept: dict[int, Operand] = {}
        for op in evaluated:
            if not op.known and id(op.expr) not in kept:
                name = self.temporary(op.w_T, "t")
                prelude.append(ir.Assign(self.pos(op.loc), name, self.expr(op)))
                kept[id(op.expr)] = self.temporary_operand(name, op)
        return [kept.get(id(op.expr), op) if not op.known else op for op in used], prelude
