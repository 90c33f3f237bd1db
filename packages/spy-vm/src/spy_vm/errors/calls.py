"""Calls that do not fit."""

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm.errors.fault import fault, this_is
from spy_vm.objects.operand import Operand, W_Type


def not_callable(obj: Operand) -> SpyError:
    return fault("VM009", f"cannot call objects of type `{obj.w_T.display}`", this_is(obj))


def wrong_arg_count(  # noqa: PLR0913, PLR0917  # all of them matter to every caller
    name: str, expected: str, got: int, loc: Loc | None, detail: str, definition: Loc | None
) -> SpyError:
    supplied = "1 argument was supplied" if got == 1 else f"{got} arguments were supplied"
    return fault(
        "VM010",
        f"this function takes {expected} but {supplied}",
        (loc, detail),
        (definition, "function defined here"),
    )


def unexpected_keyword(name: str, loc: Loc | None, definition: Loc | None, close: str | None) -> SpyError:
    return fault(
        "VM011",
        f"this function got an unexpected keyword argument '{name}'",
        (loc, "no parameter has this name"),
        (definition, "function defined here"),
        hint=f"did you mean `{close}`?" if close else None,
    )


def duplicate_argument(name: str, loc: Loc | None, definition: Loc | None) -> SpyError:
    return fault(
        "VM012",
        f"this function got multiple values for argument '{name}'",
        (loc, "given twice"),
        (definition, "function defined here"),
    )


def generic_needs_brackets(loc: Loc | None, definition: Loc | None) -> SpyError:
    return fault(
        "VM020",
        "generic functions must be called via `[...]`",
        (loc, "this is generic"),
        (definition, "function defined here"),
    )


def cannot_instantiate(w_T: W_Type, loc: Loc | None) -> SpyError:
    return fault(
        "VM034",
        f"cannot instantiate `{w_T.display}`",
        (loc, f"`{w_T.display}` does not have a method `__new__`"),
        (w_T.loc, f"{w_T.display} defined here"),
    )
