"""Yields inside of expressions become statements: what was evaluated before them is kept in locals.

x = f() + (yield 1)      ->      t1 = f(); yield 1; t2 = __sent__(); x = t1 + t2
"""

from typing import final

import msgspec
from spy_types.program import nodes as ir
from spy_types.program.constants import BoolConst
from spy_types.program.program import Function, Param
from spy_types.program.walk import children, map_children, walk

Body = tuple[ir.Stmt, ...]


def hoist_yields(function: Function) -> Function:
    """Return a generator function whose yields all stand outside of expressions."""
    hoist = _Hoist()
    body = hoist.body(function.body)
    return msgspec.structs.replace(function, body=body, locals=(*function.locals, *hoist.locals))


def is_suspending(node: ir.Expr | ir.Stmt) -> bool:
    """Whether a yield is inside of `node`."""
    return any(isinstance(inner, ir.Yield) for inner in walk(node))


@final
class _Hoist:
    def __init__(self) -> None:
        self.locals: list[Param] = []

    def body(self, stmts: Body) -> Body:
        return tuple(new for stmt in stmts for new in self.statement(stmt))

    def statement(self, stmt: ir.Stmt) -> list[ir.Stmt]:
        """Return what stands for a statement."""
        if not is_suspending(stmt):
            return [stmt]
        out: list[ir.Stmt] = []
        if isinstance(stmt, ir.While) and is_suspending(stmt.cond):
            return self.loop(stmt)
        operands = [child for child in children(stmt) if isinstance(child, ir.Expr)]
        values = iter(self.operands(operands, out))
        out.append(map_children(stmt, lambda _: next(values), self.body))
        return out

    def loop(self, stmt: ir.While) -> list[ir.Stmt]:
        """Return a loop that tests its condition inside.

        while (yield): body       ->       while True:
                                               yield; more = __sent__()
                                               if not more: break
                                               body
        else: orelse                       if not more: orelse
        """
        pos, more = stmt.pos, self.fresh("bool")
        test: list[ir.Stmt] = []
        test.append(ir.Assign(pos, more, self.expr(stmt.cond, test)))
        ended = ir.Prim("bool", pos, "bool_not", (ir.Local("bool", pos, more),))
        leave = ir.If(pos, ended, (ir.Break(pos),), ())
        always = ir.Const("bool", pos, BoolConst(True))
        loop = ir.While(pos, always, (*test, leave, *self.body(stmt.body)), ())
        return [loop, ir.If(pos, ended, self.body(stmt.orelse), ())] if stmt.orelse else [loop]

    def operands(self, exprs: list[ir.Expr], out: list[ir.Stmt]) -> list[ir.Expr]:
        """Return what stands for operands that are evaluated one after the other."""
        last = max((i for i, expr in enumerate(exprs) if is_suspending(expr)), default=-1)
        values = []
        for i, expr in enumerate(exprs):
            value = self.expr(expr, out) if i <= last else expr
            values.append(self.keep(value, out) if i < last else value)
        return values

    def expr(self, expr: ir.Expr, out: list[ir.Stmt]) -> ir.Expr:  # noqa: PLR0911  # one case per node
        """Return what stands for an expression; its yields go to `out`."""
        if not is_suspending(expr):
            return expr
        match expr:
            case ir.BlockExpr(body=body, value=value):
                out += self.body(body)
                return self.expr(value, out)
            case ir.IfExp(cond=cond, then=then, orelse=orelse):
                return self.choice(expr, self.expr(cond, out), then, orelse, out)
            case ir.And(left=left, right=right):
                no = ir.Const("bool", expr.pos, BoolConst(False))
                return self.choice(expr, self.expr(left, out), right, no, out)
            case ir.Or(left=left, right=right):
                yes = ir.Const("bool", expr.pos, BoolConst(True))
                return self.choice(expr, self.expr(left, out), yes, right, out)
            case ir.AssignExpr(t=t, pos=pos, name=name, value=value):
                out.append(ir.Assign(pos, name, self.expr(value, out)))
                return ir.Local(t, pos, name)
        values = iter(self.operands([child for child in children(expr) if isinstance(child, ir.Expr)], out))
        return map_children(expr, lambda _: next(values), self.body)

    def choice(
        self, expr: ir.Expr, cond: ir.Expr, then: ir.Expr, orelse: ir.Expr, out: list[ir.Stmt]
    ) -> ir.Expr:
        """Return a local that one of two branches assigns."""
        result = self.fresh(expr.t)
        branches = []
        for branch in (then, orelse):
            block: list[ir.Stmt] = []
            value = self.expr(branch, block)
            branches.append((*block, ir.Assign(branch.pos, result, value)))
        out.append(ir.If(expr.pos, cond, *branches))
        return ir.Local(expr.t, expr.pos, result)

    def keep(self, expr: ir.Expr, out: list[ir.Stmt]) -> ir.Expr:
        """Evaluate an expression now."""
        if isinstance(expr, ir.Const):
            return expr
        name = self.fresh(expr.t)
        out.append(ir.Assign(expr.pos, name, expr))
        return ir.Local(expr.t, expr.pos, name)

    def fresh(self, t: str) -> str:
        name = f"$kept{len(self.locals)}"
        self.locals.append(Param(name, t))
        return name
