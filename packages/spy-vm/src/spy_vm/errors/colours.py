"""Red where only blue will do; blue code that fails."""

from collections.abc import Sequence

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm.errors.fault import fault, this_is
from spy_vm.objects.operand import Operand


def red_arguments(callee_loc: Loc | None, red: Sequence[Operand], definition: Loc | None) -> SpyError:
    return fault(
        "VM018",
        "cannot call blue function with red arguments",
        (callee_loc, "this is blue"),
        *((op.loc, "this is red") for op in red),
        (definition, "function defined here"),
        hint="a blue function runs before the program does: its arguments must be known by then",
    )


def expected_blue(what: str, op: Operand) -> SpyError:
    return fault("VM019", what, (op.loc, "this is red"))


def bad_metafunc_result(got: str, loc: Loc | None, definition: Loc | None) -> SpyError:
    return fault(
        "VM029",
        f"wrong metafunc return type: expected `operator::OpSpec`, got `{got}`",
        (loc, "this is a metafunc"),
        (definition, "metafunc defined here"),
    )


def bad_decorator(op: Operand) -> SpyError:
    return fault("VM038", "decorators must be @blue", this_is(op))


def static_error(etype: str, message: str, loc: Loc | None) -> SpyError:
    """A StaticError that blue code raised on purpose."""
    return fault("VM035", message, (loc, "raised here"), etype=etype)


def blue_fuel(loc: Loc | None, limit: int) -> SpyError:
    return fault(
        "VM040",
        f"blue code ran for {limit} steps without finishing",
        (loc, "still running here"),
        hint="raise the limit with --blue-fuel N, or look for an endless loop",
    )
