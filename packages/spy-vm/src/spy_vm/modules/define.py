"""How a builtin module is put together."""

from collections.abc import Callable, Sequence
from typing import Any

from spy_types.artifacts import HostFunction
from spy_types.program.program import Effects
from spy_types.program.types import TypeId

PURE = Effects(raises=False, allocates=False, pure=True)
PURE_RAISES = Effects(raises=True, allocates=False, pure=True)
ACTS = Effects(raises=False, allocates=False, pure=False)
ACTS_RAISES = Effects(raises=True, allocates=False, pure=False)
MAKES = Effects(raises=False, allocates=True, pure=False)
MAKES_RAISES = Effects(raises=True, allocates=True, pure=False)


def functions(
    module: str, *entries: tuple[str, Sequence[TypeId], TypeId, Callable[..., Any], Effects]
) -> dict[str, HostFunction]:
    """Return the functions of `module` by name, from (name, parameter types, result type, body, effects)."""
    return {
        name: HostFunction(f"{module}::{name}", tuple(params), result, body, effects)
        for name, params, result, body, effects in entries
    }
