"""Keeps a program ready to run: see `ready`."""

from pathlib import Path
from typing import TYPE_CHECKING

from spy_types.errors import SpyError

from spy_cli.cache_file import write_cached
from spy_cli.conditions import conditions
from spy_cli.keep_program import keep_program
from spy_cli.ready import encode_entry, entry_path, is_on, stamp_of

if TYPE_CHECKING:
    from spy_types.program.program import Program

    from spy_cli.driver import Session


def make_ready(file: str, session: "Session", program: "Program") -> bytes | None:
    """Keep `program` for later runs of `file`, and return it as they will run it.

    Return None, and keep nothing, if later runs have to do import time again, or cannot do without it.
    """
    if not is_on() or session.stages.did_something() or session.stages.plugins().broken:
        return None
    keep_program(session, "run", program)
    from spy_vm.executor.saving import NotSavable, save_program

    try:
        data = save_program(program)
        entry = encode_entry(stamp_of(file), list(conditions(session)), data)
    except (NotSavable, SpyError, RecursionError, OSError):
        return None
    write_cached(Path(entry_path(file)), entry)
    return data
