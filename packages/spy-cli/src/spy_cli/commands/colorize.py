"""`spy colorize FILE`: the source, with what is blue and what is red."""

import argparse
import sys

import msgspec

from spy_cli.colour_page import colour_page
from spy_cli.colours import Run, expression_colours, runs
from spy_cli.nesting import nesting_limit
from spy_cli.options import add_file, add_world
from spy_cli.read_source import source_text
from spy_cli.session import open_session
from spy_cli.style import Palette, palette_for
from spy_cli.why_red import DEPENDS

HELP = "show which expressions are known before the program runs (blue)"
BACKGROUNDS = {"blue": "30;48;5;153", "red": "30;48;5;217"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add options and positional arguments."""
    parser.add_argument("--format", choices=["text", "json", "html"], default="text", help="how to write it")
    parser.add_argument("--why", action="store_true", help="tell below each line why its parts are red")
    add_world(parser)
    add_file(parser)


def run(args: argparse.Namespace) -> int:
    """Print the source in colours; without colours, with marks `b` and `r` below each line."""
    world = open_session(args.file, args).world
    lines = source_text(args.file).splitlines()
    with nesting_limit(args.file):
        found = list(runs(expression_colours(world, lines), lines))
    if args.format == "html":
        print(colour_page(str(args.file), lines, found), end="")
        return 0
    if args.format == "json":
        print(msgspec.json.encode([_entry(run_) for run_ in found]).decode())
        return 0
    palette = palette_for(sys.stdout)
    for number, line in enumerate(lines, 1):
        here = [run_ for run_ in found if run_.line == number]
        print(_painted(line, here, palette) if palette.enabled else _marked(line, here))
        for reason in _reasons(here) if args.why else ():
            print(palette.paint("dim", reason))
    return 0


def _reasons(here: list[Run]) -> list[str]:
    """Return one remark for each thing in a line that is red for a reason of its own."""
    told: dict[str, str] = {}
    for run_ in here:
        if run_.colour == "red" and not run_.note.startswith(DEPENDS):
            told.setdefault(run_.note, f"    # `{run_.text}` is red: {run_.note}")
    return list(told.values())


def _entry(run_: Run) -> dict[str, object]:
    place = {"line": run_.line, "col": run_.col, "length": run_.length}
    return {**place, "type": run_.colour, "why" if run_.colour == "red" else "value": run_.note}


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
