"""What went wrong, told to the user: diagnostics, or an apology with a report when the bug is ours."""

import os
import sys

from spy_types.errors import SpyError

from spy_cli.errors import machine_fault
from spy_cli.render import render_all
from spy_cli.style import palette_for


def report(error: Exception, arguments: list[str]) -> int:
    """Write the message for `error` on stderr; return the exit code."""
    if isinstance(error, BrokenPipeError):
        return _quiet()
    if isinstance(error, OSError) and error.errno is not None:
        error = machine_fault(error)
    if isinstance(error, SpyError):
        print(render_all(error.diagnostics, palette=palette_for(sys.stderr)), file=sys.stderr)
        return 1
    from spy_cli.program_errors import ProgramError

    if isinstance(error, ProgramError):
        from spy_cli.running import report_error

        return report_error(error)
    from spy_cli.bug_report import write_report

    print(write_report(error, arguments), file=sys.stderr)
    return 70


def _quiet() -> int:
    """The reader went away: say nothing, also not when Python flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141
