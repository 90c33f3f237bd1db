"""A look over a function before code is made for it: what its expressions and loops assign."""

from collections.abc import Iterable
from typing import final

from spy_types.program.nodes import Assign, AssignExpr, BlockExpr, Expr, ForRange, Stmt
from spy_types.program.walk import children


@final
class Survey:
    """What is inside each node of one function, computed once per node."""

    def __init__(self) -> None:
        self._assigned: dict[int, frozenset[str]] = {}
        self._blocks: dict[int, bool] = {}
        self._alive: list[Expr | Stmt] = []  # ids name nodes only as long as these live

    def assigned(self, node: Expr | Stmt) -> frozenset[str]:
        """Return the locals that `node` may assign."""
        found = self._assigned.get(id(node))
        if found is None:
            found = _own_assignment(node).union(*map(self.assigned, children(node)))
            self._assigned[id(node)] = found
            self._alive.append(node)
        return found

    def assigned_in(self, nodes: Iterable[Expr | Stmt]) -> frozenset[str]:
        """Return the locals that any of `nodes` may assign."""
        return frozenset[str]().union(*map(self.assigned, nodes))

    def has_block(self, node: Expr | Stmt) -> bool:
        """Whether an expression holds statements, which have to run before the statement it is in."""
        found = self._blocks.get(id(node))
        if found is None:
            found = isinstance(node, BlockExpr) or any(map(self.has_block, children(node)))
            self._blocks[id(node)] = found
            self._alive.append(node)
        return found


def _own_assignment(node: Expr | Stmt) -> frozenset[str]:
    match node:
        case Assign(name=name) | AssignExpr(name=name) | ForRange(var=name):
            return frozenset((name,))
    return frozenset()
