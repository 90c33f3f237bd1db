"""Rules of expressions; one function per node, in the order of `Expr`."""

from collections.abc import Callable, Sequence
from typing import Any

from spy_types.nesting import MAX_NESTING
from spy_types.prims.dynamic import DYNAMIC_OPS
from spy_types.prims.table import PRIMS
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
    Pos,
    Prim,
    PtrOp,
    Returned,
    Sent,
    ToDynamic,
    ToUnion,
    UnionTest,
    Yielded,
)
from spy_types.program.types import GeneratorType, TypeId
from spy_types.program.verify import codes
from spy_types.program.verify.context import Context
from spy_types.program.verify.objects import (
    verify_cast,
    verify_get_attr,
    verify_is,
    verify_is_instance,
    verify_new,
    verify_object_id,
)
from spy_types.program.verify.places import place_type
from spy_types.program.verify.pointer_operations import verify_pointer_operation


def verify_expr(context: Context, expr: Expr) -> None:
    """Check `expr` and what is inside it."""
    context.verify_pos(expr.pos)
    if expr.t not in context.types:
        context.fault(codes.UNKNOWN_TYPE, f"`{expr.t}` is no type of the program", expr.pos)
    if context.depth >= MAX_NESTING:
        context.fault(codes.TOO_DEEP, f"expressions nest more than {MAX_NESTING} deep", expr.pos)
        return
    context.depth += 1
    _VERIFY[type(expr)](context, expr)
    context.depth -= 1


def verify_args(
    context: Context, pos: Pos, what: str, args: Sequence[Expr], params: Sequence[TypeId]
) -> None:
    """Check the arguments of a call of `what`, and that there are as many as it has parameters."""
    if len(args) != len(params):
        context.fault(codes.WRONG_COUNT, f"`{what}` takes {len(params)} arguments, not {len(args)}", pos)
    for arg in args:
        verify_expr(context, arg)
    for number, (arg, wanted) in enumerate(zip(args, params, strict=False), 1):
        if arg.t != wanted:
            context.expect(arg, wanted, f"argument {number} of `{what}`")


def _const(context: Context, expr: Const) -> None:
    context.constants.verify(expr.t, expr.value, expr.pos, context.depth)


def _local(context: Context, expr: Local) -> None:
    declared = context.variables.get(expr.name)
    if declared is None:
        context.fault(codes.UNKNOWN_LOCAL, f"there is no local `{expr.name}`", expr.pos)
    elif expr.t != declared:
        context.expect(expr, declared, f"local `{expr.name}`")


def _global_get(context: Context, expr: GlobalGet) -> None:
    context.impure = context.impure or expr.pos
    declared = context.facts.globals.get(expr.fqn)
    if declared is None:
        context.fault(codes.UNKNOWN_GLOBAL, f"there is no global `{expr.fqn}`", expr.pos)
    else:
        context.expect(expr, declared, f"global `{expr.fqn}`")


def _prim(context: Context, expr: Prim) -> None:
    prim = PRIMS.get(expr.op)
    if prim is None:
        context.fault(codes.UNKNOWN_OPERATION, f"there is no primitive `{expr.op}`", expr.pos)
        for arg in expr.args:
            verify_expr(context, arg)
        return
    if prim.raises or (prim.overflow and context.facts.checks_overflow):
        context.raises = context.raises or expr.pos
    verify_args(context, expr.pos, expr.op, expr.args, prim.params)
    if expr.t != prim.result:
        context.expect(expr, prim.result, f"the result of `{expr.op}`")


def _call(context: Context, expr: Call) -> None:
    signature = context.facts.signatures.get(expr.func)
    if signature is None:
        context.fault(codes.UNKNOWN_FUNCTION, f"there is no function `{expr.func}`", expr.pos)
        for arg in expr.args:
            verify_expr(context, arg)
        return
    effects = signature.effects
    context.raises = context.raises or (expr.pos if effects.raises else None)
    context.allocates = context.allocates or (expr.pos if effects.allocates else None)
    context.impure = context.impure or (None if effects.pure else expr.pos)
    verify_args(context, expr.pos, expr.func, expr.args, signature.params)
    if expr.t != signature.result:
        context.expect(expr, signature.result, f"the result of `{expr.func}`")


