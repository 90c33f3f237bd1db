"""Short names for the Python syntax trees that the executor builds. Places are filled in later."""

import ast
from typing import Any

LOAD = ast.Load()
STORE = ast.Store()


def name(identifier: str) -> ast.Name:
    """`identifier`; names that start with a dot are the executor's own, no program has such"""
    return ast.Name(identifier, LOAD)


def const(value: Any) -> ast.Constant:
    """A literal; also a tuple of literals."""
    return ast.Constant(value)


def attribute(value: ast.expr, attr: str) -> ast.Attribute:
    """`value.attr`"""
    return ast.Attribute(value, attr, LOAD)


def item(value: ast.expr, index: ast.expr | int) -> ast.Subscript:
    """`value[index]`"""
    return ast.Subscript(value, const(index) if isinstance(index, int) else index, LOAD)


def call(function: str | ast.expr, *args: ast.expr) -> ast.Call:
    """`function(*args)`"""
    return ast.Call(name(function) if isinstance(function, str) else function, list(args), [])


def binary(left: ast.expr, op: ast.operator, right: ast.expr) -> ast.BinOp:
    """`left op right`"""
    return ast.BinOp(left, op, right)


def compare(left: ast.expr, *rest: ast.cmpop | ast.expr) -> ast.Compare:
    """`left op expr op expr ...`"""
    ops = [op for op in rest[::2] if isinstance(op, ast.cmpop)]
    return ast.Compare(left, ops, [expr for expr in rest[1::2] if isinstance(expr, ast.expr)])


def bind(identifier: str, value: ast.expr) -> ast.NamedExpr:
    """`(identifier := value)`"""
    return ast.NamedExpr(ast.Name(identifier, STORE), value)


def assign(target: str | ast.expr, value: ast.expr) -> ast.Assign:
    """`target = value`"""
    return ast.Assign([ast.Name(target, STORE) if isinstance(target, str) else target], value)


def not_(value: ast.expr) -> ast.UnaryOp:
    """`not value`"""
    return ast.UnaryOp(ast.Not(), value)


def plus(value: ast.expr, number: int) -> ast.expr:
    """`value + number`"""
    return value if number == 0 else ast.BinOp(value, ast.Add(), const(number))
