"""Calls that do not fit."""

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm.errors.fault import fault, this_is
from spy_vm.objects.functions import W_Func
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


def unclear_spread(op: Operand, w_func: W_Func, loc: Loc | None) -> SpyError:
    return fault(
        "VM140",
        "it is not clear which parameters these arguments are for",
        (op.loc or loc, "only run time knows how many items these are"),
        (w_func.loc, "function defined here"),
        hint="where parameters have defaults, or arguments follow, the number of items must be known: "
        "pass them one by one",
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


def positional_only(name: str, loc: Loc | None, definition: Loc | None) -> SpyError:
    return fault(
        "VM123",
        f"this function takes the argument '{name}' by position only",
        (loc, "given by name"),
        (definition, "function defined here"),
        hint=f"write the value alone, without `{name}=`",
    )


def missing_keywords(names: list[str], loc: Loc | None, definition: Loc | None) -> SpyError:
    shown = ", ".join(f"`{name}`" for name in names)
    return fault(
        "VM124",
        f"this function needs the keyword argument{'s' if len(names) > 1 else ''} {shown}",
        (loc, f"{len(names)} argument{'s' if len(names) > 1 else ''} missing: {shown}"),
        (definition, "function defined here"),
        hint=f"these are given by name: `{names[0]}=...`",
    )


def no_keyword(name: str, names: list[str], loc: Loc | None, close: str | None) -> SpyError:
    given = ", ".join(f"`{n}`" for n in names) or "none"
    return fault(
        "VM120",
        f"this call gives no keyword argument '{name}'",
        (loc, f"the keyword arguments of this call are: {given}"),
        hint=f"did you mean `{close}`?" if close else f'ask first: `if "{name}" in ...:`',
        etype="KeyError",
    )


def fixed_keywords(loc: Loc | None) -> SpyError:
    return fault(
        "VM121",
        "`**kwargs` cannot change: its names are known before run time",
        (loc, "changed here"),
        hint="give keyword arguments of their own a parameter, or copy the others into a dict",
    )


def not_keywords(op: Operand, loc: Loc | None) -> SpyError:
    return fault(
        "VM122",
        f"`**` before a `{op.w_T.display}`: its keys are not known before run time",
        (loc, f"this is `{op.w_T.display}`"),
        hint="pass on a `**kwargs`, or write a dict display with constant keys here",
    )


def untyped_function(name: str, loc: Loc | None) -> SpyError:
    return fault(
        "VM093",
        f"nothing tells the types of the parameters of `{name}` here",
        (loc, "this becomes a value of run time"),
        hint="annotate what holds it, as in `f: Callable[[int], int] = ...` or `list[Callable[[int], int]]`",
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
