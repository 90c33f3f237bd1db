"""How a builtin module is put together. Quick to import: a saved program needs the bodies alone."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from spy_types.prims.scalars import TypeId


class Does(NamedTuple):
    """The effects of a function, as `spy_types.program.program.Effects` has them."""

    raises: bool
    allocates: bool
    pure: bool


PURE = Does(raises=False, allocates=False, pure=True)
PURE_RAISES = Does(raises=True, allocates=False, pure=True)
ACTS = Does(raises=False, allocates=False, pure=False)
ACTS_RAISES = Does(raises=True, allocates=False, pure=False)
MAKES = Does(raises=False, allocates=True, pure=False)
MAKES_RAISES = Does(raises=True, allocates=True, pure=False)


class HostBody(NamedTuple):
    """A function of a builtin module: its signature, its body and what that does."""

    fqn: str
    params: tuple[TypeId, ...]
    result: TypeId
    python: Callable[..., Any]
    does: Does


class HostModule(NamedTuple):
    """A builtin module: functions by name and constants (type, value)."""

    name: str
    functions: Mapping[str, HostBody]
    constants: Mapping[str, tuple[TypeId, Any]] = {}
    doc: str = ""


def functions(
    module: str, *entries: tuple[str, Sequence[TypeId], TypeId, Callable[..., Any], Does]
) -> dict[str, HostBody]:
    """Return the functions of `module` by name, from (name, parameter types, result type, body, effects)."""
    return {
        name: HostBody(f"{module}::{name}", tuple(params), result, body, does)
        for name, params, result, body, does in entries
    }
