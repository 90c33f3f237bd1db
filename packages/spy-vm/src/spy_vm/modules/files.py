"""Open files of a program, by handle. Text is UTF-8; nothing is done to newlines."""

from __future__ import annotations

import codecs
import sys

from spy_vm.exceptions import Raised

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

    from spy_vm.modules.host_io import HostIO

STDIN, STDOUT, STDERR = range(3)


class Files:
    """The files that `io` keeps. Errors are Python's: OSError, UnicodeDecodeError."""

    def __init__(self, io: HostIO) -> None:
        self._io = io

    def open(self, path: str, mode: str) -> int:
        """Open a file; `mode` is as Python's."""
        kinds = set(mode) & set("rwxa")
        if not mode or set(mode) - set("rwxa+bt") or len(set(mode)) < len(mode):
            raise Raised("ValueError", f"invalid mode: '{mode}'")
        if len(kinds) != 1:
            raise Raised("ValueError", "must have exactly one of create/read/write/append mode")
        plus = "+" if "+" in mode else ""
        file = open(path, f"{kinds.pop()}b{plus}")  # noqa: SIM115  # the program closes it
        return self._io.add_file(file)

    def read(self, handle: int, n: int) -> str:
        """Return `n` code points, or all that is left if `n` is negative."""
        if handle == STDIN:
            return sys.stdin.read(n)
        file = self._readable(handle)
        if n < 0:
            return file.read().decode()
        decoder = codecs.getincrementaldecoder("utf-8")()
        text = ""
        while len(text) < n:  # a byte gives at most one code point: this never reads too far
            chunk = file.read(n - len(text))
            text += decoder.decode(chunk, final=not chunk)
            if not chunk:
                break
        return text

    def readline(self, handle: int) -> str:
        """Return a line with its newline; an empty string is the end."""
        if handle == STDIN:
            return self._io.read_line()
        return self._readable(handle).readline().decode()

    def write(self, handle: int, text: str) -> int:
        """Write `text` and return its length."""
        if handle == STDOUT:
            self._io.write_out(text)
        elif handle == STDERR:
            self._io.write_err(text)
        else:
            file = self._file(handle)
            if not file.writable():
                raise Raised("OSError", "not writable")
            file.write(text.encode("utf-8", "surrogatepass"))
        return len(text)

    def flush(self, handle: int) -> None:
        """Hand what was written to the operating system."""
        if handle == STDOUT:
            self._io.flush_out()
        elif handle != STDERR:
            self._file(handle).flush()

    def close(self, handle: int) -> None:
        """Close a file; closing it again does nothing."""
        file = self._io.files.pop(handle, None)
        if file is not None:
            file.close()

    def fileno(self, handle: int) -> int:
        """Return the operating system's number of the file."""
        return handle if handle <= STDERR else self._file(handle).fileno()

    def seek(self, handle: int, offset: int, whence: int) -> None:
        """Move to a byte offset from the start (0), from here (1) or from the end (2)."""
        self._file(handle).seek(offset, whence)

    def tell(self, handle: int) -> int:
        """Return the byte offset from the start."""
        return self._file(handle).tell()

    def _file(self, handle: int) -> IO[bytes]:
        file = self._io.files.get(handle)
        if file is None:
            raise Raised("ValueError", "I/O operation on closed file.")
        return file

    def _readable(self, handle: int) -> IO[bytes]:
        file = self._file(handle)
        if not file.readable():
            raise Raised("OSError", "not readable")
        return file
