"""`spy colorize FILE`: the source, with what is blue and what is red."""

import argparse
import sys

import msgspec

from spy_cli.colours import Run, expression_colours, runs
from spy_cli.nesting import nesting_limit
from spy_cli.options import add_file, add_world
from spy_cli.read_source import source_text
from spy_cli.session import open_session
from spy_cli.style import Palette, palette_for

HELP = "show which expressions are known before the program runs (blue)"
BACKGROUNDS = {"blue": "30;48;5;153", "red": "30;48;5;217"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add options and positional arguments."""
    parser.add_argument("--format", choices=["text", "json"], default="text", help="how to write it")
    add_world(parser)
    add_file(parser)


def run(args: argparse.Namespace) -> int:
    """Print the source in colours; without colours, with marks `b` and `r` below each line."""
    world = open_session(args.file, args).world
    lines = source_text(args.file).splitlines()
    with nesting_limit(args.file):
        found = list(runs(expression_colours(world), lines))
    if args.format == "json":
        print(msgspec.json.encode([_entry(run_) for run_ in found]).decode())
        return 0
    palette = palette_for(sys.stdout)
    for number, line in enumerate(lines, 1):
        here = [run_ for run_ in found if run_.line == number]
        print(_painted(line, here, palette) if palette.enabled else _marked(line, here))
    return 0


def _entry(run_: Run) -> dict[str, object]:
    return {"line": run_.line, "col": run_.col, "length": run_.length, "type": run_.colour}


def _painted(line: str, here: list[Run], palette: Palette) -> str:
    text, position = "", 0
    for run_ in here:
        start, end = run_.col - 1, run_.col - 1 + run_.length
        text += line[position:start] + palette.paint(BACKGROUNDS[run_.colour], line[start:end])
        position = end
    return text + line[position:]


def _marked(line: str, here: list[Run]) -> str:
    marks = ""
    for run_ in here:
        marks = marks.ljust(run_.col - 1) + run_.colour[0] * run_.length
    return f"{line}\n{marks}" if marks else line
