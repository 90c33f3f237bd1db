"""`spy imports FILE`: the static import graph of a program."""

import argparse

from spy_cli.import_graph import import_graph, order
from spy_cli.options import add_file
from spy_cli.session import open_session

HELP = "print the import tree of a program"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add positional arguments."""
    add_file(parser)


def run(args: argparse.Namespace) -> int:
    """Print the tree, the search path and the order of execution."""
    session = open_session(args.file)
    main = session.loader.main().name
    graph = import_graph(session.loader)
    print("\n".join(_tree(main, graph, "", [])))
    print("\nsearch path:")
    for folder in session.loader.folders:
        print(f"  {folder}")
    print("\norder of execution:")
    for number, name in enumerate(order(main, graph), 1):
        print(f"  {number}. {name}")
    return 0


def _tree(name: str, graph: dict[str, list[str]], indent: str, path: list[str]) -> list[str]:
    if name in path:
        return [f"{indent}{name} (cycle)"]
    kind = "" if name in graph else " (builtin, or not found)"
    lines = [f"{indent}{name}{kind}"]
    for imported in graph.get(name, []):
        lines += _tree(imported, graph, indent + "  ", [*path, name])
    return lines
