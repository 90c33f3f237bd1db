"""Conditions: what decides a branch, and the expressions that branch."""

import ast
from collections.abc import Callable

from spy_types.program.nodes import And, Expr, IfExp, Or, Prim
from spy_types.program.types import FLOATS, INTS

from spy_vm.executor import pyast
from spy_vm.executor.emitter import Emitter, Value
from spy_vm.executor.ranges import Range, Ranges
from spy_vm.executor.refine import refine
from spy_vm.executor.survey import assigned, assigned_in

# Python asks a value for its truth in the same way.
TRUTHS = {f"{t}_to_bool" for t in (*INTS, *FLOATS, "complex128", "str", "bytes")}


def condition(f: Emitter, expr: Expr) -> ast.expr:
    """Return code whose truth, not value, is that of `expr`."""
    match expr:
        case Prim(op="bool_not", args=(inner,)):
            return pyast.not_(condition(f, inner))
        case Prim(op=op, args=(inner,)) if op in TRUTHS:
            return f.value(inner).node
        case And() | Or():
            return _logical(f, expr, lambda: condition(f, expr.left), lambda: condition(f, expr.right)).node
    return f.value(expr).node


def after(f: Emitter, cond: Expr, truth: bool) -> Ranges:
    """Return what is known once `cond` has turned out to be `truth`."""
    if assigned(cond):
        return dict(f.known)
    return dict(refine(cond, truth, f.known, f.range_of))


def emit_logical(f: Emitter, expr: And | Or) -> Value:
    """Return the code for `left and right`, `left or right`."""
    return _logical(f, expr, lambda: f.value(expr.left).node, lambda: f.value(expr.right).node)


def _logical(
    f: Emitter, expr: And | Or, left: Callable[[], ast.expr], right: Callable[[], ast.expr]
) -> Value:
    goes_on = isinstance(expr, And)
    first = left()
    before = dict(f.known)
    f.known = after(f, expr.left, goes_on)
    if f.blocks.inside(expr.right):
        result = f.temp()
        f.add(pyast.assign(result, first))
        test = pyast.name(result)
        f.add(_branch(f, test if goes_on else pyast.not_(test), result, right))
        value = Value(pyast.name(result), simple=True)
    else:
        operator = ast.And() if goes_on else ast.Or()
        value = Value(ast.BoolOp(operator, [first, right()]))
    f.known = before
    f.forget(assigned(expr.right))
    return value


def emit_if_exp(f: Emitter, expr: IfExp) -> Value:
    """Return the code for `then if cond else orelse`."""
    test = condition(f, expr.cond)
    before = f.known
    when_true, when_false = after(f, expr.cond, True), after(f, expr.cond, False)
    ranges: list[Range | None] = []

    def arm(known: Ranges, value: Expr) -> Callable[[], ast.expr]:
        def emit() -> ast.expr:
            f.known = known
            made = f.value(value)
            ranges.append(made.range)
            return made.node

        return emit

    then, orelse = arm(when_true, expr.then), arm(when_false, expr.orelse)
    if f.blocks.inside(expr.then) or f.blocks.inside(expr.orelse):
        result = f.temp()
        branch = _branch(f, test, result, then)
        branch.orelse = _branch(f, test, result, orelse).body
        f.add(branch)
        value = Value(pyast.name(result), simple=True)
    else:
        value = Value(ast.IfExp(test, then(), orelse()))
    f.known = before
    f.forget(assigned_in((expr.then, expr.orelse)))
    match ranges:
        case [Range(low=a, high=b), Range(low=c, high=d)]:
            value.range = Range(min(a, c), max(b, d))
    return value


def _branch(f: Emitter, test: ast.expr, result: str, value: Callable[[], ast.expr]) -> ast.If:
    """Return `if test: result = value`, where `value` may need statements."""
    outer, f.out = f.out, []
    f.add(pyast.assign(result, value()))
    body, f.out = f.out, outer
    return ast.If(test, body, [])
