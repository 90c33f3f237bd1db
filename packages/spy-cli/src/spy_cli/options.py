"""Options that several commands share."""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, final

from spy_cli.settings import Overflow, Settings

ErrorMode = Literal["eager", "lazy", "warn"]


@final
@dataclass(frozen=True, slots=True)
class WorldOptions:
    """How import time and redshift go about their work."""

    overflow: Overflow = "wrap"
    blue_fuel: int | None = None  # the default of the VM
    error_mode: ErrorMode = "eager"
    keep_going: bool = False  # after a fault at import time, to find the others


def add_file(parser: argparse.ArgumentParser, *, argv: bool = False) -> None:
    """Add FILE and, with `argv`, what follows it: the arguments of the program."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the main file of the program")
    if argv:
        parser.add_argument("argv", metavar="ARGS", nargs=argparse.REMAINDER, help="arguments of the program")


def add_world(parser: argparse.ArgumentParser) -> None:
    """Add the options of commands that run import time."""
    parser.add_argument(
        "--overflow", choices=["wrap", "check"], help="what integer overflow does (default: wrap)"
    )
    parser.add_argument("--blue-fuel", metavar="N", type=int, help="steps that blue code may take")
    parser.add_argument(
        "-E",
        "--error-mode",
        choices=["eager", "lazy", "warn"],
        help="static errors of functions: refuse the program (eager), let the statement raise when it runs "
        "(lazy), tell of it as well (warn)",
    )


def world_options(args: argparse.Namespace, settings: Settings) -> WorldOptions:
    """Return what the options say, else what the project file says."""
    return WorldOptions(args.overflow or settings.overflow, args.blue_fuel, args.error_mode or "eager")
