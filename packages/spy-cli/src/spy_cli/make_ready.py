"""Keeps a program ready to run: see `ready`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from spy_types.errors import SpyError

from spy_cli.cache_file import write_cached
from spy_cli.driver import Session
from spy_cli.ready import Condition, encode_entry, entry_path, stamp_of

PACKAGES = ("spy_types", "spy_parser", "spy_vm", "spy_redshift", "spy_stdlib", "spy_cli")


def make_ready(session: Session, file: str) -> None:
    """Keep the program of `session`, which was just run, if later runs may do without import time."""
    from spy_vm.executor.saving import NotSavable, save_program

    program = session.made_program
    if program is None or session.stages.did_something() or session.stages.plugins().broken:
        return
    try:
        data = save_program(program)
    except (NotSavable, SpyError, RecursionError):
        return
    entry = encode_entry(stamp_of(file), list(_conditions(session)), data)
    write_cached(Path(entry_path(file)), entry)


def _conditions(session: Session) -> Iterator[Condition]:
    for path, data in session.loader.read.items():
        if path.startswith("<"):
            yield _unchanged(session.loader.real_path(path))
        else:
            yield "=", path, data
    for candidate in session.loader.absent:
        yield "-", str(candidate), None
    for candidate in session.project_files:
        yield (
            ("=", str(candidate), candidate.read_bytes())
            if candidate.exists()
            else ("-", str(candidate), None)
        )
    for package in PACKAGES:
        folder = Path(str(sys.modules[package].__file__)).parent
        yield from (_unchanged(path) for path in sorted(folder.rglob("*.py")))


def _unchanged(path: Path) -> Condition:
    found = path.stat()
    return "~", str(path), (found.st_size, found.st_mtime_ns)
