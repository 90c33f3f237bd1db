"""A look over a function before code is made for it: what its expressions and loops assign."""

from collections.abc import Iterable
from typing import final

from spy_types.program.nodes import Assign, AssignExpr, BlockExpr, Const, Expr, ForRange, Local, Stmt, Try
from spy_types.program.walk import children, walk

NOTHING: frozenset[str] = frozenset()


def assigned(node: Expr | Stmt) -> frozenset[str]:
    """Return the locals that `node` may assign."""
    return NOTHING if isinstance(node, Const | Local) else assigned_in((node,))


def assigned_in(nodes: Iterable[Expr | Stmt]) -> frozenset[str]:
    """Return the locals that any of `nodes` may assign."""
    found = set()
    for node in walk(*nodes):
        match node:
            case Assign(name=name) | AssignExpr(name=name) | ForRange(var=name):
                found.add(name)
            case Try(handlers=handlers):
                found.update(handler.name for handler in handlers if handler.name is not None)
    return frozenset(found)


@final
class Blocks:
    """Which expressions of a function hold statements, which have to run before the statement they are in."""

    def __init__(self) -> None:
        self._known: dict[int, bool] = {}
        self._alive: list[Expr | Stmt] = []  # ids name nodes only as long as these live

    def inside(self, node: Expr | Stmt) -> bool:
        """Whether there is a block in the expression `node`."""
        if isinstance(node, Const | Local):
            return False
        found = self._known.get(id(node))
        if found is None:
            found = isinstance(node, BlockExpr) or any(map(self.inside, children(node)))
            self._known[id(node)] = found
            self._alive.append(node)
        return found
