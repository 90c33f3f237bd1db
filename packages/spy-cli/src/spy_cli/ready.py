"""Programs ready to run: the second `spy FILE` neither parses, nor imports, nor redshifts.

An entry of the cache says under which conditions it holds: the same Python and installed distributions, every
file that was read unchanged, and no file where one was looked for in vain. It begins with its checksum.
Nothing here may be slow to import, as `typing` is.
"""

from __future__ import annotations

import marshal
import os
import zlib

from spy_cli.cache_root import cache_root
from spy_cli.environment_key import environment_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Condition = tuple[str, str, object]
"""(`=`, path, content), (`~`, path, (size, time of change)), or (`-`, path, None) where no file may be."""


def find_ready(file: str) -> Callable[[Sequence[str]], int] | None:
    """Return what runs the program in `file` with an argv, if it was made ready and nothing has changed."""
    if os.environ.get("SPY_TRACE_PLUGINS"):
        return None
    try:
        with open(entry_path(file), "rb") as stream:
            stamp, conditions, program = decode_entry(stream.read())
        if stamp != stamp_of(file) or not all(_holds(*condition) for condition in conditions):
            return None
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return _runner(program)


def entry_path(file: str) -> str:
    """Return where the entry for `file` is kept."""
    return os.path.join(
        cache_root(), "run", f"{zlib.crc32(os.path.abspath(file).encode(errors='replace')):08x}"
    )


def encode_entry(stamp: str, conditions: list[Condition], program: bytes) -> bytes:
    """Return an entry as it is kept."""
    data = marshal.dumps((stamp, conditions, program))
    return zlib.crc32(data).to_bytes(4, "big") + data


def decode_entry(data: bytes) -> tuple[str, list[Condition], bytes]:
    """Return what `encode_entry` was given; raise ValueError if the bytes are damaged."""
    if zlib.crc32(data[4:]).to_bytes(4, "big") != data[:4]:
        raise ValueError("damaged entry")
    entry: tuple[str, list[Condition], bytes] = marshal.loads(data[4:])
    return entry


def stamp_of(file: str) -> str:
    """Return what must be the same apart from files."""
    return "\n".join([file, os.getcwd(), os.environ.get("SPYPATH", ""), environment_key()])


def _holds(kind: str, path: str, value: object) -> bool:
    if kind == "-":
        return not os.path.exists(path)
    if kind == "~":
        found = os.stat(path)
        return value == (found.st_size, found.st_mtime_ns)
    with open(path, "rb") as stream:
        return value == stream.read()


def _runner(program: bytes) -> Callable[[Sequence[str]], int] | None:
    from spy_vm.executor.saved import load_saved
    from spy_vm.modules.host_io import HostIO

    io = HostIO()
    try:
        main = load_saved(program, io)
    except ValueError:
        return None

    def run(argv: Sequence[str]) -> int:
        io.argv[:] = argv
        return _run(main)

    return run


def _run(main: Callable[[], int]) -> int:
    from spy_vm.exceptions import Raised

    try:
        return main()
    except Raised as error:
        if error.etype == "SystemExit":
            return error.code
        from spy_cli.program_errors import program_error
        from spy_cli.running import report_error

        return report_error(program_error(error))
