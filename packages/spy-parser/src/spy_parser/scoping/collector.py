"""The state of the walk that numbers the scopes of a module and notes what each binds and reads.

Scopes are numbered in program order, a function after its decorators and defaults. What to do at a node is
in `VISITORS` of expressions, statements, definitions and patterns. They also refuse what needs to know where
it stands: `return` outside functions, `break` outside loops, ...
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, final

from spy_types.errors import SpyError
from spy_types.loc import Span
from spy_types.syntax import nodes as n
from spy_types.syntax.module import ImportEdge
from spy_types.syntax.scopes import Origin, ScopeKind

from spy_parser.errors import text as errors
from spy_parser.errors import tree as tree_errors
from spy_parser.scoping.bindings import ScopeNotes
from spy_parser.source import Source

MAX_DEPTH: Final = 500
"""Levels of the tree: what `codec.encode` and the passes behind us can follow with Python's default stack."""


@final
class Collector:
    """`scope` is where the walk stands; `scopes` are all scopes so far, by id."""

    def __init__(self, source: Source, name: str, visitors: "Visitors") -> None:
        self.source = source
        self.visitors = visitors
        self.scopes: list[ScopeNotes] = []
        self.imports: list[ImportEdge] = []
        self.prologue = True
        self.depth = 0
        self.scope = self.open_scope("module", name)

    def open_scope(self, kind: ScopeKind, name: str) -> ScopeNotes:
        """Enter a new scope inside the current one."""
        parent = self.scope if self.scopes else None
        self.scope = ScopeNotes(len(self.scopes), kind, name, parent)
        self.scope.iterables = parent.iterables if parent else 0
        self.scopes.append(self.scope)
        return self.scope

    def close_scope(self) -> None:
        """Return to the scope around."""
        assert self.scope.parent is not None
        self.scope = self.scope.parent

    def module(self, statements: tuple[n.Stmt, ...]) -> None:
        """Walk the module; its prologue is a docstring and imports from `__future__`."""
        for index, statement in enumerate(statements):
            docstring = (
                index == 0 and isinstance(statement, n.ExprStmt) and isinstance(statement.value, n.StrLit)
            )
            future = isinstance(statement, n.ImportFrom) and statement.module == "__future__"
            self.prologue = self.prologue and (docstring or future)
            self.visitors[type(statement)](self, statement)

    def body(self, statements: Iterable[n.Stmt]) -> None:
        """Walk statements."""
        self.visit_all(statements)

    def visit(self, node: Any) -> None:
        """Walk a node, or nothing for None."""
        if node is not None:
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise self._too_deep(node)
            self.visitors[type(node)](self, node)
            self.depth -= 1

    def visit_all(self, found: Iterable[Any]) -> None:
        """Walk several nodes."""
        self.depth += 1
        for node in found:
            if self.depth > MAX_DEPTH:
                raise self._too_deep(node)
            self.visitors[type(node)](self, node)
        self.depth -= 1

    def _too_deep(self, node: n.Node) -> SpyError:
        self.source.report(errors.too_deep(self.source.loc(node.span)))
        return SpyError.of(self.source.diagnostics)

    def bind(self, name: str, origin: Origin, span: Span, *, counts: bool = True) -> None:
        """Bind `name` in the current scope."""
        if name == "__debug__":
            self.source.report(tree_errors.debug_assigned(self.source.loc(span)))
        self.scope.bind(name, origin, span, counts=counts)


Visitors = Mapping[type, Callable[[Collector, Any], None]]


def bind_target(c: Collector, node: n.Expr, origin: Origin = "auto") -> None:
    """Bind the names of an assignment target, read the rest of it."""
    match node:
        case n.Name():
            c.bind(node.id, origin, node.span)
        case n.Tuple() | n.List():
            for elt in node.elts:
                bind_target(c, elt, origin)
        case n.Starred():
            bind_target(c, node.value, origin)
        case _:
            c.visit(node)
