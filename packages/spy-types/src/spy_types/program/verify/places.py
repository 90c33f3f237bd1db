"""Rules that loads, stores and addresses share: `ptr[index].a.b` names something, of some type."""

from collections.abc import Sequence

from spy_types.program.nodes import Expr, Pos
from spy_types.program.types import PtrType, TypeId
from spy_types.program.verify import codes
from spy_types.program.verify.context import Context


def verify_pointer(context: Context, ptr: Expr) -> PtrType | None:
    """Check that `ptr` is a pointer and return its type."""
    pointer = context.facts.pointers.get(ptr.t)
    if pointer is None:
        context.fault(codes.WRONG_KIND, f"`{ptr.t}` is no pointer", ptr.pos)
    return pointer


def place_type(
    context: Context, pos: Pos, ptr: Expr, index: Expr | None, path: Sequence[str]
) -> TypeId | None:
    """Check `ptr[index].path` and return its type, None if there is no such place."""
    pointer = verify_pointer(context, ptr)
    if index is not None:
        context.expect(index, "i32", "an index")
    if pointer is None:
        return None
    t = pointer.item
    for name in path:
        inner = context.facts.fields.get(t, {}).get(name)
        if inner is None:
            context.fault(codes.UNKNOWN_FIELD, f"`{t}` has no field `{name}`", pos)
            return None
        t = inner
    return t
