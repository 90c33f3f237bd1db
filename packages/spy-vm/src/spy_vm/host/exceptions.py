"""Exceptions as values: made, and asked for their type and their text."""

from __future__ import annotations

from operator import is_, is_not

from spy_vm.exceptions import Raised, is_subexception, wrapped
from spy_vm.host.unicode import str_repr
from spy_vm.translation import cause_of, context_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any


def exception_prims() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield the operations on exceptions, by name."""
    yield "exception_new", Raised
    yield "exception_with", Raised
    yield "exception_type", lambda error: error.etype
    yield "exception_str", lambda error: error.message
    yield "exception_arguments", arguments_of
    yield "exception_repr", lambda error: f"{error.etype}({arguments_of(error)})"
    yield "exception_is", Raised.is_a
    yield "exception_wrap", wrapped
    yield "exception_wraps", lambda error: error.object is not None
    yield "exception_object", lambda error: error.object
    yield "exception_eq", is_
    yield "exception_ne", is_not
    yield "exception_subtype", is_subexception
    for name, find in (("cause", cause_of), ("context", context_of)):
        yield f"exception_{name}", find
        yield f"exception_has_{name}", lambda error, find=find: find(error) is not None


def arguments_of(error: Raised) -> str:
    """Return what `repr` shows in parentheses: `'text'`; the text of a KeyError is its key's already."""
    if error.arguments is not None:
        return error.arguments
    if not error.message or error.etype == "KeyError":
        return error.message
    return str_repr(error.message)
