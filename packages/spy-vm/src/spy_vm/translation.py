"""Python's exceptions in generated code, as exceptions of the program.

Generated code lets CPython find what costs time to check: `1 // 0`, a local that is not assigned, recursion
too deep, an index into a freed (hence empty) block.

Quick to import, hence without `typing`.
"""

from __future__ import annotations

from spy_vm.exceptions import Raised
from spy_vm.host_objects import HeapObject, no_attribute

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

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


def translate(error: Exception) -> Raised | None:  # noqa: PLR0911  # one case after another
    """Return what `error` is to the program; None if it is a fault of SPy itself."""
    text = str(error)
    if isinstance(error, RecursionError):
        return Raised("RecursionError", "maximum recursion depth exceeded")
    if isinstance(error, MemoryError):
        return Raised("MemoryError", text)
    if not is_generated(_innermost(error.__traceback__)):
        return None
    if isinstance(error, AttributeError):
        if isinstance(error.obj, HeapObject) and error.name is not None:
            return no_attribute(error.obj, error.name.removeprefix("f_"))
        return None
    if text in FREED:
        return Raised("PanicError", "use of freed memory")
    return Raised(type(error).__name__, MESSAGES.get(text, text))


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


def _innermost(tb: TracebackType | None) -> TracebackType | None:
    while tb is not None and tb.tb_next is not None:
        tb = tb.tb_next
    return tb


def is_generated(tb: TracebackType | None) -> bool:
    """Return whether a frame runs generated code."""
    return tb is not None and MARK in tb.tb_frame.f_globals
