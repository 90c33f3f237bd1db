"""Artifacts that are up to date: the second `spy build` neither parses, nor imports, nor compiles.

The entry of a command line holds under the conditions of `ready`, if the files that it made are still there
and whole. Nothing here may be slow to import.
"""

from __future__ import annotations

import marshal
import os
import sys

from spy_cli.ready import entry_path, is_on, read_entry, stamp_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def build_again(words: Sequence[str]) -> int | None:
    """Return the exit code of `spy build WORDS` if nothing has to be built, else None."""
    if not is_on():
        return None
    try:
        payload = read_entry(entry_of(words), build_stamp(words))
        path, kind, argv = marshal.loads(payload)
    except Exception:  # whatever is wrong with an entry: the artifact can be made again
        return None
    return told(path, kind, argv, cached=True)


def told(path: str, kind: str, argv: list[str] | None, *, cached: bool) -> int:
    """Say on stderr what was built; run it if there is an argv; return the exit code."""
    print(f"{'unchanged' if cached else 'built'}: {path}", file=sys.stderr)
    if argv is None:
        return 0
    if kind != "exe":
        print(f"spy build: `--execute` runs an exe, not a {kind}", file=sys.stderr)
        return 2
    sys.stdout.flush()
    sys.stderr.flush()
    program = os.path.abspath(path)
    code = os.spawnv(os.P_WAIT, program, [program, *argv])
    return code if code >= 0 else 128 - code


def entry_of(words: Sequence[str]) -> str:
    """Return where the entry of a command line is kept."""
    return entry_path("\0".join(["build", *words]))


def build_stamp(words: Sequence[str]) -> str:
    """Return what must be the same apart from files: the compiler is looked for in the folders of PATH."""
    rows = [stamp_of("\0".join(words)), os.environ.get("CC", "")]
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        try:
            rows.append(f"{folder}\t{os.stat(folder).st_mtime_ns}")
        except OSError:
            continue
    return "\n".join(rows)
