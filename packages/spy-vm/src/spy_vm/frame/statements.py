"""Execution of statements: one method a node, found through a table."""

from collections.abc import Sequence

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.dispatch import attribute, item
from spy_vm.dispatch.convert import convert
from spy_vm.frame.tables import EXEC, describe
from spy_vm.interface.flow import Flow
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import W_Type, blue
from spy_vm.objects.types import W_GeneratorType


class Statements(Frame):
    """Statements that do not bind, loop or define."""

    def exec_block(self, body: Sequence[n.Stmt]) -> Flow:
        """Run statements until one leaves the block."""
        for stmt in body:
            flow = self.exec(stmt)
            if flow is not Flow.NEXT:
                return flow
        return Flow.NEXT

    def exec(self, stmt: n.Stmt) -> Flow:
        """Run one statement."""
        if self.blue_frame:
            self.world.step(self.loc(stmt.span))
        name = EXEC.get(type(stmt))
        if name is None:
            raise errors.unsupported(describe(stmt), self.loc(stmt.span))
        flow: Flow | None = getattr(self, name)(stmt)
        return flow or Flow.NEXT

    def exec_Pass(self, stmt: n.Pass) -> None:
        pass

    def exec_ExprStmt(self, stmt: n.ExprStmt) -> None:
        if not isinstance(stmt.value, (n.StrLit, n.EllipsisLit)):
            self.discard(self.eval(stmt.value))

    def exec_Return(self, stmt: n.Return) -> Flow:
        loc = self.loc(stmt.span)
        w_T = self.wanted_result()
        op = blue(b.W_NONE, None, loc) if stmt.value is None else self.eval(stmt.value, w_T)
        if w_T is not None and not (self.blue_frame and w_T is b.W_DYNAMIC):
            because = (
                self.loc(self.w_func.node.returns.span) if self.w_func and self.w_func.node.returns else None
            )
            if op.w_T is b.W_NOT_IMPLEMENTED and self.w_func is not None and self.w_func.w_owner is not None:
                return self._decline(w_T, loc)
            op = convert(self, op, w_T, because, "return type")
        elif op.w_T is b.W_INT_LITERAL:
            raise errors.literal_out_of_range(op.val, None, op.loc)
        return self.return_value(op, loc)

    def _decline(self, w_T: W_Type, loc: Loc) -> Flow:
        """`return NotImplemented`: what is not comparable is not equal, all else is a TypeError."""
        assert self.w_func is not None
        name = self.w_func.node.name
        if w_T is b.W_BOOL and name in ("__eq__", "__ne__"):
            return self.return_value(blue(b.W_BOOL, name == "__ne__", loc), loc)
        text = blue(b.W_STR, f"unsupported operand type(s) for {name}", loc)
        return self.raise_exception("TypeError", text, loc)

    def wanted_result(self) -> W_Type | None:
        """Return the type of what `return` returns; None if it may be any."""
        if self.w_func is None:
            return None
        w_T = self.w_func.w_result
        return w_T.w_result if self.w_func.generator and isinstance(w_T, W_GeneratorType) else w_T

    def exec_If(self, stmt: n.If) -> Flow:
        return self.choose(
            stmt.test,
            lambda f: f.exec_block(stmt.body),
            lambda f: f.exec_block(stmt.orelse),
            self.loc(stmt.span),
        )

    def exec_Break(self, stmt: n.Break) -> Flow:
        if self.loop_around is not None:
            self.loop_around.breaks.append(self.narrowed)
        return self.leave_loop(Flow.BREAK, self.loc(stmt.span))

    def exec_Continue(self, stmt: n.Continue) -> Flow:
        if self.loop_around is not None and self.loop_around.stmt is self.tried:
            self.rounds.append(self.narrowed)
        return self.leave_loop(Flow.CONTINUE, self.loc(stmt.span))

    def exec_Assert(self, stmt: n.Assert) -> Flow:
        loc = self.loc(stmt.span)

        def fail(f: Frame) -> Flow:
            message = None
            if stmt.msg is not None:
                message = convert(f, f.eval(stmt.msg), b.W_STR, None, "the message of an assert")
            return f.raise_exception("AssertionError", message, loc)

        return self.choose(stmt.test, lambda f: Flow.NEXT, fail, loc)

    def exec_Delete(self, stmt: n.Delete) -> None:
        for target in stmt.targets:
            match target:
                case n.Name(id=name, span=span):
                    self.delete_name(name, span)
                case n.Subscript(value=value, index=index):
                    obj = self.eval(value)
                    item.del_item(self, obj, self.eval_index(index), self.loc(target.span))
                case n.Attribute(value=value, attr=attr):
                    attribute.del_attr(self, self.eval(value), attr, self.loc(target.span))
                case n.Tuple(elts=elts) | n.List(elts=elts):
                    self.exec_Delete(n.Delete(target.span, elts))
                case _:
                    raise errors.unsupported("this `del`", self.loc(target.span))

    def exec_nothing(self, stmt: n.Stmt) -> None:
        """`global` and `nonlocal` did their work when scopes were made."""
