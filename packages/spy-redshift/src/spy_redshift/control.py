"""Control flow of the specialiser: blocks, branches, loops, inlining."""

from collections.abc import Callable
from typing import Any

from spy_types.errors import SpyError
from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_types.program.constants import BoolConst, IntConst
from spy_types.syntax import nodes as n

from spy_redshift import errors
from spy_redshift.spec_frame import SpecFrame
from spy_vm import errors as vm_errors
from spy_vm.frame.displays import meeting_type
from spy_vm.frame.flow import Flow
from spy_vm.frame.poison import Poisoned, bound_names
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.operand import UNKNOWN, Operand, blue
from spy_vm.objects.types import W_Type


class Loop:
    """A loop being specialised: what was surely assigned where it was left, and how to leave it."""

    def __init__(self, *, unrolled: bool, depth: int) -> None:
        self.unrolled = unrolled
        self.depth = depth
        self.breaks: list[set[str]] = []
        self.broken: str | None = None
        self.continued = False


class ControlFrame(SpecFrame):
    """Statements that choose, repeat and leave."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.loops = []
        self.inlining: SpecFrame | None = None

    def exec(self, stmt: n.Stmt) -> Flow:
        try:
            return super().exec(stmt)
        except SpyError as error:
            self._poison(stmt)
            flow = self.spec.static_error(self, error, self.loc(stmt.span))
            self._check_inside(stmt)
            return flow
        except Poisoned:
            self._poison(stmt)
            return Flow.NEXT

    def _check_inside(self, stmt: n.Stmt) -> None:
        """Find the faults inside a statement whose head is wrong already."""
        if self.spec.mode != "eager" or not isinstance(stmt, (n.If, n.While, n.For)):
            return
        self.loops.append(Loop(unrolled=False, depth=self.depth))
        assigned = set(self.assigned)
        for block in (stmt.body, stmt.orelse):
            self.capture(lambda block=block: self.exec_block(block))
        self.assigned = assigned
        self.loops.pop()

    def _poison(self, stmt: n.Stmt) -> None:
        self.poisoned.update(name for name in bound_names(stmt) if name not in self.locals)

    def capture(self, run: Callable[[], Any]) -> tuple[list[ir.Stmt], Any]:
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

    def branch(self, cond: Operand, then: Callable[[], Flow], orelse: Callable[[], Flow], loc: Loc) -> Flow:
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
        self, cond: Operand, then: Callable[[Any], Operand], orelse: Callable[[Any], Operand], loc: Loc
    ) -> Operand:
        if cond.known:
            return then(self) if cond.val else orelse(self)
        test = self.expr(cond)
        before = set(self.assigned)
        then_out, then_op = self.capture(lambda: then(self))
        self.assigned = set(before)
        else_out, else_op = self.capture(lambda: orelse(self))
        self.assigned = before
        w_T = meeting_type(self, then_op, else_op)
        if w_T is None:
            raise vm_errors.no_common_type(then_op, else_op, "branches")
        more_then, then_op = self.capture(lambda: self.convert(then_op, w_T))
        more_else, else_op = self.capture(lambda: self.convert(else_op, w_T))
        yes, no = self._block([*then_out, *more_then], then_op), self._block([*else_out, *more_else], else_op)
        pos = self.pos(loc)
        if w_T is b.W_BOOL and is_const_bool(no, False):
            return self.red(w_T, ir.And("bool", pos, test, yes), loc)
        if w_T is b.W_BOOL and is_const_bool(yes, True):
            return self.red(w_T, ir.Or("bool", pos, test, no), loc)
        if w_T is b.W_NONE:
            self.emit(ir.If(pos, test, (ir.Eval(pos, yes),), (ir.Eval(pos, no),)))
            return Operand(b.W_NONE, None, False, loc)
        return self.red(w_T, ir.IfExp(self.tid(w_T, loc), pos, test, yes, no), loc)

    def _block(self, stmts: list[ir.Stmt], op: Operand) -> ir.Expr:
        expr = self.expr(op)
        return ir.BlockExpr(expr.t, expr.pos, tuple(stmts), expr) if stmts else expr

    # --- loops ---------------------------------------------------------------------------------------

    def loop(
        self, cond: Callable[[], Operand], body: Callable[[], Flow], orelse: Callable[[], Flow], loc: Loc
    ) -> Flow:
        cond_out, test = self.capture(cond)
        if test.known and not test.val:
            return orelse()
        before = set(self.assigned)
        entry = Loop(unrolled=False, depth=self.depth)
        self.loops.append(entry)
        body_out, _ = self.capture(body)
        self.loops.pop()
        self.assigned = set(before)
        endless = test.known
        else_out: list[ir.Stmt] = []
        if not endless:
            else_out, else_flow = self.capture(orelse)
            if else_flow is not Flow.NEXT and not entry.breaks:
                self._emit_while(loc, cond_out, test, body_out, else_out)
                return Flow(else_flow)
        self._emit_while(loc, cond_out, test, body_out, else_out)
        return self._after_loop(entry, before, endless=endless)

    def _emit_while(
        self, loc: Loc, cond_out: list[ir.Stmt], test: Operand, body: list[ir.Stmt], orelse: list[ir.Stmt]
    ) -> None:
        self.emit(ir.While(self.pos(loc), self._block(cond_out, test), tuple(body), tuple(orelse)))

    def _after_loop(self, entry: Loop, before: set[str], *, endless: bool) -> Flow:
        exits = [*entry.breaks] if endless else [*entry.breaks, self.assigned]
        if not exits:
            self.assigned = before
            return Flow.RETURN
        self.assigned = set.intersection(*exits) | before
        return Flow.NEXT

    def range_loop(
        self,
        target: str,
        bounds: tuple[Operand, Operand, Operand],
        body: Callable[[], Flow],
        orelse: Callable[[], Flow],
        loc: Loc,
    ) -> Flow:
        w_T = bounds[0].w_T
        start, stop, step = (self.expr(op) for op in bounds)
        before = set(self.assigned)
        name = self.ir_name(target, w_T, loc)
        entry = Loop(unrolled=False, depth=self.depth)

        def run() -> Flow:
            self.bind_counter(target, w_T, loc)
            return body()

        self.loops.append(entry)
        body_out, _ = self.capture(run)
        self.loops.pop()
        sure = (
            all(op.known for op in bounds) and len(range(*(op.val for op in bounds))) > 0
            if bounds[2].val != 0
            else False
        )
        self.assigned = before | ({target} if sure else set())
        else_out, _ = self.capture(orelse)
        self.emit(ir.ForRange(self.pos(loc), name, start, stop, step, tuple(body_out), tuple(else_out)))
        return self._after_loop(entry, before, endless=False)

    def parts(self, op: Operand, names: tuple[str, ...], loc: Loc) -> list[Operand]:
        made, fields = op.expr, getattr(op.w_T, "fields", None)
        if op.known or not isinstance(made, ir.MakeStruct) or list(fields or ()) != list(names):
            return super().parts(op, names, loc)
        return [self._unmade(fields[name], arg, loc) for name, arg in zip(names, made.args, strict=True)]

    def _unmade(self, w_T: W_Type, arg: ir.Expr, loc: Loc) -> Operand:
        """Return an argument of a struct that is taken apart again; small constants are blue."""
        if isinstance(arg, ir.Const) and isinstance(arg.value, IntConst):
            return blue(w_T, arg.value.value, loc)
        return self.red(w_T, arg, loc)

    def bind_counter(self, target: str, w_T: Any, loc: Loc) -> None:
        """The loop has just assigned its counter."""
        declared = self.declared.get(target, (None, loc))[1]
        self.locals[target] = Operand(w_T, UNKNOWN, False, loc, None, declared)
        self._mark(target, loc)

    def leave_loop(self, flow: Flow, loc: Loc) -> Flow:
        entry = self.loops[-1]
        if not entry.unrolled:
            if flow is Flow.BREAK:
                entry.breaks.append(set(self.assigned))
            self.emit(ir.Break(self.pos(loc)) if flow is Flow.BREAK else ir.Continue(self.pos(loc)))
            return flow
        if self.depth == entry.depth:
            return flow
        entry.continued = True
        if flow is Flow.BREAK:
            if entry.broken is None:
                entry.broken = self.temporary(b.W_BOOL, "broken")
            entry.breaks.append(set(self.assigned))
            self.emit(ir.Assign(self.pos(loc), entry.broken, self._bool(True, loc)))
        self.emit(ir.Break(self.pos(loc)))
        return flow

    def unrolled(self, bodies: list[Callable[[], Flow]], orelse: Callable[[], Flow], loc: Loc) -> Flow:
        if not bodies:
            return orelse()
        entry = Loop(unrolled=True, depth=self.depth + 1)
        self.loops.append(entry)
        shown = dict(self.declared)
        body_out, flow = self.capture(bodies[0])
        self.loops.pop()
        for name in list(self.declared):
            if name not in shown:
                del self.declared[name]
        pos = self.pos(loc)
        if entry.broken is not None:
            self.emit(ir.Assign(pos, entry.broken, self._bool(False, loc)))
        if entry.continued:
            self.emit(ir.While(pos, self._bool(True, loc), (*body_out, ir.Break(pos)), ()))
        else:
            self.out += body_out
        if flow is Flow.BREAK:
            return Flow.NEXT
        if flow in (Flow.RETURN, Flow.RAISE) and not entry.continued:
            return flow
        if entry.broken is None:
            return self.unrolled(bodies[1:], orelse, loc)
        go_on = Operand(
            b.W_BOOL,
            UNKNOWN,
            False,
            loc,
            ir.Prim("bool", pos, "bool_not", (ir.Local("bool", pos, entry.broken),)),
        )
        return self.branch(go_on, lambda: self.unrolled(bodies[1:], orelse, loc), lambda: Flow.NEXT, loc)

    def bind_unrolled(self, target: Any, op: Operand) -> None:
        for elt in getattr(target, "elts", (target,)):
            self.declared.pop(getattr(elt, "id", ""), None)
        name = getattr(target, "id", None)
        if name is not None and op.known and self.scope.symbols[name].scope == self.scope.id:
            self.bind_blue(name, op)
        else:
            self.assign(target, op)

    # --- leaving -------------------------------------------------------------------------------------

    def return_value(self, op: Operand, loc: Loc) -> Flow:
        if self.inlining is not None:
            if self.depth != self.inline_depth or self.loops:
                raise errors.inline_return(loc, "`return` must be the last statement of the body")
            self.result = op
            return Flow.RETURN
        if op.w_T is b.W_NONE:
            self.discard(op)
            self.emit(ir.Return(self.pos(loc), None))
        else:
            self.emit(ir.Return(self.pos(loc), self.expr(op)))
        return Flow.RETURN

    def raise_exception(self, etype: str, message: Operand | None, loc: Loc) -> Flow:
        self.emit(ir.Raise(self.pos(loc), etype, None if message is None else self.expr(message)))
        return Flow.RAISE

    # --- inlining ------------------------------------------------------------------------------------

    inline_depth = 0

    def inline(self, w_func: W_ASTFunc, args: list[Operand], loc: Loc | None) -> Operand:
        """Return the value of the body of `w_func`, run here."""
        if w_func in self.spec.inline_stack:
            raise errors.recursive_inline(w_func.fqn, loc)
        inner = self.spec.frame_for(w_func)
        inner.inlining = self
        inner.temporaries = self.temporaries
        inner.ir_locals = self.ir_locals
        inner.rename = self.spec.fresh_local("inl")
        self.spec.inline_stack.append(w_func)
        saved, self.out = self.out, []
        try:
            for param, arg in zip(w_func.params, args, strict=True):
                inner.bind_parameter(param, arg)
            inner.declare_classes(w_func.node.body)
            flow = inner.exec_block(w_func.node.body)
        finally:
            self.spec.inline_stack.pop()
            self.out = saved
        result = inner.result
        if flow is Flow.NEXT and w_func.w_result is b.W_NONE:
            result = blue(b.W_NONE, None, loc)
        if result is None and flow is not Flow.RAISE:
            raise errors.inline_return(w_func.loc, "missing `return` at the end of the body")
        return self._inlined(w_func, inner.out, result, loc)

    def _inlined(
        self, w_func: W_ASTFunc, stmts: list[ir.Stmt], result: Operand | None, loc: Loc | None
    ) -> Operand:
        if result is None:
            self.out += stmts
            return blue(b.W_NONE, None, loc)
        if not stmts:
            return result.at(loc)
        if result.known or result.w_T is b.W_NONE:
            self.out += stmts
            return Operand(result.w_T, result.val, False, loc)
        return self.red(result.w_T, self._block(stmts, result), loc)

    def block_value(self, body: Any, value: n.Expr) -> Operand:
        """`__block__`: statements inside an expression."""

        def run() -> Operand:
            self.exec_block(body)
            return self.eval(value)

        self.depth -= 1
        try:
            stmts, op = self.capture(run)
        finally:
            self.depth += 1
        if op.known:
            self.out += stmts
            return op
        return self.red(op.w_T, self._block(stmts, op), op.loc, op.declared) if stmts else op


def is_const_bool(expr: ir.Expr, value: bool) -> bool:
    """Whether `expr` is this bool."""
    return isinstance(expr, ir.Const) and expr.value == BoolConst(value)
