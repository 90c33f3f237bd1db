"""A look over a function before code is made for it: what its expressions and loops assign."""

from collections.abc import Iterable, Iterator
from typing import assert_never, final

from spy_types.program.nodes import (
    AddrOf,
    Alloc,
    And,
    Assign,
    AssignExpr,
    BlockExpr,
    Break,
    Call,
    CallIndirect,
    Const,
    Continue,
    DynamicOp,
    Eval,
    Expr,
    ForRange,
    FromDynamic,
    GetField,
    GlobalGet,
    GlobalSet,
    If,
    IfExp,
    Load,
    Local,
    MakeStruct,
    Or,
    Prim,
    PtrOp,
    Raise,
    Return,
    Stmt,
    Store,
    ToDynamic,
    While,
)


def children(node: Expr | Stmt) -> Iterator[Expr | Stmt]:  # noqa: C901, PLR0912  # one arm per node
    """Yield what stands directly inside `node`, in evaluation order."""
    match node:
        case Const() | Local() | GlobalGet() | Break() | Continue():
            return
        case (
            Prim(args=args)
            | Call(args=args)
            | MakeStruct(args=args)
            | PtrOp(args=args)
            | DynamicOp(args=args)
        ):
            yield from args
        case CallIndirect(callee=callee, args=args):
            yield callee
            yield from args
        case (
            GetField(value=value)
            | AssignExpr(value=value)
            | ToDynamic(value=value)
            | FromDynamic(value=value)
        ):
            yield value
        case Assign(value=value) | GlobalSet(value=value) | Eval(value=value):
            yield value
        case Alloc(count=count):
            yield count
        case Load(ptr=ptr, index=index) | AddrOf(ptr=ptr, index=index):
            yield from _present(ptr, index)
        case And(left=left, right=right) | Or(left=left, right=right):
            yield from (left, right)
        case IfExp(cond=cond, then=value, orelse=other):
            yield from (cond, value, other)
        case BlockExpr(body=body, value=value):
            yield from (*body, value)
        case Store(ptr=ptr, index=index, value=value):
            yield from _present(ptr, index, value)
        case If(cond=cond, then=then, orelse=orelse) | While(cond=cond, body=then, orelse=orelse):
            yield from (cond, *then, *orelse)
        case ForRange(start=start, stop=stop, step=step, body=body, orelse=orelse):
            yield from (start, stop, step, *body, *orelse)
        case Return(value=optional) | Raise(message=optional):
            yield from _present(optional)
        case _:
            assert_never(node)


def _present(*nodes: Expr | None) -> Iterator[Expr]:
    return (node for node in nodes if node is not None)


@final
class Survey:
    """What is inside each node of one function, computed once per node."""

    def __init__(self) -> None:
        self._assigned: dict[int, frozenset[str]] = {}
        self._blocks: dict[int, bool] = {}
        self._alive: list[Expr | Stmt] = []  # ids name nodes only as long as these live

    def assigned(self, node: Expr | Stmt) -> frozenset[str]:
        """Return the locals that `node` may assign."""
        found = self._assigned.get(id(node))
        if found is None:
            found = _own_assignment(node).union(*map(self.assigned, children(node)))
            self._assigned[id(node)] = found
            self._alive.append(node)
        return found

    def assigned_in(self, nodes: Iterable[Expr | Stmt]) -> frozenset[str]:
        """Return the locals that any of `nodes` may assign."""
        return frozenset[str]().union(*map(self.assigned, nodes))

    def has_block(self, node: Expr | Stmt) -> bool:
        """Whether an expression holds statements, which have to run before the statement it is in."""
        found = self._blocks.get(id(node))
        if found is None:
            found = isinstance(node, BlockExpr) or any(map(self.has_block, children(node)))
            self._blocks[id(node)] = found
            self._alive.append(node)
        return found


def _own_assignment(node: Expr | Stmt) -> frozenset[str]:
    match node:
        case Assign(name=name) | AssignExpr(name=name) | ForRange(var=name):
            return frozenset((name,))
    return frozenset()
