"""The `spy` command: finds the subcommand, runs it, turns what goes wrong into text and an exit code.

Exit codes: that of the user's program; 1 its fault; 2 wrong usage; 70 a bug in SPy; 130 interrupted.
`spy FILE ARGS` is the hot path: it must not import argparse, nor anything else that it does not use.
"""

import gc
import os
import sys

GARBAGE = 100_000  # a compiler makes many objects and little garbage: Python need not look for it so often


def main(argv: list[str] | None = None) -> int:
    """Run the command line `argv`; return the exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    gc.set_threshold(GARBAGE, 20, 20)
    if sys.stdout is None:  # closed by the caller
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - for the life of the process
    try:
        code = _dispatch(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # the border: a SpyError is the user's, the rest is ours
        from spy_cli.faults import report

        return report(error, arguments)
    return code


def _dispatch(arguments: list[str]) -> int:
    if not arguments:
        return _usage(["--help"])
    name, *rest = arguments
    if name == "run" and rest and not rest[0].startswith("-"):
        name, *rest = rest
    elif not _is_file(name):
        if name == "build":
            from spy_cli.built import build_again

            code = build_again(rest)
            if code is not None:
                return code
        return _usage(arguments)
    from spy_cli.ready import find_ready

    ready = find_ready(name)
    if ready is not None:
        return ready([name, *rest])
    from spy_cli.commands.run import run_file

    return run_file(name, rest)


def _usage(arguments: list[str]) -> int:
    from spy_cli.command_line import run_command

    return run_command(arguments)


def _is_file(name: str) -> bool:
    if name.startswith("-"):
        return False
    if name.endswith((".spy", ".py")) or "/" in name or "\\" in name:
        return True
    from spy_cli.commands import COMMANDS

    return name not in COMMANDS and os.path.isfile(name)


if __name__ == "__main__":
    raise SystemExit(main())
