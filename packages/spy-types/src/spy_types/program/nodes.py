"""Expressions and statements of Program IR: typed, first-order, monomorphic, conversions explicit.

`t` is the type of the result. Operands are evaluated from left to right in field order, once each.
"""

from typing import Literal, final

import msgspec

from spy_types.program.constants import ConstValue
from spy_types.program.types import TypeId


@final
class Pos(msgspec.Struct, frozen=True, array_like=True):
    """A place in `Program.sources[source]`; lines and code points count from 1, the end is exclusive."""

    source: int
    line: int
    col: int
    end_line: int
    end_col: int


class ExprNode(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """What all expressions share."""

    t: TypeId
    pos: Pos


@final
class Const(ExprNode, frozen=True):
    """A constant: `42`"""

    value: ConstValue


@final
class Local(ExprNode, frozen=True):
    """A read of a local or parameter: `x`. Reading it unassigned raises UnboundLocalError."""

    name: str


@final
class GlobalGet(ExprNode, frozen=True):
    """A read of a global variable."""

    fqn: str


@final
class Prim(ExprNode, frozen=True):
    """A primitive operation of the table in `spy_types.prims`: `i32_add(x, y)`"""

    op: str
    args: "tuple[Expr, ...]"


@final
class Call(ExprNode, frozen=True):
    """A call of a function or extern of the program: `mod::f(x)`"""

    func: str
    args: "tuple[Expr, ...]"


@final
class CallIndirect(ExprNode, frozen=True):
    """A call of a function value."""

    callee: "Expr"
    args: "tuple[Expr, ...]"


@final
class MakeClosure(ExprNode, frozen=True):
    """A function value of type `t`: it passes `captured`, then its own arguments to `func`."""

    func: str
    captured: "tuple[Expr, ...]"


@final
class MakeStruct(ExprNode, frozen=True):
    """A struct of type `t`, one argument per field."""

    args: "tuple[Expr, ...]"


@final
class GetField(ExprNode, frozen=True):
    """A field of a struct value: `p.x`"""

    value: "Expr"
    field: str


@final
class New(ExprNode, frozen=True):
    """A new object of class `t`; its fields have no values yet."""


@final
class GetAttr(ExprNode, frozen=True):
    """A field of an object: `obj.x`. Without a value: AttributeError."""

    value: "Expr"
    field: str


@final
class CallVirtual(ExprNode, frozen=True):
    """A call of the `Method` of this name: the class of the first argument says which function runs."""

    method: str
    args: "tuple[Expr, ...]"


@final
class IsInstance(ExprNode, frozen=True):
    """Whether an object is of class `cls`, or of one that has it as an ancestor."""

    value: "Expr"
    cls: TypeId


@final
class Cast(ExprNode, frozen=True):
    """An object as a `t`: an ancestor of its static class, or checked a descendant. Else TypeError."""

    value: "Expr"


@final
class Is(ExprNode, frozen=True):
    """Whether two references are of the same object."""

    left: "Expr"
    right: "Expr"


@final
class ObjectId(ExprNode, frozen=True):
    """A number (i64) that belongs to this object alone as long as it exists."""

    value: "Expr"


@final
class Alloc(ExprNode, frozen=True):
    """A new block of `count` (i32) zeroed items; `t` is the pointer type. A negative count: ValueError."""

    count: "Expr"


@final
class Load(ExprNode, frozen=True):
    """`ptr[index].a.b`: an item, or with `path` a (nested) field of it, by value. `index` None is 0."""

    ptr: "Expr"
    index: "Expr | None"
    path: tuple[str, ...]


@final
class AddrOf(ExprNode, frozen=True):
    """A pointer (type `t`) to `ptr[index].a.b`; to the rest of the block when `path` is empty."""

    ptr: "Expr"
    index: "Expr | None"
    path: tuple[str, ...]


@final
class PtrOp(ExprNode, frozen=True):
    """An operation on pointers, whatever they point to.

    `eq ne` (a, b) -> bool; `to_bool` (p) -> bool; `len` (p) -> i32, items from p to the end of its block;
    `copy move` (dst, src, n) -> None, overlap is an error in `copy`; `setbytes` (dst, value: u8, n) -> None;
    `cmp` (a, b, n) -> i32 as C's memcmp; `free` (p) -> None, raw only. `n` (i32) counts items.
    """

    op: Literal["eq", "ne", "to_bool", "len", "copy", "move", "setbytes", "cmp", "free"]
    args: "tuple[Expr, ...]"


@final
class And(ExprNode, frozen=True):
    """`left and right` on bools; `right` is evaluated only if needed."""

    left: "Expr"
    right: "Expr"


@final
class Or(ExprNode, frozen=True):
    """`left or right` on bools."""

    left: "Expr"
    right: "Expr"


@final
class IfExp(ExprNode, frozen=True):
    """`then if cond else orelse`"""

    cond: "Expr"
    then: "Expr"
    orelse: "Expr"


@final
class AssignExpr(ExprNode, frozen=True):
    """`(name := value)`"""

    name: str
    value: "Expr"


@final
class BlockExpr(ExprNode, frozen=True):
    """Statements, then a value. The statements neither return nor break out of the block."""

    body: "tuple[Stmt, ...]"
    value: "Expr"


@final
class ToDynamic(ExprNode, frozen=True):
    """A value of any type as `dynamic`."""

    value: "Expr"


@final
class FromDynamic(ExprNode, frozen=True):
    """A dynamic value as type `t`; raises TypeError when it holds another type."""

    value: "Expr"


@final
class DynamicOp(ExprNode, frozen=True):
    """An operation of `spy_types.prims.dynamic` on dynamic operands: `+`, `==`, `neg`, `str`, `getitem`."""

    op: str
    args: "tuple[Expr, ...]"


@final
class ToUnion(ExprNode, frozen=True):
    """A value of a member, or of a union of fewer members, as union `t`."""

    value: "Expr"


@final
class UnionTest(ExprNode, frozen=True):
    """Whether a union holds its member `member` -> bool"""

    value: "Expr"
    member: TypeId


@final
class FromUnion(ExprNode, frozen=True):
    """What a union holds, as its member `t` or as a union `t` of fewer members; else TypeError."""

    value: "Expr"


# --- statements ----------------------------------------------------------------------------------


@final
class Sent(ExprNode, frozen=True):
    """What the running generator was sent with the `Advance` that made it go on; TypeError if nothing."""


@final
class Advance(ExprNode, frozen=True):
    """Run a generator to its next `Yield` (true) or to its end (false); `sent` is the value of its `Sent`."""

    generator: "Expr"
    sent: "Expr | None"


@final
class Yielded(ExprNode, frozen=True):
    """The item that a generator yielded last."""

    generator: "Expr"


@final
class Returned(ExprNode, frozen=True):
    """What a generator returned, after an `Advance` that was false."""

    generator: "Expr"


class StmtNode(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """What all statements share."""

    pos: Pos


@final
class Assign(StmtNode, frozen=True):
    """`name = value`; the name is one of the function's locals or parameters."""

    name: str
    value: "Expr"


@final
class GlobalSet(StmtNode, frozen=True):
    """An assignment to a global variable."""

    fqn: str
    value: "Expr"


@final
class Store(StmtNode, frozen=True):
    """`ptr[index].a.b = value`; operands in the order ptr, index, value."""

    ptr: "Expr"
    index: "Expr | None"
    path: tuple[str, ...]
    value: "Expr"


@final
class SetAttr(StmtNode, frozen=True):
    """`obj.field = value`; operands in the order obj, value."""

    obj: "Expr"
    field: str
    value: "Expr"


@final
class Eval(StmtNode, frozen=True):
    """An expression for its effect."""

    value: "Expr"


@final
class If(StmtNode, frozen=True):
    """`if cond: then else: orelse`"""

    cond: "Expr"
    then: "tuple[Stmt, ...]"
    orelse: "tuple[Stmt, ...]"


@final
class While(StmtNode, frozen=True):
    """`while cond: body else: orelse`"""

    cond: "Expr"
    body: "tuple[Stmt, ...]"
    orelse: "tuple[Stmt, ...]"


@final
class ForRange(StmtNode, frozen=True):
    """`for var in range(start, stop, step): body else: orelse`, all of var's integer type.

    The bounds are evaluated once, before the loop. `var` is assigned at the start of each round and keeps
    its last value; assigning it in the body does not change the rounds. A zero step raises ValueError.
    """

    var: str
    start: "Expr"
    stop: "Expr"
    step: "Expr"
    body: "tuple[Stmt, ...]"
    orelse: "tuple[Stmt, ...]"


@final
class Return(StmtNode, frozen=True):
    """`return value`; None only in functions of type None."""

    value: "Expr | None"


@final
class Break(StmtNode, frozen=True):
    """`break`"""


@final
class Continue(StmtNode, frozen=True):
    """`continue`"""


@final
class Raise(StmtNode, frozen=True):
    """`raise etype(message)`; `message` (str) None is an empty message."""

    etype: str
    message: "Expr | None"


@final
class Handler(msgspec.Struct, frozen=True, array_like=True):
    """`except (A, B) as name: body`; `name` is a local of type `exception`, or None."""

    pos: Pos
    types: tuple[str, ...]
    name: str | None
    body: "tuple[Stmt, ...]"


@final
class Try(StmtNode, frozen=True):
    """`try: body except ...: ... else: orelse finally: finalbody`

    The first handler runs of whose types one is an ancestor of the exception's type. `finalbody` runs on
    every way out: end, exception, return, break, continue.
    """

    body: "tuple[Stmt, ...]"
    handlers: tuple[Handler, ...]
    orelse: "tuple[Stmt, ...]"
    finalbody: "tuple[Stmt, ...]"


@final
class RaiseObject(StmtNode, frozen=True):
    """`raise value from cause`, both of type `exception`; `quiet`: `from None`."""

    value: "Expr"
    cause: "Expr | None"
    quiet: bool


@final
class Reraise(StmtNode, frozen=True):
    """`raise`: the exception of the innermost handler around it, once more."""


class Yield(StmtNode, frozen=True):
    """`yield value`; only in generators, and not inside of expressions."""

    value: "Expr"


@final
class CloseGenerator(StmtNode, frozen=True):
    """`generator.close()`: it runs its pending `finally` blocks, and is at its end."""

    generator: "Expr"


Expr = (
    Const
    | Local
    | GlobalGet
    | Prim
    | Call
    | CallIndirect
    | MakeClosure
    | MakeStruct
    | GetField
    | New
    | GetAttr
    | CallVirtual
    | IsInstance
    | Cast
    | Is
    | ObjectId
    | Alloc
    | Load
    | AddrOf
    | PtrOp
    | And
    | Or
    | IfExp
    | AssignExpr
    | BlockExpr
    | ToDynamic
    | FromDynamic
    | DynamicOp
    | ToUnion
    | UnionTest
    | FromUnion
    | Sent
    | Advance
    | Yielded
    | Returned
)

Stmt = (
    Assign
    | GlobalSet
    | Store
    | SetAttr
    | Eval
    | If
    | While
    | ForRange
    | Return
    | Break
    | Continue
    | Raise
    | Try
    | RaiseObject
    | Reraise
    | Yield
    | CloseGenerator
)
