"""The outside world of a running program: its streams, arguments and files."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import IO


class HostIO:
    """What a program reads and writes. A stream that is not given is the one that `sys` has then.

    `files` holds what the program opened; handles 0 to 2 are the standard streams.
    """

    def __init__(
        self,
        argv: Sequence[str] = (),
        *,
        write_out: Callable[[str], object] | None = None,
        write_err: Callable[[str], object] | None = None,
        read_line: Callable[[], str] | None = None,
    ) -> None:
        self.argv = list(argv)
        self.files: dict[int, IO[bytes]] = {}
        self._write_out = write_out
        self._write_err = write_err
        self._read_line = read_line
        self._next_handle = 3

    def write_out(self, text: str) -> None:
        """Write to the standard output."""
        (self._write_out or sys.stdout.write)(text)

    def write_err(self, text: str) -> None:
        """Write to the standard error, after what was written to the standard output."""
        self.flush_out()
        (self._write_err or sys.stderr.write)(text)

    def flush_out(self) -> None:
        """Hand what was written to the standard output to the operating system."""
        if self._write_out is None:
            sys.stdout.flush()

    def read_line(self) -> str:
        """Return a line of the standard input with its newline; an empty string is its end."""
        self.flush_out()
        return (self._read_line or sys.stdin.readline)()

    def add_file(self, file: IO[bytes]) -> int:
        """Return the handle under which the program knows `file`."""
        handle = self._next_handle
        self._next_handle += 1
        self.files[handle] = file
        return handle

    def terminal_size(self) -> tuple[int, int]:
        """Return (columns, lines); 80 by 24 where there is no terminal."""
        try:
            return tuple(os.get_terminal_size())  # type: ignore[return-value]  # it has two items
        except OSError:
            return 80, 24
