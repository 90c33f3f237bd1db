"""`spy build FILE`: an artifact from a program, by a backend."""

import argparse
from pathlib import Path

from spy_cli.building import build_program
from spy_cli.built import told
from spy_cli.keep_built import keep_built
from spy_cli.options import add_file, add_world
from spy_cli.session import open_session

HELP = "compile a program"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add options and positional arguments."""
    parser.add_argument(
        "-o", "--out", metavar="OUT", type=Path, help="the file to make (default: build/NAME)"
    )
    parser.add_argument("-x", "--execute", action="store_true", help="run the program when it is built")
    parser.add_argument(
        "--release", action="store_true", default=None, help="optimise (default: a debug build)"
    )
    parser.add_argument("--debug", action="store_false", dest="release", help="do not optimise")
    parser.add_argument("-k", "--kind", help="exe (default), lib or cffi; a backend may have others")
    parser.add_argument("--backend", metavar="NAME", help="who compiles (default: c)")
    parser.add_argument(
        "--option", metavar="NAME=VALUE", action="append", default=[], help="an option of the backend"
    )
    add_world(parser)
    add_file(parser, argv=True)


def run(args: argparse.Namespace) -> int:
    """Build; with --execute run the artifact and return its exit code. Messages go to stderr."""
    session = open_session(args.file, args)
    backend, artifact = build_program(session, args)
    argv = args.argv if args.execute else None
    keep_built(args.words, session, backend, artifact, argv)
    return told(str(artifact.path), artifact.kind, argv, cached=artifact.cached)
