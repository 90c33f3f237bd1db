"""Rules of `PtrOp`: what each operation takes and gives."""

from spy_types.program.nodes import Expr, PtrOp
from spy_types.program.types import TypeId
from spy_types.program.verify import codes
from spy_types.program.verify.context import Context
from spy_types.program.verify.places import verify_pointer

# `P` is a pointer, `Q` another one to the same items, maybe of the other kind.
SIGNATURES: dict[str, tuple[tuple[TypeId, ...], TypeId]] = {
    "eq": (("P", "Q"), "bool"),
    "ne": (("P", "Q"), "bool"),
    "to_bool": (("P",), "bool"),
    "len": (("P",), "i32"),
    "copy": (("P", "Q", "i32"), "None"),
    "move": (("P", "Q", "i32"), "None"),
    "setbytes": (("P", "u8", "i32"), "None"),
    "cmp": (("P", "Q", "i32"), "i32"),
    "free": (("P",), "None"),
}
WRITES = frozenset(("copy", "move", "setbytes", "free"))
READS = frozenset(("cmp",))


def verify_pointer_operation(context: Context, expr: PtrOp) -> None:
    """Check `expr`, whose operands are checked already."""
    if expr.op in WRITES or expr.op in READS:
        context.impure = context.impure or expr.pos
    params, result = SIGNATURES[expr.op]
    if len(expr.args) != len(params):
        context.fault(codes.WRONG_COUNT, f"`{expr.op}` of pointers takes {len(params)} operands", expr.pos)
        return
    for param, arg in zip(params, expr.args, strict=True):
        _verify_operand(context, expr.args[0], param, arg)
    if expr.op == "free":
        pointer = context.facts.pointers.get(expr.args[0].t)
        if pointer is not None and pointer.kind != "raw":
            context.fault(codes.WRONG_KIND, "only raw memory is freed", expr.pos)
    context.expect(expr, result, f"the result of `{expr.op}`")


def _verify_operand(context: Context, first: Expr, param: TypeId, arg: Expr) -> None:
    match param:
        case "P":
            verify_pointer(context, arg)
        case "Q":
            pointer, reference = verify_pointer(context, arg), context.facts.pointers.get(first.t)
            if pointer is not None and reference is not None and pointer.item != reference.item:
                context.fault(codes.WRONG_TYPE, f"`{arg.t}` and `{first.t}` have other items", arg.pos)
        case _:
            context.expect(arg, param, "an operand")
