"""Generators of the in-process engines: what runs a body to its next `yield`, and what came out of it.

The executor gives the Python generator that a function of Program IR became, the evaluator a greenlet that
walks the body.

Quick to import, hence without `typing`.
"""

from __future__ import annotations

from spy_vm.exceptions import Raised

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator as PythonGenerator
    from typing import Any


class Nothing:
    """What a generator is sent by `next`: nothing."""


NOTHING = Nothing()
EXIT = "GeneratorExit"  # what a generator is thrown when it is closed


class Generator:
    """A generator. `item` is what it yielded last, `result` what it returned."""

    __slots__ = ("_running", "item", "result")

    def __init__(self) -> None:
        self.item: Any = None
        self.result: Any = None
        self._running = False

    def advance(self, sent: Any = NOTHING) -> bool:
        """Run to the next yield (true) or to the end (false)."""
        if self._running:
            raise Raised("ValueError", "generator already executing")
        self._running = True
        try:
            return self._resume(sent)
        except Raised as error:
            if error.etype != "StopIteration":
                raise
            raised = Raised("RuntimeError", "generator raised StopIteration")
            raised.frames = error.frames
            raise raised.with_traceback(error.__traceback__) from error
        finally:
            self._running = False

    def close(self) -> None:
        """Run pending `finally` blocks; the generator is at its end."""
        if self._running:
            raise Raised("ValueError", "generator already executing")
        self._running = True
        try:
            self._finish()
        finally:
            self._running = False

    def _resume(self, sent: Any) -> bool:
        raise NotImplementedError

    def _finish(self) -> None:
        raise NotImplementedError


class HostGenerator(Generator):
    """A generator whose body is a Python generator."""

    __slots__ = ("_body", "_started")

    def __init__(self, body: PythonGenerator[Any, Any, Any]) -> None:
        super().__init__()
        self._body = body
        self._started = False

    def _resume(self, sent: Any) -> bool:
        if not self._started:
            if sent is not NOTHING and sent is not None:
                raise Raised("TypeError", "can't send non-None value to a just-started generator")
            self._started = True
        try:
            self.item = next(self._body) if sent is NOTHING else self._body.send(sent)
        except StopIteration as end:
            self.result = end.value
            return False
        return True

    def _finish(self) -> None:
        try:
            self._body.throw(Raised(EXIT))
        except StopIteration:
            return
        except Raised as error:
            if error.etype != EXIT:
                raise
            return
        raise Raised("RuntimeError", "generator ignored GeneratorExit")


def received(sent: Any) -> Any:
    """Return what was sent; a body that wants something must have been sent it."""
    if sent is NOTHING or sent is None:
        raise Raised("TypeError", "the generator wants a value: call send() instead of next()")
    return sent