def _call_indirect(context: Context, expr: CallIndirect) -> None:
    context.raises = context.raises or expr.pos
    context.allocates = context.allocates or expr.pos
    context.impure = context.impure or expr.pos
    verify_expr(context, expr.callee)
    definition = context.facts.function_types.get(expr.callee.t)
    if definition is None:
        context.fault(codes.WRONG_KIND, f"`{expr.callee.t}` is no function type", expr.callee.pos)
        for arg in expr.args:
            verify_expr(context, arg)
        return
    verify_args(context, expr.pos, expr.callee.t, expr.args, definition.params)
    context.expect(expr, definition.result, "the result of a call")


def _make_closure(context: Context, expr: MakeClosure) -> None:
    context.allocates = context.allocates or expr.pos
    context.impure = context.impure or expr.pos
    definition = context.facts.function_types.get(expr.t)
    signature = context.facts.signatures.get(expr.func)
    if definition is None or signature is None:
        if definition is None:
            context.fault(codes.WRONG_KIND, f"`{expr.t}` is no function type", expr.pos)
        if signature is None:
            context.fault(codes.UNKNOWN_FUNCTION, f"there is no function `{expr.func}`", expr.pos)
        for value in expr.captured:
            verify_expr(context, value)
        return
    count = max(0, len(signature.params) - len(definition.params))
    if (signature.params[count:], signature.result) != (definition.params, definition.result):
        what = f"function `{expr.func}` does not fit `{expr.t}`"
        context.fault(codes.WRONG_TYPE, what, expr.pos)
        count = len(expr.captured)
    verify_args(context, expr.pos, expr.func, expr.captured, signature.params[:count])


def _make_struct(context: Context, expr: MakeStruct) -> None:
    fields = context.facts.fields.get(expr.t)
    if fields is None:
        context.fault(codes.WRONG_KIND, f"`{expr.t}` is no struct", expr.pos)
    verify_args(context, expr.pos, expr.t, expr.args, tuple((fields or {}).values()))


def _get_field(context: Context, expr: GetField) -> None:
    verify_expr(context, expr.value)
    fields = context.facts.fields.get(expr.value.t)
    if fields is None:
        context.fault(codes.WRONG_KIND, f"`{expr.value.t}` is no struct", expr.value.pos)
    elif expr.field not in fields:
        context.fault(codes.UNKNOWN_FIELD, f"`{expr.value.t}` has no field `{expr.field}`", expr.pos)
    else:
        context.expect(expr, fields[expr.field], f"field `{expr.field}`")


def _get_attr(context: Context, expr: GetAttr) -> None:
    verify_expr(context, expr.value)
    verify_get_attr(context, expr)


def _call_virtual(context: Context, expr: CallVirtual) -> None:
    context.raises = context.raises or expr.pos
    context.allocates = context.allocates or expr.pos
    context.impure = context.impure or expr.pos
    method = context.facts.methods.get(expr.method)
    if method is None:
        context.fault(codes.UNKNOWN_FUNCTION, f"there is no method `{expr.method}`", expr.pos)
    verify_args(
        context,
        expr.pos,
        expr.method,
        expr.args,
        [a.t for a in expr.args] if method is None else method.params,
    )
    if method is not None:
        context.expect(expr, method.result, f"the result of `{expr.method}`")


def _is_instance(context: Context, expr: IsInstance) -> None:
    verify_expr(context, expr.value)
    verify_is_instance(context, expr)


def _cast(context: Context, expr: Cast) -> None:
    verify_expr(context, expr.value)
    verify_cast(context, expr)


def _is(context: Context, expr: Is) -> None:
    verify_expr(context, expr.left)
    verify_expr(context, expr.right)
    verify_is(context, expr)


