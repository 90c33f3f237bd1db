"""Objects as Python objects: fields are slots, methods are methods."""

import ast

from spy_types.program.nodes import CallVirtual, Cast, GetAttr, Is, IsInstance, New, ObjectId, SetAttr

from spy_vm.executor import pyast
from spy_vm.executor.emitter import Emitter, Value
from spy_vm.host_objects import slot


def emit_new(f: Emitter, expr: New) -> Value:
    """Return the code for a new object."""
    return Value(pyast.call(f.namespace.named(f".class {expr.t}", lambda: f.classes.host(expr.t))))


def emit_get_attr(f: Emitter, expr: GetAttr) -> Value:
    """Return the code for a read of a field."""
    return Value(pyast.attribute(f.value(expr.value).node, slot(expr.field)))


def emit_set_attr(f: Emitter, stmt: SetAttr) -> None:
    """Add the code for an assignment: Python would evaluate the value first."""
    obj, value = f.values([stmt.obj, stmt.value])
    if not obj.simple and not isinstance(value.raw, ast.Constant):
        obj = f.spill(obj)
    f.add(pyast.assign(ast.Attribute(obj.node, slot(stmt.field), pyast.STORE), value.node))


def emit_call_virtual(f: Emitter, expr: CallVirtual) -> Value:
    """Return the code for a call that Python dispatches."""
    obj, *args = f.nodes(expr.args)
    callee = pyast.attribute(obj, f.classes.attribute(expr.method))
    return Value(ast.Call(callee, args, []))


def emit_is_instance(f: Emitter, expr: IsInstance) -> Value:
    """Return the code for a test of the class."""
    return Value(_is_one(f, f.value(expr.value).node, expr.cls))


def emit_cast(f: Emitter, expr: Cast) -> Value:
    """Return the code for a cast: nothing is left of one to an ancestor."""
    value = f.value(expr.value)
    if expr.t == expr.value.t or expr.t in f.classes.definition(expr.value.t).ancestors:
        return value
    name = f.temp()
    found = pyast.name(name)
    bad = pyast.call(".bad_downcast", found, pyast.const(f.layouts.display(expr.t)))
    return Value(ast.IfExp(_is_one(f, pyast.bind(name, value.node), expr.t), found, bad))


def emit_is(f: Emitter, expr: Is) -> Value:
    """Return the code for a test of identity."""
    left, right = f.nodes([expr.left, expr.right])
    return Value(pyast.compare(left, ast.Is(), right))


def emit_object_id(f: Emitter, expr: ObjectId) -> Value:
    """Return the code for `id(obj)`."""
    return Value(pyast.call("id", f.value(expr.value).node))


def _is_one(f: Emitter, value: ast.expr, t: str) -> ast.expr:
    classes = f.namespace.named(f".instances {t}", lambda: f.classes.instances(t))
    return pyast.compare(pyast.call("type", value), ast.In(), pyast.name(classes))
