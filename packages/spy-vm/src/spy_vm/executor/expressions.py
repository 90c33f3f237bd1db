"""Expressions of Program IR as Python expressions."""

import ast
from collections.abc import Sequence
from typing import Any, assert_never

from spy_types.program.constants import DynamicConst, IntConst, StrConst
from spy_types.program.nodes import (
    AddrOf,
    Advance,
    Alloc,
    And,
    AssignExpr,
    BlockExpr,
    Call,
    CallIndirect,
    CallVirtual,
    Cast,
    Const,
    DynamicOp,
    Expr,
    FromDynamic,
    FromUnion,
    GetAttr,
    GetField,
    GlobalGet,
    IfExp,
    Is,
    IsInstance,
    Load,
    Local,
    MakeClosure,
    MakeStruct,
    New,
    ObjectId,
    Or,
    Prim,
    PtrOp,
    Returned,
    Sent,
    ToDynamic,
    ToUnion,
    UnionTest,
    Yielded,
)

from spy_vm.executor import pyast
from spy_vm.executor.conditions import emit_if_exp, emit_logical
from spy_vm.executor.emitter import SENT, Emitter, Value
from spy_vm.executor.integer_prims import Inline, integer_inlines
from spy_vm.executor.memory_code import emit_address, emit_alloc, emit_load, emit_ptr_op
from spy_vm.executor.object_code import (
    emit_call_virtual,
    emit_cast,
    emit_get_attr,
    emit_is,
    emit_is_instance,
    emit_new,
    emit_object_id,
)
from spy_vm.executor.ranges import FULL, Range
from spy_vm.executor.scalar_prims import cheap_operands, scalar_inlines
from spy_vm.executor.unions import emit_from_union, emit_to_union, emit_union_test
from spy_vm.memory import Ptr

INLINES: dict[str, Inline] = dict([*integer_inlines(), *scalar_inlines()])
LITERALS = (int, float, complex, bool, str, bytes, type(None))


def emit_expression(f: Emitter, expr: Expr) -> Value:  # noqa: C901, PLR0911, PLR0912  # one arm per node
    """Return the code for `expr`."""
    match expr:
        case Const():
            return _const(f, expr)
        case Local(t=t, name=name):
            return Value(pyast.name(local_name(name)), f.known.get(name) or FULL.get(t), simple=True)
        case GlobalGet(fqn=fqn):
            return Value(pyast.attribute(pyast.name(f.namespace.cell(fqn)), "value"))
        case Prim():
            return _prim(f, expr)
        case Call(func=func, args=args):
            return Value(pyast.call(f.namespace.function(func), *f.nodes(args)))
        case CallIndirect(callee=callee, args=args):
            function, *operands = f.nodes([callee, *args])
            return Value(pyast.call(function, *operands))
        case MakeClosure(func=func, captured=captured):
            return Value(pyast.call(".partial", pyast.name(f.namespace.function(func)), *f.nodes(captured)))
        case MakeStruct(args=args):
            return _struct(f.nodes(args))
        case GetField():
            return _field(f, expr)
        case New():
            return emit_new(f, expr)
        case GetAttr():
            return emit_get_attr(f, expr)
        case CallVirtual():
            return emit_call_virtual(f, expr)
        case IsInstance():
            return emit_is_instance(f, expr)
        case Cast():
            return emit_cast(f, expr)
        case Is():
            return emit_is(f, expr)
        case ObjectId():
            return emit_object_id(f, expr)
        case Alloc():
            return emit_alloc(f, expr)
        case Load():
            return emit_load(f, expr)
        case AddrOf():
            return emit_address(f, expr)
        case PtrOp():
            return emit_ptr_op(f, expr)
        case And() | Or():
            return emit_logical(f, expr)
        case IfExp():
            return emit_if_exp(f, expr)
        case AssignExpr(name=name, value=inner):
            value = f.value(inner)
            f.assigned(name, value.range)
            return Value(pyast.bind(local_name(name), value.node), value.range)
        case BlockExpr(body=body, value=inner):
            f.statements(body)
            return f.value(inner)
        case ToDynamic(value=inner):
            node = f.value(inner).node
            if inner.t == "dynamic":
                return Value(node)
            return Value(pyast.call(".Dyn", pyast.const(inner.t), node))
        case FromDynamic():
            return _from_dynamic(f, expr)
        case DynamicOp(op="isinstance", args=(held, Const(value=DynamicConst(value=StrConst(value=name))))):
            tag = pyast.attribute(f.value(held).node, "t")
            return Value(pyast.compare(tag, ast.Eq(), pyast.const(name)))
        case DynamicOp(op=op, t=t, args=args):
            return Value(pyast.call(".dynamic", pyast.const(op), pyast.const(t), *f.nodes(args)))
        case ToUnion():
            return emit_to_union(f, expr)
        case UnionTest():
            return emit_union_test(f, expr)
        case FromUnion():
            return emit_from_union(f, expr)
        case Sent():
            return Value(pyast.call(".received", pyast.name(SENT)))
        case Advance(generator=generator, sent=sent):
            target, *values = f.nodes([generator] if sent is None else [generator, sent])
            return Value(pyast.call(pyast.attribute(target, "advance"), *values))
        case Yielded(generator=generator):
            return Value(pyast.attribute(f.value(generator).node, "item"))
        case Returned(generator=generator):
            return Value(pyast.attribute(f.value(generator).node, "result"))
        case _:
            assert_never(expr)


def local_name(name: str) -> str:
    """Return what a local is called in Python, which keeps one name for itself."""
    return ".__debug__" if name == "__debug__" else name


def _const(f: Emitter, expr: Const) -> Value:
    value = f.image.value(expr.value, expr.t)
    if _is_literal(value):
        known = Range(value, value) if isinstance(expr.value, IntConst) else None
        return Value(pyast.const(value), known, simple=True)
    length = Range(value.length, value.length) if isinstance(value, Ptr) else None
    return Value(pyast.name(f.namespace.constant(value)), length, simple=True)


def _is_literal(value: Any) -> bool:
    if isinstance(value, tuple):
        return all(map(_is_literal, value))
    return isinstance(value, LITERALS)


def _prim(f: Emitter, expr: Prim) -> Value:
    args = f.values(cheap_operands(expr))
    inline = INLINES.get(expr.op)
    value = inline(f, expr, args) if inline is not None else None
    if value is None:
        return Value(pyast.call(f.namespace.host(expr.op), *(arg.node for arg in args)))
    return value


def _struct(parts: Sequence[ast.expr]) -> Value:
    return Value(ast.Tuple(list(parts), pyast.LOAD))


def _field(f: Emitter, expr: GetField) -> Value:
    index = f.layouts.field_index(expr.value.t, expr.field)
    match expr.value:
        case MakeStruct(args=args) if all(isinstance(arg, Const | Local) for arg in args):
            return f.value(args[index])
    return Value(pyast.item(f.value(expr.value).node, index))


def _from_dynamic(f: Emitter, expr: FromDynamic) -> Value:
    node = f.value(expr.value).node
    if expr.t == "dynamic":
        return Value(node)
    name = f.temp()
    found = pyast.name(name)
    tag = pyast.attribute(pyast.bind(name, node), "t")
    bad = pyast.call(".bad_cast", pyast.const(f.layouts.display(expr.t)), pyast.attribute(found, "t"))
    test = pyast.compare(tag, ast.Eq(), pyast.const(expr.t))
    return Value(ast.IfExp(test, pyast.attribute(found, "value"), bad))
