"""SPy exceptions as Python exceptions: the builtin of that name, else a class made for it, once per name."""

import builtins
from collections.abc import Iterator
from contextlib import contextmanager

from spy_types.loc import is_library
from spy_vm.exceptions import Raised
from spy_vm.executor.guard import traceback_entries

_made: dict[str, type[BaseException]] = {}


def exception_class(name: str) -> type[BaseException]:
    """Return the Python class for the SPy exception `name`."""
    found = getattr(builtins, name, None)
    if isinstance(found, type) and issubclass(found, BaseException):
        return found
    if name not in _made:
        _made[name] = type(name, (Exception,), {"__module__": "spy", "__doc__": f"The SPy exception {name}."})
    return _made[name]


@contextmanager
def python_exceptions() -> Iterator[None]:
    """Let what SPy raises come out as Python exceptions, with the SPy traceback as a note."""
    try:
        yield
    except Raised as error:
        raise _translated(error) from None


class _DecodeError(UnicodeDecodeError):
    """A UnicodeDecodeError of which only the text is known."""

    def __init__(self, text: str) -> None:
        super().__init__("utf-8", b"", 0, 0, text)

    def __str__(self) -> str:
        return self.reason


def make_exception(name: str, message: str) -> BaseException:
    """Return a Python exception for the SPy exception `name`."""
    if name in ("UnicodeDecodeError", "_DecodeError"):
        return _DecodeError(message)
    cls = exception_class(name)
    return cls(message) if message else cls()


def _translated(error: Raised) -> BaseException:
    if error.etype == "SystemExit":
        return SystemExit(error.message if error.code is None else error.code)
    result = make_exception(error.etype, error.message)
    entries = [entry for entry in traceback_entries(error) if not is_library(entry.path)]
    if entries:
        rows = [f'  File "{entry.path}", line {entry.line}, in {entry.function}' for entry in entries]
        result.add_note("in SPy, most recent call last:\n" + "\n".join(rows))
    return result
