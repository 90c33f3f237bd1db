"""Rules of objects: attributes, virtual calls, casts; one function per node, in the order of `Expr`."""

from spy_types.program.nodes import Cast, Expr, GetAttr, Is, IsInstance, New, ObjectId, Pos
from spy_types.program.types import ClassType, TypeId
from spy_types.program.verify import codes
from spy_types.program.verify.context import Context


def verify_class(context: Context, t: TypeId, pos: Pos) -> ClassType | None:
    """Check that `t` is a class and return its definition."""
    definition = context.facts.classes.get(t)
    if definition is None:
        context.fault(codes.WRONG_KIND, f"`{t}` is no class", pos)
    return definition


def attribute_type(context: Context, obj: Expr, field: str, pos: Pos) -> TypeId | None:
    """Check `obj.field` and return its type, None if there is no such field."""
    if verify_class(context, obj.t, obj.pos) is None:
        return None
    found = context.facts.attributes[obj.t].get(field)
    if found is None:
        context.fault(codes.UNKNOWN_FIELD, f"`{obj.t}` has no field `{field}`", pos)
    return found


def verify_new(context: Context, expr: New) -> None:
    """Check an allocation."""
    context.allocates = context.allocates or expr.pos
    context.impure = context.impure or expr.pos
    verify_class(context, expr.t, expr.pos)


def verify_get_attr(context: Context, expr: GetAttr) -> None:
    """Check a read of a field, whose operand was checked."""
    context.raises = context.raises or expr.pos
    context.impure = context.impure or expr.pos
    t = attribute_type(context, expr.value, expr.field, expr.pos)
    if t is not None:
        context.expect(expr, t, f"field `{expr.field}`")


def verify_is_instance(context: Context, expr: IsInstance) -> None:
    """Check a test, whose operand was checked."""
    verify_class(context, expr.value.t, expr.value.pos)
    verify_class(context, expr.cls, expr.pos)
    context.expect(expr, "bool", "the result of a test")


def verify_cast(context: Context, expr: Cast) -> None:
    """Check a cast, whose operand was checked."""
    source = verify_class(context, expr.value.t, expr.value.pos)
    verify_class(context, expr.t, expr.pos)
    if source is not None and expr.t != expr.value.t and expr.t not in source.ancestors:
        context.raises = context.raises or expr.pos


def verify_is(context: Context, expr: Is) -> None:
    """Check a test of identity, whose operands were checked."""
    if expr.left.t in context.facts.function_types:
        context.expect(expr.right, expr.left.t, "the other function")
    else:
        verify_class(context, expr.left.t, expr.left.pos)
        verify_class(context, expr.right.t, expr.right.pos)
    context.expect(expr, "bool", "the result of `is`")


def verify_object_id(context: Context, expr: ObjectId) -> None:
    """Check an identity number, whose operand was checked."""
    verify_class(context, expr.value.t, expr.value.pos)
    context.expect(expr, "i64", "the result of `id`")
