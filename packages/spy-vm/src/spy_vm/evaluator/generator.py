"""Generators of the evaluator: the walk over a body stands still in a greenlet of its own."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, final

from spy_vm.depth import MAX_DEPTH
from spy_vm.exceptions import Raised
from spy_vm.generators import EXIT, NOTHING, Generator
from spy_vm.registry.registry import Registry

if TYPE_CHECKING:
    from greenlet import greenlet


@final
class WalkedGenerator(Generator):
    """A generator whose `body` walks the syntax tree and calls `suspend` at each `yield`."""

    def __init__(self, world: Registry, body: "Callable[[WalkedGenerator], Any]") -> None:
        super().__init__()
        self._world = world
        self._body = body
        self._greenlet: greenlet | None = None
        self._ended = False

    def suspend(self, item: Any) -> Any:
        """Hand `item` to whoever advances; return what is sent back, or NOTHING."""
        self.item = item
        assert self._greenlet is not None
        assert self._greenlet.parent is not None
        sent = self._greenlet.parent.switch(True)
        if isinstance(sent, Raised):
            raise sent
        return sent

    def _resume(self, sent: Any) -> bool:
        from greenlet import getcurrent, greenlet  # noqa: PLC0415  # most programs do without

        if self._ended:
            return False
        if self._greenlet is None:
            if sent is not NOTHING and sent is not None:
                raise Raised("TypeError", "can't send non-None value to a just-started generator")
            self._greenlet = greenlet(self._run)
        depth = self._world.depth
        self._greenlet.parent = getcurrent()
        self._world.depth += 1
        try:
            if self._world.depth > MAX_DEPTH:
                raise Raised("RecursionError", "maximum recursion depth exceeded")
            more: bool = self._greenlet.switch(sent)
        except BaseException:
            self._ended = True
            raise
        finally:
            self._world.depth = depth
        return more

    def _run(self, _: Any) -> bool:
        self.result = self._body(self)
        self._ended = True
        return False

    def _finish(self) -> None:
        if self._greenlet is None:
            self._ended = True
        if self._ended:
            return
        try:
            more = self._resume(Raised(EXIT))
        except Raised as error:
            if error.etype != EXIT:
                raise
            return
        if more:
            raise Raised("RuntimeError", "generator ignored GeneratorExit")
