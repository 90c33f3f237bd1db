"""Counting loops that are left in the middle by a yield: what they count with must outlive the step.

for i in range(start, stop, 2):        next = start; end = stop; more = next < end
    yield i                      ->    while more:
                                           i = next
                                           more = end - next > 2      # unsigned: nothing overflows
                                           next = next + 2            # wraps at the very end
                                           yield i
"""

from typing import final

from msgspec.structs import replace
from spy_types.program.constants import IntConst, StrConst
from spy_types.program.nodes import (
    Assign,
    Const,
    Expr,
    ForRange,
    If,
    IfExp,
    Local,
    Pos,
    Prim,
    Raise,
    Stmt,
    While,
    Yield,
)
from spy_types.program.program import Function, Param, Program
from spy_types.program.types import TypeId
from spy_types.program.walk import map_children, walk

from spy_cbackend.facts import constant_number

Body = tuple[Stmt, ...]


def lower_generator_loops(program: Program) -> Program:
    """Return `program` with the counting loops around yields as while loops."""
    functions = tuple(_lower(f) if f.generator else f for f in program.functions)
    return replace(program, functions=functions)


def _lower(function: Function) -> Function:
    loops = _Loops()
    body = loops.body(function.body)
    return replace(function, body=body, locals=(*function.locals, *loops.locals))


@final
class _Loops:
    def __init__(self) -> None:
        self.locals: list[Param] = []

    def body(self, stmts: Body) -> Body:
        return tuple(new for stmt in stmts for new in self.statement(stmt))

    def statement(self, stmt: Stmt) -> list[Stmt]:
        """Return what stands for a statement; the loops inside of it come first."""
        stmt = map_children(stmt, lambda expr: expr, self.body)
        if isinstance(stmt, ForRange) and any(isinstance(node, Yield) for node in walk(stmt)):
            return self.loop(stmt)
        return [stmt]

    def loop(self, stmt: ForRange) -> list[Stmt]:
        """Return the while loop."""
        pos, t = stmt.pos, stmt.start.t
        counter, end = self.fresh("next", t, pos), self.fresh("end", t, pos)
        begin: list[Stmt] = [Assign(pos, counter.name, stmt.start), Assign(pos, end.name, stmt.stop)]
        step = constant_number(stmt.step)
        if step in (1, -1):
            cond: Expr = _below(counter, end) if step == 1 else _below(end, counter)
            body: Body = (Assign(pos, stmt.var, counter), _add(counter, stmt.step))
            return [*begin, While(pos, cond, (*body, *stmt.body), stmt.orelse)]
        by, more = self.fresh("by", t, pos), self.fresh("more", "bool", pos)
        begin.append(Assign(pos, by.name, stmt.step))
        if not step:
            begin.append(_refuse_zero(by, stmt))
        up = _below(_number(0, by), by)
        begin.append(Assign(pos, more.name, _either(up, _below(counter, end), _below(end, counter))))
        minus = Prim(t, pos, f"{t}_wrapping_sub", (_number(0, by), by))
        again = _either(up, _further(end, counter, by), _further(counter, end, minus))
        body = (Assign(pos, stmt.var, counter), Assign(pos, more.name, again), _add(counter, by))
        return [*begin, While(pos, more, (*body, *stmt.body), stmt.orelse)]

    def fresh(self, hint: str, t: TypeId, pos: Pos) -> Local:
        """Return a new local."""
        name = f"${hint}{len(self.locals)}"
        self.locals.append(Param(name, t))
        return Local(t, pos, name)


def _number(value: int, like: Expr) -> Expr:
    return Const(like.t, like.pos, IntConst(value))


def _below(left: Expr, right: Expr) -> Expr:
    return Prim("bool", left.pos, f"{left.t}_lt", (left, right))


def _either(cond: Expr, then: Expr, orelse: Expr) -> Expr:
    return IfExp("bool", cond.pos, cond, then, orelse)


def _add(counter: Local, step: Expr) -> Stmt:
    total = Prim(counter.t, counter.pos, f"{counter.t}_wrapping_add", (counter, step))
    return Assign(counter.pos, counter.name, total)


def _further(end: Expr, counter: Expr, step: Expr) -> Expr:
    """Return whether `counter + step` is before `end`; the distance fits the unsigned type."""
    distance = Prim(end.t, end.pos, f"{end.t}_wrapping_sub", (end, counter))
    return _below(_unsigned(step), _unsigned(distance))


def _unsigned(expr: Expr) -> Expr:
    if expr.t.startswith("u"):
        return expr
    t = f"u{expr.t[1:]}"
    return Prim(t, expr.pos, f"{expr.t}_to_{t}", (expr,))


def _refuse_zero(step: Expr, stmt: ForRange) -> Stmt:
    text = Const("str", stmt.pos, StrConst("range() arg 3 must not be zero"))
    zero = Prim("bool", stmt.pos, f"{step.t}_eq", (step, _number(0, step)))
    return If(stmt.pos, zero, (Raise(stmt.step.pos, "ValueError", text),), ())
