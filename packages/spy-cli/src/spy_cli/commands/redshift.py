"""`spy redshift FILE`: what is left of a program after every blue expression is evaluated."""

import argparse

from spy_cli.options import add_file, add_world
from spy_cli.program_text import program_text
from spy_cli.running import run_session
from spy_cli.session import open_session

HELP = "print the redshifted program, or run it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add options and positional arguments."""
    parser.add_argument("-x", "--execute", action="store_true", help="run it instead of printing it")
    parser.add_argument(
        "--full-fqn", action="store_true", help="write every operator as a call of its full name"
    )
    parser.add_argument("--all", action="store_true", help="print the functions of all modules")
    add_world(parser)
    add_file(parser, argv=True)


def run(args: argparse.Namespace) -> int:
    """Print or run; return the exit code."""
    session = open_session(args.file, args)
    if args.execute:
        return run_session(session, "redshift", [str(args.file), *args.argv])
    module = None if args.all else session.loader.main_name
    print(program_text(session.whole, module=module, full_fqn=args.full_fqn))
    return 0
