"""Where locals are declared: at the assignment that comes first, if everything else comes after it in the
same block.

int32_t x_ = f(1);      instead of      int32_t x_;
                                        x_ = f(1);
"""

from collections.abc import Iterator

from spy_types.program.nodes import Assign, AssignExpr, Expr, ForRange, Local, Stmt, Try
from spy_types.program.program import Function

from spy_cbackend.walk import all_statements, block_of, body_expressions, expressions_in


def declared_by_assignment(function: Function) -> frozenset[int]:
    """Return the statements (by identity) of the function's outermost block that declare the local they
    assign.
    """
    seen = {param.name for param in function.params}
    found: dict[int, None] = {}
    for stmt in function.body:
        if isinstance(stmt, Assign):
            seen.update(_mentioned(stmt.value))
            if stmt.name not in seen:
                found[id(stmt)] = None
            seen.add(stmt.name)
        else:
            seen.update(_mentioned_in(stmt))
    repeated = _repeated(function.body)
    return frozenset(found.keys() - repeated)


def _mentioned(expr: Expr) -> Iterator[str]:
    for node in expressions_in(expr):
        if isinstance(node, Local | AssignExpr):
            yield node.name
        for stmt in all_statements(block_of(node)):
            yield from _assigned(stmt)


def _mentioned_in(stmt: Stmt) -> Iterator[str]:
    for inner in all_statements((stmt,)):
        yield from _assigned(inner)
    for expr in body_expressions((stmt,)):
        if isinstance(expr, Local | AssignExpr):
            yield expr.name


def _assigned(stmt: Stmt) -> Iterator[str]:
    if isinstance(stmt, Assign):
        yield stmt.name
    elif isinstance(stmt, ForRange):
        yield stmt.var
    elif isinstance(stmt, Try):
        yield from (handler.name for handler in stmt.handlers if handler.name is not None)


def _repeated(body: tuple[Stmt, ...]) -> set[int]:
    """Return the statements that stand more than once, as one object."""
    counts: dict[int, int] = {}
    for stmt in body:
        counts[id(stmt)] = counts.get(id(stmt), 0) + 1
    return {number for number, count in counts.items() if count > 1}
