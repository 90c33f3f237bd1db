"""`spy run FILE`, or just `spy FILE`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from spy_cli.driver import Engine

HELP = "run a program"


def add_arguments(parser: "argparse.ArgumentParser") -> None:
    """Add options and positional arguments."""
    from spy_cli.options import add_file, add_world

    parser.add_argument(
        "--engine",
        choices=["auto", "interp", "redshift"],
        default="auto",
        help="interp: evaluate the syntax tree; redshift: run the redshifted program; "
        "auto (default): redshift, but a static error matters only where the program reaches it",
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="neither run what is kept ready from last time, nor keep it"
    )
    add_world(parser)
    add_file(parser, argv=True)


def run(args: "argparse.Namespace") -> int:
    """Run the program; return its exit code."""
    from spy_cli.keep_program import keep_run
    from spy_cli.running import run_session
    from spy_cli.session import open_session

    asked = args.engine == "auto" and args.error_mode is not None
    engine: Engine = "redshift" if asked else args.engine  # whose mode it is
    keep = None if args.no_cache else keep_run
    return run_session(open_session(args.file, args), engine, [str(args.file), *args.argv], keep)


def run_file(file: str, argv: list[str]) -> int:
    """Run the program in `file` with default options, and keep it ready for the next time."""
    from functools import partial
    from pathlib import Path

    from spy_cli.make_ready import make_ready
    from spy_cli.running import run_session
    from spy_cli.session import open_session

    return run_session(open_session(Path(file)), "auto", [file, *argv], partial(make_ready, file))
