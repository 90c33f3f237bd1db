"""Definite assignment: which reads of locals may come before the first assignment.

if c:
    x = 1
print(x)        # this read needs a check
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never, final

from spy_types.program.nodes import (
    And,
    Assign,
    AssignExpr,
    BlockExpr,
    Break,
    CloseGenerator,
    Continue,
    Eval,
    Expr,
    ForRange,
    GlobalSet,
    If,
    IfExp,
    Local,
    Or,
    Raise,
    RaiseObject,
    Reraise,
    Return,
    SetAttr,
    Stmt,
    Store,
    Try,
    While,
    Yield,
)
from spy_types.program.program import Function

from spy_cbackend.walk import operands, statement_operands

# The names assigned on every way to a point; None where no way leads.
Assigned = frozenset[str] | None


@final
@dataclass(frozen=True, slots=True)
class Unsure:
    """The reads (by identity of the node) that may find nothing, and the locals that they read."""

    reads: frozenset[int]
    names: frozenset[str]


def unsure_reads(function: Function) -> Unsure:
    """Return the reads in `function` that need a check."""
    analysis = _Analysis()
    analysis.body(function.body, frozenset(param.name for param in function.params))
    return Unsure(frozenset(analysis.reads), frozenset(analysis.names))


def _meet(first: Assigned, second: Assigned) -> Assigned:
    if first is None or second is None:
        return second if first is None else first
    return first & second


class _Analysis:
    """One forward walk; `breaks` collects what is assigned where a loop is left, one entry per open loop."""

    def __init__(self) -> None:
        self.reads: set[int] = set()
        self.names: set[str] = set()
        self.breaks: list[Assigned] = []

    def body(self, stmts: Sequence[Stmt], before: Assigned) -> Assigned:
        for stmt in stmts:
            before = self.statement(stmt, before)
        return before

    def statement(self, stmt: Stmt, before: Assigned) -> Assigned:  # noqa: PLR0911  # one case per node
        match stmt:
            case Assign(name=name):
                return _with(self.operands_of(stmt, before), name)
            case GlobalSet() | Store() | SetAttr() | Eval() | Yield() | CloseGenerator():
                return self.operands_of(stmt, before)
            case If(cond=cond, then=then, orelse=orelse):
                after = self.expression(cond, before)
                return _meet(self.body(then, after), self.body(orelse, after))
            case While(cond=cond, body=body, orelse=orelse):
                after = self.expression(cond, before)
                return self.loop(body, orelse, after, after)
            case ForRange(var=var, body=body, orelse=orelse):
                after = self.operands_of(stmt, before)
                return self.loop(body, orelse, _with(after, var), after)
            case Return() | Raise() | RaiseObject() | Reraise():
                self.operands_of(stmt, before)
                return None
            case Try():
                return self.try_(stmt, before)
            case Break():
                self.breaks[-1] = _meet(self.breaks[-1], before)
                return None
            case Continue():
                return None
            case _:
                assert_never(stmt)

    def loop(self, body: Sequence[Stmt], orelse: Sequence[Stmt], entry: Assigned, done: Assigned) -> Assigned:
        """Walk a loop whose body starts with `entry`; it is left with `done`, or through a break."""
        self.breaks.append(None)
        self.body(body, entry)
        broken = self.breaks.pop()
        return _meet(self.body(orelse, done), broken)

    def try_(self, stmt: Try, before: Assigned) -> Assigned:
        """Walk a try: a handler, and `finally`, may start after any part of what is before it."""
        after = self.body(stmt.orelse, self.body(stmt.body, before))
        for handler in stmt.handlers:
            bound = before if handler.name is None else _with(before, handler.name)
            after = _meet(after, self.body(handler.body, bound))
        final = self.body(stmt.finalbody, before)
        return None if final is None or after is None else after | final

    def operands_of(self, stmt: Stmt, before: Assigned) -> Assigned:
        for operand in statement_operands(stmt):
            before = self.expression(operand, before)
        return before

    def expression(self, expr: Expr, before: Assigned) -> Assigned:
        match expr:
            case Local(name=name):
                if before is not None and name not in before:
                    self.reads.add(id(expr))
                    self.names.add(name)
                return before
            case AssignExpr(name=name, value=value):
                return _with(self.expression(value, before), name)
            case BlockExpr(body=body, value=value):
                return self.expression(value, self.body(body, before))
            case And(left=left, right=right) | Or(left=left, right=right):
                after = self.expression(left, before)
                return _meet(after, self.expression(right, after))
            case IfExp(cond=cond, then=then, orelse=orelse):
                after = self.expression(cond, before)
                return _meet(self.expression(then, after), self.expression(orelse, after))
            case _:
                for operand in operands(expr):
                    before = self.expression(operand, before)
                return before


def _with(assigned: Assigned, name: str) -> Assigned:
    return None if assigned is None else assigned | {name}