def _object_id(context: Context, expr: ObjectId) -> None:
    verify_expr(context, expr.value)
    verify_object_id(context, expr)


def _alloc(context: Context, expr: Alloc) -> None:
    context.allocates = context.allocates or expr.pos
    context.impure = context.impure or expr.pos
    verify_expr(context, expr.count)
    context.expect(expr.count, "i32", "the number of items")
    if expr.t not in context.facts.pointers:
        context.fault(codes.WRONG_KIND, f"`{expr.t}` is no pointer", expr.pos)


def _load(context: Context, expr: Load) -> None:
    context.impure = context.impure or expr.pos
    _verify_operands(context, expr.ptr, expr.index)
    t = place_type(context, expr.pos, expr.ptr, expr.index, expr.path)
    if t is not None:
        context.expect(expr, t, "a load")


def _addr_of(context: Context, expr: AddrOf) -> None:
    _verify_operands(context, expr.ptr, expr.index)
    t = place_type(context, expr.pos, expr.ptr, expr.index, expr.path)
    pointer = context.facts.pointers.get(expr.t)
    if pointer is None:
        context.fault(codes.WRONG_KIND, f"`{expr.t}` is no pointer", expr.pos)
    elif t is not None and (pointer.item, pointer.kind) != (t, context.facts.pointers[expr.ptr.t].kind):
        context.fault(codes.WRONG_TYPE, f"the address of a `{t}` is no `{expr.t}`", expr.pos)


def _verify_operands(context: Context, ptr: Expr, index: Expr | None) -> None:
    verify_expr(context, ptr)
    if index is not None:
        verify_expr(context, index)


def _ptr_op(context: Context, expr: PtrOp) -> None:
    for arg in expr.args:
        verify_expr(context, arg)
    verify_pointer_operation(context, expr)


def _and_or(context: Context, expr: And | Or) -> None:
    verify_expr(context, expr.left)
    verify_expr(context, expr.right)
    context.expect(expr.left, "bool", "an operand of `and` or `or`")
    context.expect(expr.right, "bool", "an operand of `and` or `or`")
    context.expect(expr, "bool", "the result of `and` or `or`")


def _if_exp(context: Context, expr: IfExp) -> None:
    verify_expr(context, expr.cond)
    verify_expr(context, expr.then)
    verify_expr(context, expr.orelse)
    context.expect(expr.cond, "bool", "a condition")
    context.expect(expr.then, expr.t, "a branch")
    context.expect(expr.orelse, expr.t, "a branch")


def _assign_expr(context: Context, expr: AssignExpr) -> None:
    verify_expr(context, expr.value)
    declared = context.variables.get(expr.name)
    if declared is None:
        context.fault(codes.UNKNOWN_LOCAL, f"there is no local `{expr.name}`", expr.pos)
        return
    context.expect(expr.value, declared, f"the value of `{expr.name}`")
    context.expect(expr, declared, f"local `{expr.name}`")


def _block_expr(context: Context, expr: BlockExpr) -> None:
    outside = context.loops, context.in_block
    context.loops, context.in_block = 0, True
    context.verify_body(context, expr.body)
    verify_expr(context, expr.value)
    context.loops, context.in_block = outside
    context.expect(expr.value, expr.t, "the value of a block")


def _to_dynamic(context: Context, expr: ToDynamic) -> None:
    verify_expr(context, expr.value)
    context.expect(expr, "dynamic", "the result")


def _from_dynamic(context: Context, expr: FromDynamic) -> None:
    context.raises = context.raises or expr.pos
    verify_expr(context, expr.value)
    context.expect(expr.value, "dynamic", "the value")


