"""`spy explain CODE`: the page of an error."""

import argparse
import sys

from spy_cli.error_pages import page, titles
from spy_cli.markdown_text import markdown_text
from spy_cli.style import palette_for

HELP = "explain the code of an error"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add positional arguments."""
    parser.add_argument(
        "code", metavar="CODE", nargs="?", help="as in error[CODE]; without it, all codes are listed"
    )


def run(args: argparse.Namespace) -> int:
    """Print the page, or the list of pages."""
    if args.code is None:
        for code, title in titles():
            print(f"{code:<10} {title}")
        return 0
    print(markdown_text(page(args.code.upper()), palette_for(sys.stdout)))
    return 0
