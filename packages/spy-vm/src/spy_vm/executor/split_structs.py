"""Structs in locals that the program does not name, as iterators are, fall apart into their fields.

    it = Iterator(xs, 0)                      it.xs = xs; it.i = 0
    while it.i < len(it.xs):            ->    while it.i < len(it.xs):
        it = Iterator(it.xs, it.i + 1)            it.i = it.i + 1

A local is split if it is only assigned structs made on the spot and only read field by field.
"""

from collections.abc import Mapping
from typing import final

from msgspec.structs import replace
from spy_types.program.nodes import (
    Assign,
    AssignExpr,
    BlockExpr,
    Expr,
    ForRange,
    GetField,
    Local,
    MakeStruct,
    Stmt,
)
from spy_types.program.program import Function, Param
from spy_types.program.types import StructType, TypeDef, TypeId
from spy_types.program.walk import children, map_children, walk


def split_structs(function: Function, types: Mapping[TypeId, TypeDef]) -> Function:
    """Return `function` with such locals split."""
    structs = {
        local.name: struct
        for local in function.locals
        if not local.name.isidentifier() and isinstance(struct := types.get(local.t), StructType)
    }
    if not structs:
        return function
    for node in walk(*function.body):
        match node:
            case Assign(name=name, value=value) if name in structs and not _is_made(value, name):
                del structs[name]
            case AssignExpr(name=name) | ForRange(var=name):
                structs.pop(name, None)
    for name in _read_whole(function.body):
        structs.pop(name, None)
    if not structs:
        return function
    split = _Split(structs)
    locals_: list[Param] = []
    for local in function.locals:
        locals_ += split.parts(local.name) if local.name in structs else [local]
    body = split.body(function.body)
    return replace(function, body=body, locals=(*locals_, *split.temps))


def _is_made(value: Expr, name: str) -> bool:
    """Whether an expression ends in making a struct, and does not assign `name` on the way."""
    if any(isinstance(node, Assign) and node.name == name for node in walk(value)):
        return False
    while isinstance(value, BlockExpr):
        value = value.value
    return isinstance(value, MakeStruct)


def _read_whole(body: tuple[Stmt, ...]) -> set[str]:
    return {
        child.name
        for node in walk(*body)
        if not isinstance(node, GetField)
        for child in children(node)
        if isinstance(child, Local)
    }


@final
class _Split:
    """Rewrites the body; `structs` are the locals to split."""

    def __init__(self, structs: Mapping[str, StructType]) -> None:
        self.structs = structs
        self.temps: list[Param] = []

    def parts(self, name: str) -> list[Param]:
        """Return the locals that stand for the fields of `name`."""
        return [Param(f"{name}.{field.name}", field.t) for field in self.structs[name].fields]

    def body(self, body: tuple[Stmt, ...]) -> tuple[Stmt, ...]:
        new: list[Stmt] = []
        for stmt in body:
            if isinstance(stmt, Assign) and stmt.name in self.structs:
                new += self.assign(stmt, stmt.value)
            else:
                new.append(map_children(stmt, self.expr, self.body))
        return tuple(new)

    def expr(self, expr: Expr) -> Expr:
        match expr:
            case GetField(t=t, pos=pos, value=Local(name=name), field=field) if name in self.structs:
                return Local(t, pos, f"{name}.{field}")
        return map_children(expr, self.expr, self.body)

    def assign(self, stmt: Assign, value: Expr) -> list[Stmt]:
        """Return the assignments of the fields, all of them after all values are known."""
        if isinstance(value, BlockExpr):
            return [*self.body(value.body), *self.assign(stmt, value.value)]
        assert isinstance(value, MakeStruct)
        parts = self.parts(stmt.name)
        values = [self.expr(arg) for arg in value.args]
        changed = [
            (part, arg) for part, arg in zip(parts, values, strict=True) if not _is_local(arg, part.name)
        ]
        targets = {part.name for part, _ in changed}
        if len(changed) > 1 and any(targets & _reads(arg) for _, arg in changed[1:]):
            copies = [Param(f"{part.name}'", part.t) for part, _ in changed]
            self.temps += [copy for copy in copies if copy not in self.temps]
            first: list[Stmt] = [
                Assign(stmt.pos, copy.name, arg) for copy, (_, arg) in zip(copies, changed, strict=True)
            ]
            changed = [
                (part, Local(copy.t, stmt.pos, copy.name))
                for copy, (part, _) in zip(copies, changed, strict=True)
            ]
            return [*first, *(Assign(stmt.pos, part.name, arg) for part, arg in changed)]
        return [Assign(stmt.pos, part.name, arg) for part, arg in changed]


def _is_local(expr: Expr, name: str) -> bool:
    return isinstance(expr, Local) and expr.name == name


def _reads(expr: Expr) -> set[str]:
    return {node.name for node in walk(expr) if isinstance(node, Local)}
