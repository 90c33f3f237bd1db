"""`try`, its handlers, and `raise`."""

from functools import partial

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.interface.control import Handler
from spy_vm.interface.flow import Flow
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.operand import Operand


class Exceptions(Frame):
    """Statements that raise and catch exceptions."""

    def exec_Try(self, stmt: n.Try) -> Flow:
        if stmt.star:
            raise errors.unsupported("`except*`", self.loc(stmt.span))
        known = self.enter_try(stmt)
        handlers = [
            Handler(
                self.caught_types(handler),
                handler.name,
                self.loc(handler.span),
                known.handler(self, partial(self._handle, handler)),
            )
            for handler in stmt.handlers
        ]

        def finish() -> Flow:
            self.narrowed = known.at_fault
            return self.exec_block(stmt.finalbody)

        def attempt() -> Flow:
            return self.exec_block(stmt.body) if stmt.orelse else known.end(self, self.exec_block(stmt.body))

        flow = self.try_block(
            attempt,
            handlers,
            lambda: known.end(self, self.exec_block(stmt.orelse)) if stmt.orelse else Flow.NEXT,
            finish if stmt.finalbody else None,
            self.loc(stmt.span),
        )
        self.leave_try(stmt, known)
        return flow

    def caught_types(self, handler: n.ExceptHandler) -> tuple[str, ...]:
        """Return the names of the exception types that a handler catches."""
        if handler.kind is None:
            return ("BaseException",)
        return tuple([self._caught_type(op) for op in self._kinds(handler.kind)])

    def _kinds(self, node: n.Expr) -> list[Operand]:
        """Return the exception types that an expression names: one, or a tuple of them."""
        if isinstance(node, n.Tuple):
            return [self.eval(elt) for elt in node.elts]
        op = self.eval(node)
        return [op] if self.tuple_fields(op.w_T) is None else self.spread(op, self.loc(node.span))

    def _caught_type(self, op: Operand) -> str:
        if op.w_T is b.W_EXCEPTION_TYPE and op.known:
            return str(op.val)
        if op.w_T is b.W_TYPE and isinstance(op.val, W_ClassType) and op.val.exception is not None:
            return op.val.fqn
        raise errors.not_an_exception_type(op)

    def _handle(self, handler: n.ExceptHandler, error: Operand) -> Flow:
        self.handlers += 1
        try:
            if handler.name is None:
                return self.exec_block(handler.body)
            return self._handle_as(handler, handler.name, error)
        finally:
            self.handlers -= 1

    def _handle_as(self, handler: n.ExceptHandler, name: str, error: Operand) -> Flow:
        """Run a handler in which `name` is the exception: a binding of its own, which ends with it."""
        before = self.hide_name(name)
        try:
            w_C = self._caught_class(handler)
            caught = error if w_C is None else self.object_of(error, w_C)
            self.declared[name] = (caught.w_T, self.loc(handler.span))
            self.assign_name(name, caught, handler.span)
            return self.exec_block(handler.body)
        finally:
            self.unbind_name(name, before, self.loc(handler.span))

    def _caught_class(self, handler: n.ExceptHandler) -> W_ClassType | None:
        """Return the class that all the exceptions of a handler belong to, if it is one of the program."""
        if handler.kind is None:
            return None
        classes = [op.val for op in self._kinds(handler.kind)]
        first = classes[0]
        if not all(isinstance(w_C, W_ClassType) for w_C in classes):
            return None
        common = (w_C for w_C in first.mro if all(w_C in w_other.mro for w_other in classes))
        return next((w_C for w_C in common if w_C.exception is not None), None)

    def exec_Raise(self, stmt: n.Raise) -> Flow:
        loc = self.loc(stmt.span)
        if stmt.exc is None:
            return self._raise_again(loc)
        error = self._exception(self.eval(stmt.exc))
        if stmt.cause is None:
            return self.raise_object(error, None, False, loc)
        cause = self.eval(stmt.cause)
        if cause.w_T is b.W_NONE:
            return self.raise_object(error, None, True, loc)
        return self.raise_object(error, self._exception(cause), False, loc)

    def _exception(self, op: Operand) -> Operand:
        """Return `op`, or a new exception if it is an exception type."""
        if op.w_T is b.W_EXCEPTION_TYPE or (op.w_T is b.W_TYPE and _is_exception_class(op.val)):
            op = self.call(op, [], {}, op.loc)
        if _is_exception_class(op.w_T):
            return self.record_of(op)
        if op.w_T is not b.W_EXCEPTION:
            raise errors.fault(
                "VM042",
                "exceptions must derive from BaseException",
                (op.loc, f"this is `{op.w_T.display}`"),
                hint='raise an exception such as `ValueError("...")`',
            )
        return op

    def _raise_again(self, loc: Loc) -> Flow:
        if not self.handlers:
            raise errors.nothing_to_raise(loc)
        return self.reraise(loc)


def _is_exception_class(w_T: object) -> bool:
    return isinstance(w_T, W_ClassType) and w_T.exception is not None