def _dynamic_op(context: Context, expr: DynamicOp) -> None:
    context.raises = context.raises or expr.pos
    for arg in expr.args:
        verify_expr(context, arg)
        context.expect(arg, "dynamic", "an operand")
    operation = DYNAMIC_OPS.get(expr.op)
    if operation is None:
        context.fault(codes.UNKNOWN_OPERATION, f"there is no dynamic operation `{expr.op}`", expr.pos)
        return
    if not operation.accepts(len(expr.args)):
        wanted = ", ".join(operation.operands)
        context.fault(
            codes.WRONG_COUNT, f"`{expr.op}` takes ({wanted}), not {len(expr.args)} operands", expr.pos
        )
    if expr.t not in operation.results:
        context.expect(expr, operation.results[0], f"the result of `{expr.op}`")


def _to_union(context: Context, expr: ToUnion) -> None:
    verify_expr(context, expr.value)
    given = context.facts.unions.get(expr.value.t, (expr.value.t,))
    _expect_members(context, expr, expr.t, given)


def _union_test(context: Context, expr: UnionTest) -> None:
    verify_expr(context, expr.value)
    _expect_members(context, expr, expr.value.t, (expr.member,))
    context.expect(expr, "bool", "the result")


def _from_union(context: Context, expr: FromUnion) -> None:
    context.raises = context.raises or expr.pos
    verify_expr(context, expr.value)
    _expect_members(context, expr, expr.value.t, context.facts.unions.get(expr.t, (expr.t,)))


def _expect_members(context: Context, expr: Expr, union: TypeId, members: Sequence[TypeId]) -> None:
    known = context.facts.unions.get(union)
    if known is None:
        context.fault(codes.WRONG_KIND, f"`{union}` is no union", expr.pos)
        return
    for member in members:
        if member not in known:
            context.fault(codes.WRONG_TYPE, f"`{member}` is no member of `{union}`", expr.pos)


def _sent(context: Context, expr: Sent) -> None:
    context.raises = context.raises or expr.pos
    if context.generator is None:
        context.fault(codes.OUTSIDE_GENERATOR, "only generators are sent something", expr.pos)
    else:
        context.expect(expr, context.generator.sent, "what is sent")


def _advance(context: Context, expr: Advance) -> None:
    context.raises = context.raises or expr.pos
    context.allocates = context.allocates or expr.pos
    context.impure = context.impure or expr.pos
    definition = verify_generator(context, expr.generator)
    if expr.sent is not None:
        verify_expr(context, expr.sent)
        if definition is not None:
            context.expect(expr.sent, definition.sent, "what is sent")
    context.expect(expr, "bool", "the result of advancing")


def _yielded(context: Context, expr: Yielded) -> None:
    context.impure = context.impure or expr.pos
    definition = verify_generator(context, expr.generator)
    if definition is not None:
        context.expect(expr, definition.item, "the item of a generator")


def _returned(context: Context, expr: Returned) -> None:
    context.impure = context.impure or expr.pos
    definition = verify_generator(context, expr.generator)
    if definition is not None:
        context.expect(expr, definition.result, "the result of a generator")


def verify_generator(context: Context, generator: Expr) -> GeneratorType | None:
    """Check an expression that must be a generator, and return its type."""
    verify_expr(context, generator)
    definition = context.facts.generators.get(generator.t)
    if definition is None:
        context.fault(codes.WRONG_KIND, f"`{generator.t}` is no generator", generator.pos)
    return definition


_VERIFY: dict[type, Callable[[Context, Any], None]] = {
    Const: _const,
    Local: _local,
    GlobalGet: _global_get,
    Prim: _prim,
    Call: _call,
    CallIndirect: _call_indirect,
    MakeClosure: _make_closure,
    MakeStruct: _make_struct,
    GetField: _get_field,
    New: verify_new,
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
    And: _and_or,
    Or: _and_or,
    IfExp: _if_exp,
    AssignExpr: _assign_expr,
    BlockExpr: _block_expr,
    ToDynamic: _to_dynamic,
    FromDynamic: _from_dynamic,
    DynamicOp: _dynamic_op,
    ToUnion: _to_union,
    UnionTest: _union_test,
    FromUnion: _from_union,
    Sent: _sent,
    Advance: _advance,
    Yielded: _yielded,
    Returned: _returned,
}
