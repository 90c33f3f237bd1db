"""How a program of the user ends badly, whichever engine runs it."""

from collections.abc import Sequence

from spy_types.loc import is_library
from spy_vm.exceptions import Raised
from spy_vm.executor.guard import traceback_entries
from spy_vm.translation import preceding

from spy_cli.traceback_text import Entry


def program_error(error: Raised) -> "ProgramError":
    """Return what users are told of an exception that came out of an engine: only frames that they wrote."""
    own = [f for f in traceback_entries(error) if not is_library(f.path) and f.function != "<entry>"]
    result = ProgramError(error.etype, error.message, [Entry(*frame) for frame in own])
    before = preceding(error)
    if before is not None and not _is_in(error, before):
        result.before = program_error(before)
        result.caused = error.__cause__ is not None
    return result


def _is_in(error: Raised, chain: Raised) -> bool:
    """Whether `error` comes before itself: programs can make such circles."""
    seen = {id(error)}
    step: Raised | None = chain
    while step is not None:
        if id(step) in seen:
            return True
        seen.add(id(step))
        step = preceding(step)
    return False


class ProgramError(Exception):
    """An exception that the program did not catch; caused by a SpyError if it reached a static error.

    `before` is the exception that it was raised from (`caused`), or while handling it.
    """

    def __init__(self, etype: str, message: str, entries: Sequence[Entry] = ()) -> None:
        super().__init__(f"{etype}: {message}")
        self.etype = etype
        self.message = message
        self.entries = entries
        self.before: ProgramError | None = None
        self.caused = False
