"""`spy parse FILE`: the Syntax IR of a module."""

import argparse

from spy_types.syntax.codec import encode_json

from spy_cli.options import add_file
from spy_cli.session import open_session
from spy_cli.tree_text import tree_text

HELP = "print the syntax tree of a module"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add options and positional arguments."""
    parser.add_argument("--format", choices=["text", "json"], default="text", help="how to write the tree")
    parser.add_argument("--locations", action="store_true", help="with text: write where each node stands")
    add_file(parser)


def run(args: argparse.Namespace) -> int:
    """Print the tree."""
    module = open_session(args.file).loader.main()
    if args.format == "json":
        print(encode_json(module).decode())
    else:
        print("\n".join(tree_text(statement, locations=args.locations) for statement in module.body))
    return 0
