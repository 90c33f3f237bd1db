"""Walking and rebuilding trees of Program IR.

    children(Prim(add, x, y))                        ->  (x, y)
    map_expr(Prim(add, x, 1), local_to_two)          ->  Prim(add, 2, 1)

`children` and the rebuilding functions keep the order of evaluation. A node in which nothing changed is
returned as it is, so a pass may compare with `is`. Nodes are found by their class in one table.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from spy_types.nesting import room_to_nest
from spy_types.program.nodes import (
    AddrOf,
    Advance,
    Alloc,
    And,
    Assign,
    AssignExpr,
    BlockExpr,
    Break,
    Call,
    CallIndirect,
    CallVirtual,
    Cast,
    CloseGenerator,
    Const,
    Continue,
    DynamicOp,
    Eval,
    Expr,
    ForRange,
    FromDynamic,
    FromUnion,
    GetAttr,
    GetField,
    GlobalGet,
    GlobalSet,
    If,
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
    Raise,
    RaiseObject,
    Reraise,
    Return,
    Returned,
    Sent,
    SetAttr,
    Stmt,
    Store,
    ToDynamic,
    ToUnion,
    Try,
    UnionTest,
    While,
    Yield,
    Yielded,
)
from spy_types.program.rebuild import Body, MapBody, MapExpr, N, map_children, same_or_new

__all__ = ["Body", "MapBody", "MapExpr", "Node", "children", "map_body", "map_children", "map_expr", "walk"]

Node = Expr | Stmt


def children(node: Node) -> Sequence[Node]:
    """Return the nodes right below `node`, in order of evaluation."""
    found: Sequence[Node] = _CHILDREN[type(node)](node)
    return found


def walk(*nodes: Node) -> Iterator[Node]:
    """Yield `nodes` and everything below them, each node before what is inside it; costs no recursion."""
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        yield node
        below = _CHILDREN[type(node)](node)
        if below:
            stack.extend(reversed(below))


def map_expr(node: N, f: MapExpr) -> N:
    """Return `node` with `f` applied to every expression below it, inner ones first; not to `node` itself."""
    with room_to_nest():
        return map_children(node, *_mappers(f))


def map_body(stmts: Body, f: MapExpr) -> Body:
    """Return `stmts` with `f` applied to every expression in them, inner ones first."""
    _, body = _mappers(f)
    with room_to_nest():
        return body(stmts)


def _mappers(f: MapExpr) -> tuple[MapExpr, MapBody]:
    def expr(inner: Expr) -> Expr:
        return f(map_children(inner, expr, body))

    def body(stmts: Body) -> Body:
        return same_or_new(stmts, [map_children(stmt, expr, body) for stmt in stmts])

    return expr, body


def _place(node: Load | AddrOf | Store) -> tuple[Node, ...]:
    return (node.ptr,) if node.index is None else (node.ptr, node.index)


_CHILDREN: dict[type, Callable[[Any], Sequence[Node]]] = {
    Const: lambda n: (),
    Local: lambda n: (),
    GlobalGet: lambda n: (),
    Prim: lambda n: n.args,
    Call: lambda n: n.args,
    CallIndirect: lambda n: (n.callee, *n.args),
    MakeClosure: lambda n: n.captured,
    MakeStruct: lambda n: n.args,
    GetField: lambda n: (n.value,),
    New: lambda n: (),
    GetAttr: lambda n: (n.value,),
    CallVirtual: lambda n: n.args,
    IsInstance: lambda n: (n.value,),
    Cast: lambda n: (n.value,),
    Is: lambda n: (n.left, n.right),
    ObjectId: lambda n: (n.value,),
    Alloc: lambda n: (n.count,),
    Load: _place,
    AddrOf: _place,
    PtrOp: lambda n: n.args,
    And: lambda n: (n.left, n.right),
    Or: lambda n: (n.left, n.right),
    IfExp: lambda n: (n.cond, n.then, n.orelse),
    AssignExpr: lambda n: (n.value,),
    BlockExpr: lambda n: (*n.body, n.value),
    ToDynamic: lambda n: (n.value,),
    FromDynamic: lambda n: (n.value,),
    DynamicOp: lambda n: n.args,
    ToUnion: lambda n: (n.value,),
    UnionTest: lambda n: (n.value,),
    FromUnion: lambda n: (n.value,),
    Sent: lambda n: (),
    Advance: lambda n: (n.generator,) if n.sent is None else (n.generator, n.sent),
    Yielded: lambda n: (n.generator,),
    Returned: lambda n: (n.generator,),
    Assign: lambda n: (n.value,),
    GlobalSet: lambda n: (n.value,),
    Store: lambda n: (*_place(n), n.value),
    SetAttr: lambda n: (n.obj, n.value),
    Eval: lambda n: (n.value,),
    If: lambda n: (n.cond, *n.then, *n.orelse),
    While: lambda n: (n.cond, *n.body, *n.orelse),
    ForRange: lambda n: (n.start, n.stop, n.step, *n.body, *n.orelse),
    Return: lambda n: () if n.value is None else (n.value,),
    Break: lambda n: (),
    Continue: lambda n: (),
    Raise: lambda n: () if n.message is None else (n.message,),
    Try: lambda n: (*n.body, *(stmt for h in n.handlers for stmt in h.body), *n.orelse, *n.finalbody),
    RaiseObject: lambda n: (n.value,) if n.cause is None else (n.value, n.cause),
    Reraise: lambda n: (),
    Yield: lambda n: (n.value,),
    CloseGenerator: lambda n: (n.generator,),
}
