"""Functions that are not complete, and `main`."""

from collections.abc import Iterable

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm.errors.fault import fault
from spy_vm.objects.operand import Operand, W_Type


def missing_annotation(what: str, loc: Loc | None, hint: str) -> SpyError:
    return fault("VM016", what, (loc, "type is missing here"), hint=hint)


def blue_generator(loc: Loc | None) -> SpyError:
    return fault(
        "VM096",
        "a generator cannot be blue",
        (loc, "`yield` is in the body of this @blue function"),
        hint="return a list, or leave the colour away",
    )


def no_generator_type(w_T: W_Type, loc: Loc | None) -> SpyError:
    return fault(
        "VM097",
        f"a generator function cannot return `{w_T.display}`",
        (loc, "`yield` is in the body of this function"),
        hint="write `Iterator[T]` or `Generator[T, S, R]`",
    )


def no_generator(op: Operand) -> SpyError:
    return fault("VM098", f"`{op.w_T.display}` is not a generator", (op.loc, f"this is `{op.w_T.display}`"))


def no_return(loc: Loc | None) -> SpyError:
    return fault("VM030", "reached the end of the function without a `return`", (loc, "no return"))


def wrong_main(labels: Iterable[tuple[Loc | None, str]]) -> SpyError:
    return fault("VM036", "`main` has the wrong signature", *labels)


def no_main(path: str, loc: Loc | None) -> SpyError:
    return fault(
        "VM037",
        f"{path} has no function `main`",
        (loc, "this module"),
        hint="a program starts in `def main() -> None:`",
        etype="ImportError",
    )
