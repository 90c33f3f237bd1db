"""The border between generated code and the rest: Python's exceptions become the program's.

Quick to import, hence without `typing`.
"""

from __future__ import annotations

from spy_vm.exceptions import Raised
from spy_vm.translation import OURS, as_raised, is_generated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType
    from typing import Any

    from spy_vm.trace_entry import TraceEntry


def guard(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return `function` with the Python exceptions of generated code translated to `Raised`."""

    def guarded(*args: Any) -> Any:
        try:
            return function(*args)
        except Raised as error:
            _collect(error, error.__traceback__)
            raise
        except OURS as error:
            raised = as_raised(error)
            _collect(raised, error.__traceback__)
            raise raised.with_traceback(error.__traceback__)  # noqa: B904  # it is the same exception

    return guarded


def catches(error: Exception, types: tuple[str, ...]) -> bool:
    """Return whether a handler for `types` catches `error`; raise it again if it is a fault of SPy itself."""
    raised = as_raised(error)
    return any(raised.is_a(ancestor) for ancestor in types)


def quiet(error: Raised) -> Raised:
    """Return `error`, raised from None: what was being handled is not shown."""
    error.quiet = True
    return error


def traceback_entries(error: BaseException) -> list[TraceEntry]:
    """Return where the program was, from caller to callee."""
    if isinstance(error, Raised) and error.frames:
        return list(error.frames)
    return list(_entries(error.__traceback__, through_guards=True))


def _collect(error: Raised, tb: TracebackType | None) -> None:
    """Put the frames of this side of the border in front of those that an inner guard has seen."""
    error.frames[:0] = _entries(tb.tb_next if tb is not None else None)


def _entries(tb: TracebackType | None, *, through_guards: bool = False) -> Iterator[TraceEntry]:
    from spy_vm.trace_entry import TraceEntry  # noqa: PLC0415  # most programs do without

    while tb is not None and (through_guards or tb.tb_frame.f_code is not _GUARD_CODE):
        if is_generated(tb) and tb.tb_frame.f_code.co_qualname:
            code = tb.tb_frame.f_code
            yield TraceEntry(code.co_filename, tb.tb_lineno or code.co_firstlineno, code.co_qualname)
        tb = tb.tb_next


_GUARD_CODE = guard(lambda: None).__code__
