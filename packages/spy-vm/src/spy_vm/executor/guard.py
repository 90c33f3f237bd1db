"""The border between generated code and the rest: Python's exceptions become the program's.

Generated code lets CPython find what costs time to check: `1 // 0`, a local that is not assigned, recursion
too deep, an index into a freed (hence empty) block. These Python exceptions are translated here.

Quick to import, hence without `typing`.
"""

from __future__ import annotations

from spy_vm.exceptions import Raised
from spy_vm.host_objects import HeapObject, no_attribute

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType
    from typing import Any

    from spy_vm.trace_entry import TraceEntry

MARK = ".spy"  # a global of every generated function

# CPython's texts where they are not ours.
MESSAGES = {"float modulo": "float modulo by zero"}
FREED = {"list index out of range", "list assignment index out of range"}
OURS = (
    ZeroDivisionError,
    UnboundLocalError,
    RecursionError,
    MemoryError,
    IndexError,
    ValueError,
    AttributeError,
)
CAUGHT = {".Caught": (Raised, *OURS)}  # what generated code catches, by name


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


def translate(error: Exception) -> Raised | None:  # noqa: PLR0911  # one case after another
    """Return what `error` is to the program; None if it is a fault of SPy itself."""
    text = str(error)
    if isinstance(error, RecursionError):
        return Raised("RecursionError", "maximum recursion depth exceeded")
    if isinstance(error, MemoryError):
        return Raised("MemoryError", text)
    if not _is_generated(_innermost(error.__traceback__)):
        return None
    if isinstance(error, AttributeError):
        if isinstance(error.obj, HeapObject) and error.name is not None:
            return no_attribute(error.obj, error.name.removeprefix("f_"))
        return None
    if text in FREED:
        return Raised("PanicError", "use of freed memory")
    return Raised(type(error).__name__, MESSAGES.get(text, text))


def catches(error: Exception, types: tuple[str, ...]) -> bool:
    """Return whether a handler for `types` catches `error`; raise it again if it is a fault of SPy itself."""
    raised = as_raised(error)
    return any(raised.is_a(ancestor) for ancestor in types)


def as_raised(error: Exception) -> Raised:
    """Return what `error` is to the program, always the same; raise it again if it is a fault of SPy."""
    raised = known_as(error)
    if raised is None:
        raise error
    return raised


def known_as(error: BaseException) -> Raised | None:
    """Return what `error` is to the program, always the same; None if it is nothing to it."""
    if isinstance(error, Raised):
        return error
    if not isinstance(error, OURS):
        return None
    found: Raised | None = getattr(error, "raised", None)
    if found is None:
        found = translate(error)
        if found is not None:
            found.__traceback__ = error.__traceback__
            found.__context__ = error.__context__
            error.raised = found  # type: ignore[union-attr]  # exceptions have a dictionary
    return found


def preceding(error: Raised) -> Raised | None:
    """Return what a report shows before `error`: its cause, or what was being handled."""
    return cause_of(error) or (None if error.quiet else context_of(error))


def cause_of(error: Raised) -> Raised | None:
    """Return what `error` was raised from."""
    return None if error.__cause__ is None else known_as(error.__cause__)


def context_of(error: Raised) -> Raised | None:
    """Return what was being handled when `error` was raised."""
    context = error.__context__
    while context is not None:
        found = known_as(context)
        if found is not None and found is not error:
            return found
        context = context.__context__
    return None


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
        if _is_generated(tb) and tb.tb_frame.f_code.co_qualname:
            code = tb.tb_frame.f_code
            yield TraceEntry(code.co_filename, tb.tb_lineno or code.co_firstlineno, code.co_qualname)
        tb = tb.tb_next


def _is_generated(tb: TracebackType | None) -> bool:
    return tb is not None and MARK in tb.tb_frame.f_globals


def _innermost(tb: TracebackType | None) -> TracebackType | None:
    while tb is not None and tb.tb_next is not None:
        tb = tb.tb_next
    return tb


_GUARD_CODE = guard(lambda: None).__code__
