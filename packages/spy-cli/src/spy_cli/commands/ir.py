"""`spy ir FILE`: the Program IR of a program; what a backend gets."""

import argparse
import sys
from pathlib import Path

from spy_types.program.codec import encode, encode_json
from spy_types.program.program import Program

from spy_cli.options import add_file, add_world
from spy_cli.program_text import program_text
from spy_cli.session import open_session

HELP = "print the Program IR of a program, or of a .spyir file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add options and positional arguments."""
    parser.add_argument("--format", choices=["text", "json", "bytes"], default="text", help="how to write it")
    parser.add_argument("-o", "--out", metavar="OUT", type=Path, help="the file to write (default: stdout)")
    add_world(parser)
    add_file(parser)


def run(args: argparse.Namespace) -> int:
    """Write the program."""
    data = _bytes(open_session(args.file, args).whole, args.format)
    if args.out is not None:
        args.out.write_bytes(data)
    elif args.format == "bytes":
        sys.stdout.buffer.write(data)
    else:
        sys.stdout.write(data.decode())
    return 0


def _bytes(program: Program, format_: str) -> bytes:
    match format_:
        case "bytes":
            return encode(program)
        case "json":
            return encode_json(program) + b"\n"
        case _:
            return program_text(program, module=None, full_fqn=True).encode() + b"\n"
