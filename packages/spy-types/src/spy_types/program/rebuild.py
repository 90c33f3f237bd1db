"""One step of rebuilding a tree of Program IR: a node with its children replaced.

One function per node, in the order of `Expr` and `Stmt`; each keeps the order of evaluation and returns the
node as it is when nothing changed.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from spy_types.program.nodes import (
    AddrOf,
    Advance,
    Alloc,
    And,
    Assign,
    AssignExpr,
    BlockExpr,
    Call,
    CallIndirect,
    CallVirtual,
    Cast,
    CloseGenerator,
    DynamicOp,
    Eval,
    Expr,
    ForRange,
    FromDynamic,
    FromUnion,
    GetAttr,
    GetField,
    GlobalSet,
    Handler,
    If,
    IfExp,
    Is,
    IsInstance,
    Load,
    MakeClosure,
    MakeStruct,
    ObjectId,
    Or,
    Prim,
    PtrOp,
    Raise,
    RaiseObject,
    Return,
    Returned,
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

Body = tuple[Stmt, ...]
MapExpr = Callable[[Expr], Expr]
MapBody = Callable[[Body], Body]

N = TypeVar("N", bound=Expr | Stmt)
T = TypeVar("T")


def map_children(node: N, expr: MapExpr, body: MapBody) -> N:
    """Return `node` with `expr` applied to the expressions right below it and `body` to the statements."""
    rebuild = _REBUILD.get(type(node))
    if rebuild is None:
        return node
    rebuilt: N = rebuild(node, expr, body)
    return rebuilt


def same_or_new(old: tuple[T, ...], new: list[T]) -> tuple[T, ...]:
    """Return `old` if `new` holds the very same things, else `new` as a tuple."""
    for before, after in zip(old, new, strict=True):
        if before is not after:
            return tuple(new)
    return old


def _args(args: tuple[Expr, ...], expr: MapExpr) -> tuple[Expr, ...]:
    return same_or_new(args, [expr(a) for a in args])


def _prim(n: Prim, expr: MapExpr, _: MapBody) -> Prim:
    args = _args(n.args, expr)
    return n if args is n.args else Prim(n.t, n.pos, n.op, args)


def _call(n: Call, expr: MapExpr, _: MapBody) -> Call:
    args = _args(n.args, expr)
    return n if args is n.args else Call(n.t, n.pos, n.func, args)


def _call_indirect(n: CallIndirect, expr: MapExpr, _: MapBody) -> CallIndirect:
    callee, args = expr(n.callee), _args(n.args, expr)
    return n if callee is n.callee and args is n.args else CallIndirect(n.t, n.pos, callee, args)


def _make_closure(n: MakeClosure, expr: MapExpr, _: MapBody) -> MakeClosure:
    captured = _args(n.captured, expr)
    return n if captured is n.captured else MakeClosure(n.t, n.pos, n.func, captured)


def _make_struct(n: MakeStruct, expr: MapExpr, _: MapBody) -> MakeStruct:
    args = _args(n.args, expr)
    return n if args is n.args else MakeStruct(n.t, n.pos, args)


def _get_field(n: GetField, expr: MapExpr, _: MapBody) -> GetField:
    value = expr(n.value)
    return n if value is n.value else GetField(n.t, n.pos, value, n.field)


def _get_attr(n: GetAttr, expr: MapExpr, _: MapBody) -> GetAttr:
    value = expr(n.value)
    return n if value is n.value else GetAttr(n.t, n.pos, value, n.field)


def _call_virtual(n: CallVirtual, expr: MapExpr, _: MapBody) -> CallVirtual:
    args = _args(n.args, expr)
    return n if args is n.args else CallVirtual(n.t, n.pos, n.method, args)


def _is_instance(n: IsInstance, expr: MapExpr, _: MapBody) -> IsInstance:
    value = expr(n.value)
    return n if value is n.value else IsInstance(n.t, n.pos, value, n.cls)


def _cast(n: Cast, expr: MapExpr, _: MapBody) -> Cast:
    value = expr(n.value)
    return n if value is n.value else Cast(n.t, n.pos, value)


def _is(n: Is, expr: MapExpr, _: MapBody) -> Is:
    left, right = expr(n.left), expr(n.right)
    return n if left is n.left and right is n.right else Is(n.t, n.pos, left, right)


def _object_id(n: ObjectId, expr: MapExpr, _: MapBody) -> ObjectId:
    value = expr(n.value)
    return n if value is n.value else ObjectId(n.t, n.pos, value)


def _alloc(n: Alloc, expr: MapExpr, _: MapBody) -> Alloc:
    count = expr(n.count)
    return n if count is n.count else Alloc(n.t, n.pos, count)


def _load(n: Load, expr: MapExpr, _: MapBody) -> Load:
    ptr, index = expr(n.ptr), None if n.index is None else expr(n.index)
    return n if ptr is n.ptr and index is n.index else Load(n.t, n.pos, ptr, index, n.path)


def _addr_of(n: AddrOf, expr: MapExpr, _: MapBody) -> AddrOf:
    ptr, index = expr(n.ptr), None if n.index is None else expr(n.index)
    return n if ptr is n.ptr and index is n.index else AddrOf(n.t, n.pos, ptr, index, n.path)


def _ptr_op(n: PtrOp, expr: MapExpr, _: MapBody) -> PtrOp:
    args = _args(n.args, expr)
    return n if args is n.args else PtrOp(n.t, n.pos, n.op, args)


def _and(n: And, expr: MapExpr, _: MapBody) -> And:
    left, right = expr(n.left), expr(n.right)
    return n if left is n.left and right is n.right else And(n.t, n.pos, left, right)


def _or(n: Or, expr: MapExpr, _: MapBody) -> Or:
    left, right = expr(n.left), expr(n.right)
    return n if left is n.left and right is n.right else Or(n.t, n.pos, left, right)


def _if_exp(n: IfExp, expr: MapExpr, _: MapBody) -> IfExp:
    cond, then, orelse = expr(n.cond), expr(n.then), expr(n.orelse)
    same = cond is n.cond and then is n.then and orelse is n.orelse
    return n if same else IfExp(n.t, n.pos, cond, then, orelse)


def _assign_expr(n: AssignExpr, expr: MapExpr, _: MapBody) -> AssignExpr:
    value = expr(n.value)
    return n if value is n.value else AssignExpr(n.t, n.pos, n.name, value)


def _block_expr(n: BlockExpr, expr: MapExpr, body: MapBody) -> BlockExpr:
    stmts, value = body(n.body), expr(n.value)
    return n if stmts is n.body and value is n.value else BlockExpr(n.t, n.pos, stmts, value)


def _to_dynamic(n: ToDynamic, expr: MapExpr, _: MapBody) -> ToDynamic:
    value = expr(n.value)
    return n if value is n.value else ToDynamic(n.t, n.pos, value)


def _from_dynamic(n: FromDynamic, expr: MapExpr, _: MapBody) -> FromDynamic:
    value = expr(n.value)
    return n if value is n.value else FromDynamic(n.t, n.pos, value)


def _dynamic_op(n: DynamicOp, expr: MapExpr, _: MapBody) -> DynamicOp:
    args = _args(n.args, expr)
    return n if args is n.args else DynamicOp(n.t, n.pos, n.op, args)


def _to_union(n: ToUnion, expr: MapExpr, _: MapBody) -> ToUnion:
    value = expr(n.value)
    return n if value is n.value else ToUnion(n.t, n.pos, value)


def _union_test(n: UnionTest, expr: MapExpr, _: MapBody) -> UnionTest:
    value = expr(n.value)
    return n if value is n.value else UnionTest(n.t, n.pos, value, n.member)


def _from_union(n: FromUnion, expr: MapExpr, _: MapBody) -> FromUnion:
    value = expr(n.value)
    return n if value is n.value else FromUnion(n.t, n.pos, value)


def _advance(n: Advance, expr: MapExpr, _: MapBody) -> Advance:
    generator, sent = expr(n.generator), None if n.sent is None else expr(n.sent)
    return n if generator is n.generator and sent is n.sent else Advance(n.t, n.pos, generator, sent)


def _yielded(n: Yielded, expr: MapExpr, _: MapBody) -> Yielded:
    generator = expr(n.generator)
    return n if generator is n.generator else Yielded(n.t, n.pos, generator)


def _returned(n: Returned, expr: MapExpr, _: MapBody) -> Returned:
    generator = expr(n.generator)
    return n if generator is n.generator else Returned(n.t, n.pos, generator)


def _assign(n: Assign, expr: MapExpr, _: MapBody) -> Assign:
    value = expr(n.value)
    return n if value is n.value else Assign(n.pos, n.name, value)


def _global_set(n: GlobalSet, expr: MapExpr, _: MapBody) -> GlobalSet:
    value = expr(n.value)
    return n if value is n.value else GlobalSet(n.pos, n.fqn, value)


def _store(n: Store, expr: MapExpr, _: MapBody) -> Store:
    ptr, index, value = expr(n.ptr), None if n.index is None else expr(n.index), expr(n.value)
    same = ptr is n.ptr and index is n.index and value is n.value
    return n if same else Store(n.pos, ptr, index, n.path, value)


def _set_attr(n: SetAttr, expr: MapExpr, _: MapBody) -> SetAttr:
    obj, value = expr(n.obj), expr(n.value)
    return n if obj is n.obj and value is n.value else SetAttr(n.pos, obj, n.field, value)


def _eval(n: Eval, expr: MapExpr, _: MapBody) -> Eval:
    value = expr(n.value)
    return n if value is n.value else Eval(n.pos, value)


def _if(n: If, expr: MapExpr, body: MapBody) -> If:
    cond, then, orelse = expr(n.cond), body(n.then), body(n.orelse)
    same = cond is n.cond and then is n.then and orelse is n.orelse
    return n if same else If(n.pos, cond, then, orelse)


def _while(n: While, expr: MapExpr, body: MapBody) -> While:
    cond, inner, orelse = expr(n.cond), body(n.body), body(n.orelse)
    same = cond is n.cond and inner is n.body and orelse is n.orelse
    return n if same else While(n.pos, cond, inner, orelse)


def _for_range(n: ForRange, expr: MapExpr, body: MapBody) -> ForRange:
    start, stop, step = expr(n.start), expr(n.stop), expr(n.step)
    inner, orelse = body(n.body), body(n.orelse)
    same = start is n.start and stop is n.stop and step is n.step and inner is n.body and orelse is n.orelse
    return n if same else ForRange(n.pos, n.var, start, stop, step, inner, orelse)


def _return(n: Return, expr: MapExpr, _: MapBody) -> Return:
    if n.value is None:
        return n
    value = expr(n.value)
    return n if value is n.value else Return(n.pos, value)


def _raise(n: Raise, expr: MapExpr, _: MapBody) -> Raise:
    if n.message is None:
        return n
    message = expr(n.message)
    return n if message is n.message else Raise(n.pos, n.etype, message)


def _try(n: Try, _: MapExpr, body: MapBody) -> Try:
    inner = body(n.body)
    handlers = same_or_new(n.handlers, [_handler(handler, body) for handler in n.handlers])
    orelse, final = body(n.orelse), body(n.finalbody)
    same = inner is n.body and handlers is n.handlers and orelse is n.orelse and final is n.finalbody
    return n if same else Try(n.pos, inner, handlers, orelse, final)


def _handler(handler: Handler, body: MapBody) -> Handler:
    inner = body(handler.body)
    return handler if inner is handler.body else Handler(handler.pos, handler.types, handler.name, inner)


def _yield(n: Yield, expr: MapExpr, _: MapBody) -> Yield:
    value = expr(n.value)
    return n if value is n.value else Yield(n.pos, value)


def _close_generator(n: CloseGenerator, expr: MapExpr, _: MapBody) -> CloseGenerator:
    generator = expr(n.generator)
    return n if generator is n.generator else CloseGenerator(n.pos, generator)


def _raise_object(n: RaiseObject, expr: MapExpr, _: MapBody) -> RaiseObject:
    value, cause = expr(n.value), None if n.cause is None else expr(n.cause)
    return n if value is n.value and cause is n.cause else RaiseObject(n.pos, value, cause, n.quiet)


_REBUILD: dict[type, Callable[[Any, MapExpr, MapBody], Any]] = {
    Prim: _prim,
    Call: _call,
    CallIndirect: _call_indirect,
    MakeClosure: _make_closure,
    MakeStruct: _make_struct,
    GetField: _get_field,
    GetAttr: _get_attr,
    CallVirtual: _call_virtual,
    IsInstance: _is_instance,
    Cast: _cast,
    Is: _is,
    ObjectId: _object_id,
    Alloc: _alloc,
    Load: _load,
    AddrOf: _addr_of,
    PtrOp: _ptr_op,
    And: _and,
    Or: _or,
    IfExp: _if_exp,
    AssignExpr: _assign_expr,
    BlockExpr: _block_expr,
    ToDynamic: _to_dynamic,
    FromDynamic: _from_dynamic,
    DynamicOp: _dynamic_op,
    ToUnion: _to_union,
    UnionTest: _union_test,
    FromUnion: _from_union,
    Advance: _advance,
    Yielded: _yielded,
    Returned: _returned,
    Assign: _assign,
    GlobalSet: _global_set,
    Store: _store,
    SetAttr: _set_attr,
    Eval: _eval,
    If: _if,
    While: _while,
    ForRange: _for_range,
    Return: _return,
    Raise: _raise,
    Try: _try,
    Yield: _yield,
    CloseGenerator: _close_generator,
    RaiseObject: _raise_object,
}
