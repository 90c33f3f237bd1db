"""Modules that cannot be imported."""

from collections.abc import Iterable

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm.errors.fault import fault


def import_error(title: str, loc: Loc | None, text: str, hint: str | None = None) -> SpyError:
    return fault("VM032", title, (loc, text), hint=hint, etype="ImportError")


def circular_import(
    cycle: str, here: tuple[Loc | None, str], others: Iterable[tuple[Loc | None, str]]
) -> SpyError:
    return fault(
        "VM032",
        f"circular import: {cycle}",
        here,
        *others,
        hint="move what both need into a third module",
        etype="ImportError",
    )


def missing_stdlib(name: str, loc: Loc | None) -> SpyError:
    return fault(
        "VM039",
        f"`{name}` comes from the library, and no installed library has it",
        (loc, "needed here"),
        hint="install spy-stdlib",
        etype="ImportError",
    )
