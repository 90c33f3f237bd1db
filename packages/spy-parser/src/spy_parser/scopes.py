"""Which names each scope of a module binds and where the others come from.

Python's rules, with one addition: a name that the module declares with `var`, and that a function assigns
without declaring it (annotation, `var`, `const`, parameter, `for`, `def`, `class`, `import`, `except`), is
the module's variable, unless a function in between has a variable of that name.
"""

from typing import Final

from spy_types.syntax.module import ImportEdge
from spy_types.syntax.nodes import Stmt
from spy_types.syntax.scopes import Scope

from spy_parser.scoping import definitions, expressions, imports, patterns, statements
from spy_parser.scoping.collector import Collector, Visitors
from spy_parser.scoping.resolve import resolve
from spy_parser.source import Source

_VISITORS: Final[Visitors] = {
    **expressions.VISITORS,
    **statements.VISITORS,
    **definitions.VISITORS,
    **imports.VISITORS,
    **patterns.VISITORS,
}


def scopes_of(
    source: Source, name: str, body: tuple[Stmt, ...]
) -> tuple[tuple[Scope, ...], tuple[ImportEdge, ...]]:
    """Return the scopes of the module `name` and its imports; number the nodes that open a scope."""
    collector = Collector(source, name, _VISITORS)
    collector.module(body)
    return resolve(source, collector.scopes), tuple(collector.imports)
