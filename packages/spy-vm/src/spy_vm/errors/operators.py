"""Operators that the operands do not have."""

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm.errors.fault import fault, this_is
from spy_vm.objects.operand import Operand


def cannot_do(
    symbol: str, left: Operand, right: Operand, loc: Loc | None, hint: str | None = None
) -> SpyError:
    return fault(
        "VM002",
        f"cannot do `{left.w_T.display}` {symbol} `{right.w_T.display}`",
        this_is(left),
        this_is(right),
        hint=hint,
    )


def cannot_do_unary(symbol: str, operand: Operand) -> SpyError:
    return fault("VM003", f"cannot do {symbol}`{operand.w_T.display}`", this_is(operand))


def cannot_identify(op: str, left: Operand, right: Operand) -> SpyError:
    return fault(
        "VM033",
        f"cannot do `{left.w_T.display}` {op} `{right.w_T.display}`",
        this_is(left),
        this_is(right),
        hint="cannot use `is` between value types as they don't have an identity",
    )


def cannot_subscript(obj: Operand, what: str) -> SpyError:
    return fault("VM008", f"cannot do `{obj.w_T.display}`{what}", this_is(obj))


def not_truthy(op: Operand) -> SpyError:
    return fault("VM001", "mismatched types", (op.loc, f"expected `bool`, got `{op.w_T.display}`"))


def not_iterable(op: Operand) -> SpyError:
    return fault(
        "VM027",
        f"`{op.w_T.display}` is not iterable",
        this_is(op),
        (op.declared, "its type comes from here"),
    )


def no_common_type(first: Operand, other: Operand, what: str) -> SpyError:
    return fault(
        "VM026",
        f"the {what} have no common type",
        (other.loc, f"this is `{other.w_T.display}`"),
        (first.loc, f"this is `{first.w_T.display}`"),
    )
