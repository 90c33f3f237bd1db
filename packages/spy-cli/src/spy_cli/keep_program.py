"""Redshifted programs that are up to date: a build after a run, or of another kind, does without import time.

The entry holds under the conditions of `ready`.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from spy_cli.cache_file import write_cached
from spy_cli.conditions import conditions
from spy_cli.ready import Condition, encode_entry, entry_path, is_on, read_conditions, stamp_of

if TYPE_CHECKING:
    from spy_types.program.program import Program

    from spy_cli.driver import Session
    from spy_cli.stages import Purpose


def program_for(session: "Session", purpose: "Purpose") -> "Program":
    """Return the program to `run`, or the `library`, from the cache if nothing has changed."""
    if session.main.suffix == ".spyir":
        return session.program
    kept = _kept_program(session, purpose)
    if kept is not None:
        program, session.held = kept
        return program
    program = session.program if purpose == "run" else session.library
    keep_program(session, purpose, program)
    return program


def keep_run(session: "Session", program: "Program") -> None:
    """Keep the program that is about to run."""
    if session.main.suffix != ".spyir":
        keep_program(session, "run", program)


def _kept_program(session: "Session", purpose: "Purpose") -> "tuple[Program, list[Condition]] | None":
    if not is_on():
        return None
    from spy_types.program.codec import decode

    words = _words(session, purpose)
    try:
        found, data = read_conditions(entry_path(words), stamp_of(words))
        return decode(data), found
    except Exception:  # whatever is wrong with an entry: the program can be made again
        return None


def keep_program(session: "Session", purpose: "Purpose", program: "Program") -> None:
    """Keep `program` for later builds, unless its import time did what a build must do again."""
    if not is_on() or session.stages.did_something() or session.stages.plugins().broken:
        return
    from spy_types.program.codec import encode

    words = _words(session, purpose)
    try:
        entry = encode_entry(stamp_of(words), list(conditions(session)), encode(program))
    except (OSError, ValueError):
        return
    write_cached(Path(entry_path(words)), entry)


def _words(session: "Session", purpose: "Purpose") -> str:
    options = session.options
    asked = (options.overflow, options.blue_fuel, options.error_mode)
    return "\0".join(["program", purpose, str(session.main), repr(asked)])
