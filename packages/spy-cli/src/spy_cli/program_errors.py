"""How a program of the user ends badly, whichever engine runs it."""

from collections.abc import Sequence

from spy_cli.traceback_text import Entry


class ProgramError(Exception):
    """An exception that the program did not catch; caused by a SpyError if it reached a static error."""

    def __init__(self, etype: str, message: str, entries: Sequence[Entry] = ()) -> None:
        super().__init__(f"{etype}: {message}")
        self.etype = etype
        self.message = message
        self.entries = entries
