"""Walks over Program IR: the direct children of a node, and everything below it."""

from collections.abc import Iterator, Sequence
from typing import assert_never

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
from spy_types.program.program import Program

_NO_STATEMENTS: tuple[Stmt, ...] = ()


def operands(expr: Expr) -> Sequence[Expr]:  # noqa: C901, PLR0911, PLR0912  # one case per node
    """Return the expressions directly inside `expr`, in the order of evaluation; not those of a block's
    statements.
    """
    match expr:
        case Const() | Local() | GlobalGet() | New() | Sent():
            return ()
        case (
            Prim(args=args)
            | Call(args=args)
            | MakeStruct(args=args)
            | PtrOp(args=args)
            | DynamicOp(args=args)
            | CallVirtual(args=args)
        ):
            return args
        case MakeClosure(captured=captured):
            return captured
        case CallIndirect(callee=callee, args=args):
            return (callee, *args)
        case (
            GetField(value=value)
            | AssignExpr(value=value)
            | ToDynamic(value=value)
            | FromDynamic(value=value)
            | ToUnion(value=value)
            | UnionTest(value=value)
            | FromUnion(value=value)
            | GetAttr(value=value)
            | IsInstance(value=value)
            | Cast(value=value)
            | ObjectId(value=value)
        ):
            return (value,)
        case BlockExpr(value=value):
            return (value,)
        case Advance(generator=generator, sent=sent):
            return (generator,) if sent is None else (generator, sent)
        case Yielded(generator=generator) | Returned(generator=generator):
            return (generator,)
        case Alloc(count=count):
            return (count,)
        case Load(ptr=ptr, index=index) | AddrOf(ptr=ptr, index=index):
            return (ptr,) if index is None else (ptr, index)
        case And(left=left, right=right) | Or(left=left, right=right) | Is(left=left, right=right):
            return (left, right)
        case IfExp(cond=cond, then=then, orelse=orelse):
            return (cond, then, orelse)
        case _:
            assert_never(expr)


def block_of(expr: Expr) -> tuple[Stmt, ...]:
    """Return the statements directly inside `expr`."""
    return expr.body if isinstance(expr, BlockExpr) else _NO_STATEMENTS


def statement_operands(stmt: Stmt) -> Sequence[Expr]:  # noqa: C901, PLR0911  # one case per node
    """Return the expressions directly inside `stmt`, in the order of evaluation."""
    match stmt:
        case Assign(value=value) | GlobalSet(value=value) | Eval(value=value):
            return (value,)
        case Store(ptr=ptr, index=index, value=value):
            return (ptr, value) if index is None else (ptr, index, value)
        case SetAttr(obj=obj, value=value):
            return (obj, value)
        case If(cond=cond) | While(cond=cond):
            return (cond,)
        case ForRange(start=start, stop=stop, step=step):
            return (start, stop, step)
        case Return(value=value):
            return () if value is None else (value,)
        case RaiseObject(value=value, cause=cause):
            return (value,) if cause is None else (value, cause)
        case Raise(message=message):
            return () if message is None else (message,)
        case Yield(value=value):
            return (value,)
        case CloseGenerator(generator=generator):
            return (generator,)
        case Break() | Continue() | Try() | Reraise():
            return ()
        case _:
            assert_never(stmt)


def bodies(stmt: Stmt) -> Sequence[tuple[Stmt, ...]]:
    """Return the statement lists directly inside `stmt`."""
    match stmt:
        case If(then=then, orelse=orelse):
            return (then, orelse)
        case While(body=body, orelse=orelse) | ForRange(body=body, orelse=orelse):
            return (body, orelse)
        case Try(body=body, handlers=handlers, orelse=orelse, finalbody=final):
            return (body, *(handler.body for handler in handlers), orelse, final)
        case _:
            return ()


def expressions_in(expr: Expr) -> Iterator[Expr]:
    """Yield `expr` and every expression below it."""
    for node in _outside_blocks(expr):
        yield node
        for stmt in block_of(node):
            yield from statement_expressions(stmt)


def _outside_blocks(expr: Expr) -> Iterator[Expr]:
    stack: list[Expr] = [expr]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(operands(node))


def statements_in(body: Sequence[Stmt]) -> Iterator[Stmt]:
    """Yield every statement of `body` and of the lists inside its statements; not those inside
    expressions.
    """
    stack = list(reversed(body))
    while stack:
        stmt = stack.pop()
        yield stmt
        for inner in reversed(bodies(stmt)):
            stack.extend(reversed(inner))


def statement_expressions(stmt: Stmt) -> Iterator[Expr]:
    """Yield every expression below `stmt`."""
    for inner in statements_in((stmt,)):
        for operand in statement_operands(inner):
            yield from expressions_in(operand)


def all_statements(body: Sequence[Stmt]) -> Iterator[Stmt]:
    """Yield every statement below `body`, those inside expressions too."""
    for stmt in statements_in(body):
        yield stmt
        for operand in statement_operands(stmt):
            for expr in _outside_blocks(operand):
                yield from all_statements(block_of(expr))


def body_expressions(body: Sequence[Stmt]) -> Iterator[Expr]:
    """Yield every expression below `body`."""
    for stmt in body:
        yield from statement_expressions(stmt)


def program_expressions(program: Program) -> Iterator[Expr]:
    """Yield every expression of the program."""
    for function in program.functions:
        yield from body_expressions(function.body)
