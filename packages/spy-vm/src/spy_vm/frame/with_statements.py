"""`with`, as the `try` that it stands for.

    with M as x: body     ->     m = M; x = m.__enter__()
                                 try: body
                                 except BaseException as e:
                                     if not m.__exit__(type(e), e, None): raise
                                 else: m.__exit__(None, None, None)

A body that is left by `return`, `break` or `continue` needs a `finally` and a flag in place of the `else`.
"""

from collections.abc import Callable
from functools import partial

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.frame.writes import nodes_in
from spy_vm.interface.control import Handler
from spy_vm.interface.flow import Flow
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, blue

LEAVING = (n.Return, n.Break, n.Continue, n.Yield, n.YieldFrom)


class WithStatements(Frame):
    """Context managers."""

    def exec_With(self, stmt: n.With) -> Flow:
        if stmt.is_async:
            raise errors.unsupported("`async with`", self.loc(stmt.span))
        return self._enter(list(stmt.items), stmt)

    def _enter(self, items: list[n.WithItem], stmt: n.With) -> Flow:
        """Enter the managers, the first one outermost, and run the body."""
        if not items:
            return self.exec_block(stmt.body)
        item, *rest = items
        loc = self.loc(item.context.span)
        manager = self.keep(self.eval(item.context), "m")
        if any(self.world.method(manager.w_T, name) is None for name in ("__enter__", "__exit__")):
            raise errors.not_a_context_manager(manager)
        entered = self.dunder("__enter__", [manager], loc)
        assert entered is not None
        if item.target is None:
            self.discard(entered)
        else:
            entered = self.keep(entered, "v")

        def body() -> Flow:
            if item.target is not None:
                self.assign(item.target, entered)
            return self._enter(rest, stmt)

        return self._managed(manager, body, stmt, loc)

    def _managed(self, manager: Operand, body: Callable[[], Flow], stmt: n.With, loc: Loc) -> Flow:
        attempt = self.enter_try(n.Try(stmt.span, stmt.body, (), (), (), star=False))
        may_suppress = [False]
        leave = partial(self._leave_normally, manager, loc)

        def fail(error: Operand) -> Flow:
            self.narrowed = attempt.at_fault
            flow = self._leave_by(error, manager, loc)
            may_suppress[0] = flow is Flow.NEXT
            return flow

        if not any(isinstance(node, LEAVING) for node in nodes_in(stmt.body)):
            flow = self.try_block(body, [Handler(("BaseException",), "_", loc, fail)], leave, None, loc)
        else:
            flow = self._flagged(body, fail, leave, loc)
        if may_suppress[0]:
            self.narrowed = attempt.at_fault
        return flow

    def _flagged(
        self, body: Callable[[], Flow], fail: Callable[[Operand], Flow], leave: Callable[[], Flow], loc: Loc
    ) -> Flow:
        failed = self.fresh("failed")
        self.write_local(failed, blue(b.W_BOOL, False, loc), loc)

        def note_failure(error: Operand) -> Flow:
            self.write_local(failed, blue(b.W_BOOL, True, loc), loc)
            return fail(error)

        def guarded() -> Flow:
            handler = Handler(("BaseException",), "_", loc, note_failure)
            return self.try_block(body, [handler], lambda: Flow.NEXT, None, loc)

        def finish() -> Flow:
            return self.branch(self.read_local(failed, loc), lambda: Flow.NEXT, leave, loc)

        return self.try_block(guarded, [], lambda: Flow.NEXT, finish, loc)

    def _leave_normally(self, manager: Operand, loc: Loc) -> Flow:
        nothing = [blue(b.W_NONE, None, loc) for _ in range(3)]
        self.discard(self._exit(manager, nothing, loc))
        return Flow.NEXT

    def _leave_by(self, error: Operand, manager: Operand, loc: Loc) -> Flow:
        """Tell the manager of an exception; raise it again unless the answer is true."""
        self.handlers += 1
        try:
            kind = self.type_of_exception(error, loc)
            answer = self._exit(manager, [kind, error, blue(b.W_NONE, None, loc)], loc)
            if answer.w_T is b.W_NONE:
                self.discard(answer)
                return self.reraise(loc)
            suppressed = self.truth(answer)
            if suppressed.known:
                return Flow.NEXT if suppressed.val else self.reraise(loc)
            return self.branch(suppressed, lambda: Flow.NEXT, lambda: self.reraise(loc), loc)
        finally:
            self.handlers -= 1

    def _exit(self, manager: Operand, args: list[Operand], loc: Loc) -> Operand:
        answer = self.dunder("__exit__", [manager, *args], loc)
        assert answer is not None
        return answer
