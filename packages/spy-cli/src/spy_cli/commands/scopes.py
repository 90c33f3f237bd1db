"""`spy scopes FILE`: which names each scope of a module binds, and where the others come from."""

import argparse

from spy_types.syntax.scopes import Scope, Symbol

from spy_cli.options import add_file
from spy_cli.session import open_session

HELP = "print the symbol tables of a module"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add positional arguments."""
    add_file(parser)


def run(args: argparse.Namespace) -> int:
    """Print a table per scope."""
    module = open_session(args.file).loader.main()
    print("\n\n".join(_table(scope, module.scopes) for scope in module.scopes))
    return 0


def _table(scope: Scope, scopes: tuple[Scope, ...]) -> str:
    inside = f" in {scopes[scope.parent].name}" if scope.parent >= 0 else ""
    generator = ", generator" if scope.is_generator else ""
    rows = [f"{scope.kind} {scope.name}{inside}{generator}"]
    width = max((len(name) for name in scope.symbols), default=0)
    for symbol in scope.symbols.values():
        rows.append(f"  {symbol.name:<{width}}  {_describe(symbol, scope, scopes)}")
    return "\n".join(rows)


def _describe(symbol: Symbol, scope: Scope, scopes: tuple[Scope, ...]) -> str:
    if symbol.scope < 0:
        return "builtin or unknown"
    words: list[str] = [symbol.varkind, symbol.origin]
    if symbol.scope != scope.id:
        words.append(f"of {scopes[symbol.scope].kind} {scopes[symbol.scope].name}")
    if symbol.declared is not None:
        words.append(f"declared at {symbol.declared.line}:{symbol.declared.col}")
    if symbol.captured:
        words.append("captured" + (", written by an inner scope" if symbol.captured_write else ""))
    return " ".join(words)
