"""Values that are not of the type that is needed."""

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm.errors.fault import fault, this_is
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.objects.type_variables import TypeVariable


def mismatched_types(
    op: Operand, w_expected: W_Type, because: Loc | None, reason: str, hint: str | None = None
) -> SpyError:
    return fault(
        "VM001",
        "mismatched types",
        (op.loc, f"expected `{w_expected.display}`, got `{op.w_T.display}`"),
        (because, f"expected `{w_expected.display}` because of {reason}"),
        hint=hint,
    )


def expected_type(op: Operand) -> SpyError:
    if isinstance(op.val, TypeVariable):
        return fault(
            "VM017",
            f"the type variable `{op.val.name}` stands for no type here",
            (op.loc, "expected a type"),
            (op.val.loc, "defined here"),
            hint="parameters of this function, or the class around it, must mention it",
        )
    return fault("VM017", f"expected `type`, got `{op.w_T.display}`", (op.loc, "expected `type`"))


def literal_out_of_range(value: int, w_T: W_Type | None, loc: Loc | None) -> SpyError:
    target = w_T.display if w_T is not None else "i32"
    hint = None if w_T is not None else f"use i64({value}) or u64({value}) to get a 64-bit value"
    return fault(
        "VM024",
        f"integer literal {value} is out of range for {target}" + (f"; {hint}" if hint else ""),
        (loc, "integer literal out of range"),
        hint=hint,
        etype="ValueError",
    )


def untyped_empty(display: str, loc: Loc | None) -> SpyError:
    kind = {"[]": "list", "{}": "dict"}.get(display, display.removesuffix("()"))
    example = "x: dict[str, int] = {}" if display == "{}" else f"x: {kind}[int] = {display}"
    return fault(
        "VM025",
        f"the type of this empty {kind} is not known",
        (loc, "nothing says what it holds"),
        hint=f"write its type, as in `{example}`",
    )


def cannot_unpack(op: Operand) -> SpyError:
    return fault("VM021", f"`{op.w_T.display}` does not support unpacking", this_is(op))


def wrong_unpack_count(op: Operand, loc: Loc | None, expected: int, got: int) -> SpyError:
    plural = "" if expected == 1 else "s"
    return fault(
        "VM022",
        "Wrong number of values to unpack",
        (loc, f"expected {expected} value{plural}"),
        (op.loc, f"got {got} value{'' if got == 1 else 's'}"),
    )
