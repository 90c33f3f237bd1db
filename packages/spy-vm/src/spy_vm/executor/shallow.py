"""Deep expressions are computed in steps, for the compilers of Python that take no deep trees.

((((a + b) + c) + d) + e)   ->   (s = (a + b) + c; s + d + e)
"""

from typing import final

from msgspec.structs import replace
from spy_types.program.nodes import Assign, BlockExpr, Expr, Local, Stmt
from spy_types.program.program import Function, Param
from spy_types.program.walk import children, map_children

MAX_HEIGHT = 40


def shallow(function: Function) -> Function:
    """Return `function` without expressions higher than MAX_HEIGHT."""
    steps = _Steps()
    body = steps.body(function.body)
    return replace(function, body=body, locals=(*function.locals, *steps.locals))


@final
class _Steps:
    def __init__(self) -> None:
        self.locals: list[Param] = []
        self._heights: dict[int, int] = {}
        self._alive: list[Expr] = []  # ids name nodes only as long as these live

    def body(self, body: tuple[Stmt, ...]) -> tuple[Stmt, ...]:
        return tuple([map_children(stmt, self.expr, self.body) for stmt in body])

    def expr(self, expr: Expr) -> Expr:
        expr = map_children(expr, self.expr, self.body)
        height = 1 + max((self._heights.get(id(child), 0) for child in children(expr)), default=0)
        if height > MAX_HEIGHT and not isinstance(expr, BlockExpr):
            step = Param(f"step~{len(self.locals)}", expr.t)
            self.locals.append(step)
            body = (Assign(expr.pos, step.name, expr),)
            expr, height = BlockExpr(expr.t, expr.pos, body, Local(expr.t, expr.pos, step.name)), 1
        self._heights[id(expr)] = height
        self._alive.append(expr)
        return expr
