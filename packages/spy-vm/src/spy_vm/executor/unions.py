"""Unions as Python expressions; `spy_vm.tagging` says what their values are.

to_union(x): i32 | str       .Dyn("i32", x)
isinstance(u, i32)           (t := u) is not None and t.t == "i32"
cast(i32, u): i32 | None     t if (t := u) is not None else .bad_member("i32", "None")
"""

import ast

from spy_types.program.nodes import FromUnion, ToUnion, UnionTest
from spy_types.program.types import TypeId

from spy_vm.executor import pyast
from spy_vm.executor.emitter import Emitter, Value
from spy_vm.executor.ranges import FULL

NONE = pyast.const(None)


def emit_to_union(f: Emitter, expr: ToUnion) -> Value:
    """Return the code for a value as a union that has its type, or its types, as members."""
    value = f.value(expr.value)
    given = f.layouts.members(expr.value.t)
    if not f.layouts.is_tagged(expr.t) or f.layouts.is_tagged(expr.value.t) or given == ("None",):
        return Value(value.node, simple=value.simple)
    held = next(member for member in given if member != "None")
    if "None" not in given:
        return Value(_tagged(held, value.node))
    name = f.temp()
    is_none = pyast.compare(pyast.bind(name, value.node), ast.Is(), NONE)
    return Value(ast.IfExp(is_none, NONE, _tagged(held, pyast.name(name))))


def emit_union_test(f: Emitter, expr: UnionTest) -> Value:
    """Return the code that asks which member a union holds."""
    return Value(_holds(f, expr.value.t, f.value(expr.value).node, expr.member))


def emit_from_union(f: Emitter, expr: FromUnion) -> Value:
    """Return the code for a member of a union, checked; or for a union of fewer members."""
    given, wanted = f.layouts.members(expr.value.t), f.layouts.members(expr.t)
    node = f.value(expr.value).node
    name = f.temp()
    found = pyast.name(name)
    if not f.layouts.is_tagged(expr.value.t):
        wrong = ast.Is() if "None" not in wanted else ast.IsNot()
        test = pyast.compare(pyast.bind(name, node), wrong, NONE)
        held = "None" if "None" not in wanted else next(member for member in given if member != "None")
        return Value(ast.IfExp(test, _bad(f, expr.t, pyast.const(held)), found), FULL.get(expr.t))
    bad = _bad(f, expr.t, pyast.call(".member", found))
    bound = pyast.bind(name, node)
    if wanted == ("None",):
        return Value(ast.IfExp(pyast.compare(bound, ast.Is(), NONE), NONE, bad))
    tags = [pyast.const(member) for member in wanted if member != "None"]
    is_none = pyast.compare(bound, ast.Is(), NONE)
    fits = pyast.compare(pyast.attribute(found, "t"), ast.In(), ast.Tuple(list(tags), pyast.LOAD))
    good = found if f.layouts.is_tagged(expr.t) else pyast.attribute(found, "value")
    if_some = ast.IfExp(fits, good, bad)
    if "None" in wanted:
        return Value(ast.IfExp(is_none, NONE, if_some))
    if "None" not in given:
        fits = pyast.compare(pyast.attribute(bound, "t"), ast.In(), ast.Tuple(list(tags), pyast.LOAD))
        return Value(ast.IfExp(fits, good, bad), FULL.get(expr.t))
    return Value(ast.IfExp(is_none, bad, if_some), FULL.get(expr.t))


def _holds(f: Emitter, union: TypeId, node: ast.expr, member: TypeId) -> ast.expr:
    if member == "None":
        return pyast.compare(node, ast.Is(), NONE)
    if not f.layouts.is_tagged(union):
        return pyast.compare(node, ast.IsNot(), NONE)
    name = f.temp()
    tag = pyast.attribute(pyast.bind(name, node), "t")
    if "None" not in f.layouts.members(union):
        return pyast.compare(tag, ast.Eq(), pyast.const(member))
    some = pyast.compare(pyast.bind(name, node), ast.IsNot(), NONE)
    same = pyast.compare(pyast.attribute(pyast.name(name), "t"), ast.Eq(), pyast.const(member))
    return ast.BoolOp(ast.And(), [some, same])


def _tagged(member: TypeId, node: ast.expr) -> ast.expr:
    return pyast.call(".Dyn", pyast.const(member), node)


def _bad(f: Emitter, wanted: TypeId, held: ast.expr) -> ast.expr:
    return pyast.call(".bad_member", pyast.const(f.layouts.display(wanted)), held)
