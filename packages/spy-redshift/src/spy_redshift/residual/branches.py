"""Branches: both sides are specialised, what is assigned on both is assigned after."""

from collections.abc import Callable
from typing import Self

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_types.program.constants import BoolConst
from spy_vm import errors as vm_errors
from spy_vm.frame.meeting import meeting_type
from spy_vm.interface.control import Block
from spy_vm.interface.flow import Flow
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.objects.types import W_UnionType

from spy_redshift.residual.order import Order
from spy_redshift.residual.state import Loop


class Branches(Order):
    """`if`, and expressions that choose."""

    def branch(self, cond: Operand, then: Block, orelse: Block, loc: Loc) -> Flow:
        test = self.expr(cond)
        before = set(self.assigned)
        then_out, then_flow = self.capture(then)
        after_then, self.assigned = self.assigned, set(before)
        else_out, else_flow = self.capture(orelse)
        after_else = self.assigned
        self.emit(ir.If(self.pos(loc), test, tuple(then_out), tuple(else_out)))
        if then_flow is not Flow.NEXT and else_flow is not Flow.NEXT:
            return then_flow
        if then_flow is not Flow.NEXT:
            self.assigned = after_else
        elif else_flow is not Flow.NEXT:
            self.assigned = after_then
        else:
            self.assigned = after_then & after_else
        return Flow.NEXT

    def select(
        self,
        cond: Operand,
        then: Callable[[Self], Operand],
        orelse: Callable[[Self], Operand],
        loc: Loc,
        *,
        mixed: bool = False,
    ) -> Operand:
        if cond.known:
            return then(self) if cond.val else orelse(self)
        test = self.expr(cond)
        before = set(self.assigned)
        then_out, then_op = self.capture(lambda: then(self))
        self.assigned = set(before)
        else_out, else_op = self.capture(lambda: orelse(self))
        self.assigned = before
        then_op, else_op = self.settled_function(then_op), self.settled_function(else_op)
        w_T = meeting_type(self, then_op, else_op, mixed=mixed)
        if w_T is None:
            raise vm_errors.no_common_type(then_op, else_op, "branches")
        more_then, then_op = self.capture(lambda: self.convert(then_op, w_T))
        more_else, else_op = self.capture(lambda: self.convert(else_op, w_T))
        yes, no = self.block([*then_out, *more_then], then_op), self.block([*else_out, *more_else], else_op)
        pos = self.pos(loc)
        if w_T is b.W_BOOL and is_const_bool(no, False):
            return self.red(w_T, ir.And("bool", pos, test, yes), loc)
        if w_T is b.W_BOOL and is_const_bool(yes, True):
            return self.red(w_T, ir.Or("bool", pos, test, no), loc)
        if w_T is b.W_NONE:
            self.emit(ir.If(pos, test, (ir.Eval(pos, yes),), (ir.Eval(pos, no),)))
            return Operand(b.W_NONE, None, False, loc)
        return self.red(w_T, ir.IfExp(self.tid(w_T, loc), pos, test, yes, no), loc)

    def each_member(
        self, op: Operand, use: Callable[[Self, Operand], Operand], what: tuple[object, ...], loc: Loc | None
    ) -> Operand:
        w_U = op.w_T
        assert isinstance(w_U, W_UnionType)
        if op.known:
            w_member, held = w_U.held(op.val)
            return use(self, Operand(w_member, held, op.blue, op.loc, None, op.declared))
        first, again = self.twice(op)
        return self._each_of(w_U.members, first, again, use, loc)

    def _each_of(
        self,
        members: tuple[W_Type, ...],
        first: Operand,
        again: Operand,
        use: Callable[[Self, Operand], Operand],
        loc: Loc | None,
    ) -> Operand:
        if len(members) == 1:
            return use(self, self.from_union(first, members[0]))
        return self.select(
            self.union_test(first, members[0], loc),
            lambda f: use(f, f.from_union(again, members[0])),
            lambda f: f._each_of(members[1:], again, again, use, loc),
            loc or self.loc_unknown(),
            mixed=True,
        )

    def other_end(
        self, run: Callable[[Self], Flow], narrowed: dict[tuple[str, ...], W_Type], key: tuple[object, ...]
    ) -> list[dict[tuple[str, ...], W_Type]]:
        return []

    def surely_bound(self, names: list[str]) -> None:
        self.assigned.update(names)

    def run_aside(self, run: Callable[[Self], Flow]) -> Flow:
        """Walk a block whose code nobody wants."""
        self.loops.append(Loop(unrolled=False, depth=self.depth))
        _, flow = self.capture(lambda: run(self))
        self.loops.pop()
        return flow

    def unknown(self, op: Operand) -> Operand:
        """Return an operand of the type of `op` that only run time knows."""
        return self.temporary_operand(self.temporary(op.w_T, "u"), op)


def is_const_bool(expr: ir.Expr, value: bool) -> bool:
    """Whether `expr` is this bool."""
    return isinstance(expr, ir.Const) and expr.value == BoolConst(value)
