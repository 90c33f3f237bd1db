"""Programs ready to run: the second `spy FILE` neither parses, nor imports, nor redshifts.

An entry of the cache says under which conditions it holds: the same Python and installed distributions, every
file that was read unchanged, and no file where one was looked for in vain. It begins with a mark and the hash
of what follows. Nothing here may be slow to import, as `typing` is.
"""

from __future__ import annotations

import marshal
import os
import sys
from _imp import source_hash  # what Python checks its own .pyc files with

from spy_cli.cache_root import cache_root
from spy_cli.environment_key import environment_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MARK = b"spy run 1\n"
HASH_KEY = int.from_bytes(b"spy run", "little")
HEAD = len(MARK) + 8

Condition = tuple[str, str, object]
"""(`=`, path, content), (`#`, path, hash of the content), (`~`, path, (size, time of change)), or (`-`, path,
None) where no file may be."""


def find_ready(file: str) -> Callable[[Sequence[str]], int] | None:
    """Return what runs the program in `file` with an argv, if it was made ready and nothing has changed."""
    if not is_on():
        return None
    try:
        return _runner(read_entry(entry_path(file), stamp_of(file)))
    except Exception:  # whatever is wrong with an entry: the program can be made again
        return None


def read_entry(path: str, stamp: str) -> bytes:
    """Return what is kept in the entry at `path`; raise an exception if it does not hold."""
    return read_conditions(path, stamp)[1]


def read_conditions(path: str, stamp: str) -> tuple[list[Condition], bytes]:
    """Return the conditions of the entry at `path` as well."""
    with open(path, "rb", 0) as stream:
        kept, conditions, content = decode_entry(stream.read())
    if kept != stamp:
        raise ValueError("made under other conditions")
    for kind, file, value in conditions:
        if not _holds(kind, file, value):
            raise ValueError(f"{file} has changed")
    return conditions, content


def is_on() -> bool:
    """Whether programs are kept ready at all. A trace of plugins is for who wants to see them work."""
    return os.environ.get("SPY_CACHE") != "off" and not os.environ.get("SPY_TRACE_PLUGINS")


def entry_path(name: str) -> str:
    """Return where the entry for the file `name`, or other words, is kept: by current folder and Python."""
    name = "\n".join([name, os.getcwd(), sys.prefix, sys.version])
    return os.path.join(cache_root(), "run", content_hash(os.fsencode(name)).hex())


def encode_entry(stamp: str, conditions: list[Condition], program: bytes) -> bytes:
    """Return an entry as it is kept."""
    data = marshal.dumps((stamp, conditions, program))
    return MARK + content_hash(data) + data


def decode_entry(data: bytes) -> tuple[str, list[Condition], bytes]:
    """Return what `encode_entry` was given; raise ValueError if the bytes are damaged."""
    body = data[HEAD:]
    if data[:HEAD] != MARK + content_hash(body):
        raise ValueError("damaged entry")
    entry: tuple[str, list[Condition], bytes] = marshal.loads(body)
    return entry


def stamp_of(file: str) -> str:
    """Return what must be the same apart from files."""
    return "\n".join([file, os.getcwd(), os.environ.get("SPYPATH", ""), environment_key()])


def content_hash(data: bytes) -> bytes:
    """Return what tells damaged or changed content from the one that was noted."""
    return source_hash(HASH_KEY, data)


def _holds(kind: str, path: str, value: object) -> bool:
    if kind == "-":
        return not os.path.isfile(path)
    if kind == "~":
        found = os.stat(path)
        return value == (found.st_size, found.st_mtime_ns)
    with open(path, "rb", 0) as stream:
        content = stream.read()
    return value == (content_hash(content) if kind == "#" else content)


def _runner(program: bytes) -> Callable[[Sequence[str]], int]:
    from spy_vm.executor.saved import load_saved
    from spy_vm.modules.host_io import HostIO

    io = HostIO()
    main = load_saved(program, io)

    def run(argv: Sequence[str]) -> int:
        io.argv[:] = argv
        return _run(main)

    return run


def _run(main: Callable[[], int]) -> int:
    from spy_vm.exceptions import Raised

    try:
        return main()
    except Raised as error:
        from spy_cli.program_errors import program_error
        from spy_cli.running import report_error

        return report_error(program_error(error))
