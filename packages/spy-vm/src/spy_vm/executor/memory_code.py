"""Memory operations as Python expressions: a bounds check and a list access in line.

A load of `p[i].a` becomes `p.block[p.off + i * width + a] if p.length > i >= 0 else .bad_load(p, i)`. Freed
blocks are empty, so that the access itself fails then. The range of a pointer is that of its length: once
`p[0]` was read, the length of `p` is known to be at least 1, and the next read of `p[0]` needs no check.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from spy_types.program.nodes import AddrOf, Alloc, Expr, Load, Local, PtrOp, Store

from spy_vm.executor import pyast
from spy_vm.executor.emitter import Emitter, Value
from spy_vm.executor.ranges import FULL, Range
from spy_vm.executor.scalar_prims import LENGTH
from spy_vm.executor.survey import assigned
from spy_vm.memory import Shape

MAX_INLINE_LEAVES = 6


@dataclass(slots=True)
class Access:
    """An item that is accessed: `in_bounds` evaluates what `ptr` and `index` name afterwards."""

    ptr: ast.expr
    index: ast.expr
    width: int
    offset: int
    in_bounds: ast.expr | None  # None: always

    def slot(self, leaf: int) -> ast.expr:
        """Return the code for slot number `leaf` of what is accessed."""
        return pyast.item(pyast.attribute(self.ptr, "block"), self._place(leaf))

    def _place(self, leaf: int) -> ast.expr:
        start = pyast.attribute(self.ptr, "off")
        constant = self.offset + leaf
        match self.index:
            case ast.Constant(value=int(number)):
                return pyast.plus(start, number * self.width + constant)
        scaled = self.index
        if self.width != 1:
            scaled = pyast.binary(self.index, ast.Mult(), pyast.const(self.width))
        return pyast.plus(pyast.binary(start, ast.Add(), scaled), constant)


def emit_load(f: Emitter, expr: Load) -> Value:
    """Return the code for a load."""
    item = f.layouts.item(expr.ptr.t)
    offset, _ = f.layouts.locate(item, expr.path)
    shape = f.layouts.shape(expr.t)
    if shape is not None and not 0 < len(f.layouts.leaves(expr.t)) <= MAX_INLINE_LEAVES:
        ptr, index = _operands(f, expr.ptr, expr.index)
        slots = pyast.name(f.namespace.constant(shape))
        return Value(pyast.call(".load", ptr.node, index.node, pyast.const(offset), slots))
    ptr, index = _operands(f, expr.ptr, expr.index)
    access = _access(f, ptr, index, expr, offset)
    found = _nest(access, shape, iter(range(MAX_INLINE_LEAVES)))
    _note_length(f, expr.ptr, ptr, index)
    if access.in_bounds is None:
        return Value(found, FULL.get(expr.t))
    bad = pyast.call(".bad_load", access.ptr, access.index)
    return Value(ast.IfExp(access.in_bounds, found, bad), FULL.get(expr.t))


def emit_store(f: Emitter, stmt: Store) -> None:
    """Add the code for a store."""
    item = f.layouts.item(stmt.ptr.t)
    offset, t = f.layouts.locate(item, stmt.path)
    shape = f.layouts.shape(t)
    operands = [stmt.ptr, *([stmt.index] if stmt.index is not None else []), stmt.value]
    ptr, *indexes, value = f.values(operands)
    index = indexes[0] if indexes else _zero()
    leaves = len(f.layouts.leaves(t))
    if shape is not None and not 0 < leaves <= MAX_INLINE_LEAVES:
        slots = pyast.name(f.namespace.constant(shape))
        store = pyast.call(".store", ptr.node, index.node, pyast.const(offset), slots, value.node)
        f.add(ast.Expr(store))
        return
    if not value.simple and not _is_simple_tuple(value):
        changed = assigned(stmt.value)
        ptr, index = (part if _is_stable(part, changed) else f.spill(part) for part in (ptr, index))
        value = f.spill(value)
    access = _access(f, ptr, index, stmt, offset)
    block = [
        pyast.assign(ast.Subscript(slot.value, slot.slice, pyast.STORE), part)
        for slot, part in zip(map(access.slot, range(leaves)), _parts(value.node, shape), strict=True)
        if isinstance(slot, ast.Subscript)
    ]
    _note_length(f, stmt.ptr, ptr, index)
    if access.in_bounds is None:
        for made in block:
            f.add(made)
        return
    bad = ast.Expr(pyast.call(".bad_store", access.ptr, access.index))
    f.add(ast.If(access.in_bounds, list(block), [bad]))


def emit_address(f: Emitter, expr: AddrOf) -> Value:
    """Return the code for `&p[i].a`. The rest of a block may be empty, a reference needs an item."""
    item = f.layouts.item(expr.ptr.t)
    offset, t = f.layouts.locate(item, expr.path)
    ptr, index = _operands(f, expr.ptr, expr.index)
    address = pyast.call(".address", ptr.node, index.node, pyast.const(offset))
    if not expr.path and expr.t == expr.ptr.t:
        return Value(address)
    address.args.append(pyast.const(len(f.layouts.leaves(t))))
    return Value(address, Range(1, 1))


def emit_alloc(f: Emitter, expr: Alloc) -> Value:
    """Return the code for a new block."""
    zeros = f.namespace.constant(f.layouts.zeros(f.layouts.item(expr.t)))
    count = f.value(expr.count)
    return Value(pyast.call(".alloc", count.node, pyast.name(zeros)), count.range)


def emit_ptr_op(f: Emitter, expr: PtrOp) -> Value:
    """Return the code for an operation on pointers."""
    args = f.values(expr.args)
    extra: list[ast.expr] = []
    match expr.op:
        case "to_bool":
            block = pyast.attribute(args[0].node, "block")
            return Value(pyast.compare(block, ast.IsNot(), pyast.const(None)))
        case "len":
            return Value(pyast.attribute(args[0].node, "length"), args[0].range or LENGTH)
        case "setbytes" | "cmp":
            leaves = f.layouts.leaves(f.layouts.item(expr.args[0].t))
            extra.append(pyast.const(leaves))
    result = Range(-1, 1) if expr.op == "cmp" else None
    return Value(pyast.call(f".ptr_{expr.op}", *(arg.node for arg in args), *extra), result)


def _zero() -> Value:
    return Value(pyast.const(0), Range(0, 0), simple=True)


def _operands(f: Emitter, ptr: Expr, index: Expr | None) -> tuple[Value, Value]:
    if index is None:
        return f.value(ptr), _zero()
    first, second = f.values([ptr, index])
    if isinstance(ptr, Local) and ptr.name in assigned(index):
        first.simple = False
    return first, second


def _is_stable(value: Value, changed: frozenset[str]) -> bool:
    """Whether `value` is simple and stays the same when `changed` are assigned."""
    return value.simple and not (isinstance(value.raw, ast.Name) and value.raw.id in changed)


def _is_simple_tuple(value: Value) -> bool:
    """Whether `value` is a struct made of what is simple, so that its fields can be stored one by one."""
    return isinstance(value.raw, ast.Tuple) and all(
        isinstance(part, ast.Name | ast.Constant) for part in value.raw.elts
    )


def _access(f: Emitter, ptr: Value, index: Value, expr: Load | Store, offset: int) -> Access:
    base: ast.expr = ptr.node
    position: ast.expr = index.node
    if not ptr.simple:
        name = f.temp()
        base = pyast.bind(name, base)
        ptr = Value(pyast.name(name), ptr.range, simple=True)
    if not index.simple:
        name = f.temp()
        position = pyast.bind(name, position)
        index = Value(pyast.name(name), index.range, simple=True)
    length = pyast.attribute(base, "length")
    in_bounds: ast.expr | None = None
    known = index.range or FULL["i32"]
    if known.low < 0:
        in_bounds = pyast.compare(length, ast.Gt(), position, ast.GtE(), pyast.const(0))
    elif base is not ptr.raw or position is not index.raw or ptr.range is None or ptr.range.low <= known.high:
        in_bounds = pyast.compare(length, ast.Gt(), position)
    item = f.layouts.item(expr.ptr.t)
    return Access(ptr.node, index.node, len(f.layouts.leaves(item)), offset, in_bounds)


def _note_length(f: Emitter, expr: Expr, ptr: Value, index: Value) -> None:
    """Note what an access that went well says of the length of a pointer in a local."""
    if not isinstance(expr, Local) or not ptr.simple or index.range is None or index.range.low < 0:
        return
    if isinstance(ptr.raw, ast.Name) and ptr.raw.id == expr.name:
        low = max(index.range.low + 1, ptr.range.low if ptr.range is not None else 0)
        f.known[expr.name] = Range(low, LENGTH.high)


def _nest(access: Access, shape: Shape, leaves: Iterator[int]) -> ast.expr:
    if shape is None:
        return access.slot(next(leaves))
    return ast.Tuple([_nest(access, inner, leaves) for inner in shape], pyast.LOAD)


def _parts(value: ast.expr, shape: Shape) -> Iterator[ast.expr]:
    """Yield the scalars of a value that is simple to evaluate."""
    if shape is None:
        yield value
        return
    for i, inner in enumerate(shape):
        part = value.elts[i] if isinstance(value, ast.Tuple) else pyast.item(value, i)
        yield from _parts(part, inner)
