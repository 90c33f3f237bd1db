"""`try` in the evaluator: Python's own, around the walk."""

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm.evaluator.places import Places
from spy_vm.exceptions import Raised
from spy_vm.frame.blame import RAISED_ON_PURPOSE
from spy_vm.interface.control import Block, Handler
from spy_vm.interface.flow import Flow
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand

STATIC = ("TypeError", "StaticError")  # what is an exception when a program with static errors runs


class Catching(Places):
    """Handlers and `finally`."""

    def try_block(
        self, body: Block, handlers: list[Handler], orelse: Block, finalbody: Block | None, loc: Loc
    ) -> Flow:
        if finalbody is None:
            return self._guarded(body, handlers, orelse)
        try:
            flow = self._guarded(body, handlers, orelse)
        except (Raised, SpyError) as error:
            if caught(error) is None:
                raise
            left = finalbody()
            if left is Flow.NEXT:
                raise
            return left
        result = self.result
        left = finalbody()
        if left is not Flow.NEXT:
            return left
        self.result = result
        return flow

    def reraise(self, loc: Loc) -> Flow:
        raise self.handling[-1]

    def _guarded(self, body: Block, handlers: list[Handler], orelse: Block) -> Flow:
        try:
            flow = body()
        except (Raised, SpyError) as error:
            raised = caught(error)
            handler = None if raised is None else _first_that_catches(handlers, raised)
            if raised is None or handler is None:
                raise
            self.handling.append(raised)
            try:
                return handler.run(Operand(b.W_EXCEPTION, raised, self.blue_frame, handler.loc))
            finally:
                self.handling.pop()
        return orelse() if flow is Flow.NEXT else flow


def caught(error: Raised | SpyError) -> Raised | None:
    """Return the exception that `error` is to the program; None if it concerns the build alone."""
    if isinstance(error, Raised):
        return error
    if isinstance(error.__cause__, Raised):
        return error.__cause__
    first = error.diagnostic
    if first.code != RAISED_ON_PURPOSE and first.etype not in STATIC:
        return None
    raised = Raised(first.etype, first.title)
    raised.where = first.labels[0].loc if first.labels else None
    return raised


def _first_that_catches(handlers: list[Handler], raised: Raised) -> Handler | None:
    for handler in handlers:
        if any(raised.is_a(ancestor) for ancestor in handler.types):
            return handler
    return None
