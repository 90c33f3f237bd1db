"""Imports: the names they bind, and the edges of the import graph."""

from typing import Final

from spy_types.syntax import nodes as n
from spy_types.syntax.module import ImportEdge

from spy_parser.errors import scopes as errors
from spy_parser.scoping.collector import Collector, Visitors
from spy_parser.scoping.future import check_future


def _import(c: Collector, node: n.Import) -> None:
    for alias in node.names:
        c.bind(alias.asname or alias.name.partition(".")[0], "import", alias.span)
        _import_edge(c, node, alias.name, 0, ())


def _import_from(c: Collector, node: n.ImportFrom) -> None:
    if node.module == "__future__" and not node.level:
        check_future(c.source, node, late=not c.prologue)
    for alias in node.names:
        if alias.name != "*":
            c.bind(alias.asname or alias.name, "import", alias.span)
        elif c.scope.kind != "module":
            c.source.report(errors.star_import_inside(c.source.loc(node.span)))
    _import_edge(c, node, node.module, node.level, tuple(alias.name for alias in node.names))


def _import_edge(c: Collector, node: n.Node, module: str, level: int, names: tuple[str, ...]) -> None:
    span = node.span
    end = span.end_col if span.end_line == span.line else span.col + len("import")
    c.imports.append(ImportEdge(module, level, names, span.line, span.col, end))


VISITORS: Final[Visitors] = {n.Import: _import, n.ImportFrom: _import_from}
