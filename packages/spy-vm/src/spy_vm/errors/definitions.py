"""Functions that are not complete, and `main`."""

from collections.abc import Iterable

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm.errors.fault import fault


def missing_annotation(what: str, loc: Loc | None, hint: str) -> SpyError:
    return fault("VM016", what, (loc, "type is missing here"), hint=hint)


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
