"""Runs a program and tells how it ended."""

import sys
from collections.abc import Sequence

from spy_types.errors import SpyError

from spy_cli.driver import Engine, Keep, Session
from spy_cli.program_errors import ProgramError
from spy_cli.render import render_all
from spy_cli.sources import Sources
from spy_cli.style import palette_for
from spy_cli.traceback_text import traceback_text

CAUSED = "The above exception was the direct cause of the following exception:"
DURING = "During handling of the above exception, another exception occurred:"


def run_session(session: Session, engine: Engine, argv: Sequence[str], keep: Keep | None = None) -> int:
    """Run the program; write its uncaught exception on stderr; return its exit code."""
    try:
        return session.run(engine, argv, keep)
    except ProgramError as error:
        return report_error(error)


def report_error(error: ProgramError) -> int:
    """Write an uncaught exception on stderr; return the exit code."""
    sys.stdout.flush()
    print(_report(error), file=sys.stderr)
    return 1


def _chain(error: ProgramError, sources: Sources) -> str:
    """Return the reports of the exceptions that came before, and of this one."""
    if error.etype == "SystemExit" and error.message:
        return error.message
    text = traceback_text(error.entries, error.etype, error.message, sources)
    if error.before is None:
        return text
    return f"{_chain(error.before, sources)}\n\n{CAUSED if error.caused else DURING}\n\n{text}"


def _report(error: ProgramError) -> str:
    sources = Sources()
    text = _chain(error, sources)
    if isinstance(error.__cause__, SpyError):
        text = render_all(error.__cause__.diagnostics, sources, palette_for(sys.stderr)) + "\n" + text
    return text
