"""`spy check FILE...`: every static error of programs, without running them."""

import argparse
import sys
from pathlib import Path

from spy_types.errors import Diagnostic, SpyError

from spy_cli.formats import FORMATS
from spy_cli.options import add_world
from spy_cli.placed import placed
from spy_cli.session import open_session

HELP = "list every static error of programs"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add options and positional arguments."""
    parser.add_argument("--format", choices=sorted(FORMATS), default="text", help="how to write the errors")
    add_world(parser)
    parser.add_argument(
        "files", metavar="FILE", nargs="+", type=Path, help="main files of programs, or modules"
    )


def run(args: argparse.Namespace) -> int:
    """Write the errors on stdout; return 1 if there are any."""
    found: list[Diagnostic] = []
    for file in args.files:
        found += [diagnostic for diagnostic in _check(file, args) if diagnostic not in found]
    sys.stdout.write(FORMATS[args.format](found, len(args.files)))
    return 1 if found else 0


def _check(file: Path, args: argparse.Namespace) -> list[Diagnostic]:
    try:
        _ = open_session(file, args).whole
    except SpyError as error:
        found = [placed(diagnostic, file) for diagnostic in error.diagnostics]
        return sorted(found, key=lambda diagnostic: _place(diagnostic, file))
    return []


def _place(diagnostic: Diagnostic, file: Path) -> tuple[bool, str, int, int]:
    """Sort the errors of `file` first, then those of other modules, each from top to bottom."""
    loc = diagnostic.labels[0].loc
    return loc.file != str(file), loc.file, loc.line, loc.col
