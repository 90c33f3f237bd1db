"""How a builtin module is put together.

Quick to import, hence without `typing`: a saved program needs the bodies alone.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, TypeAlias

    from spy_types.prims.scalars import TypeId

    Does: TypeAlias = tuple[bool, bool, bool]

# What a function does: may raise, may allocate, is pure. See `spy_types.program.program.Effects`.
PURE: Does = (False, False, True)
PURE_RAISES: Does = (True, False, True)
ACTS: Does = (False, False, False)
ACTS_RAISES: Does = (True, False, False)
MAKES: Does = (False, True, False)
MAKES_RAISES: Does = (True, True, False)


class HostBody:
    """A function of a builtin module: its signature, its body and what that does."""

    __slots__ = ("does", "fqn", "params", "python", "result")

    def __init__(
        self, fqn: str, params: tuple[TypeId, ...], result: TypeId, python: Callable[..., Any], does: Does
    ) -> None:
        self.fqn = fqn
        self.params = params
        self.result = result
        self.python = python
        self.does = does


class HostModule:
    """A builtin module: functions by name and constants (type, value)."""

    __slots__ = ("constants", "doc", "functions", "name")

    def __init__(
        self,
        name: str,
        functions: Mapping[str, HostBody],
        constants: Mapping[str, tuple[TypeId, Any]] | None = None,
        doc: str = "",
    ) -> None:
        self.name = name
        self.functions = functions
        self.constants = constants or {}
        self.doc = doc


def functions(
    module: str, *entries: tuple[str, Sequence[TypeId], TypeId, Callable[..., Any], Does]
) -> dict[str, HostBody]:
    """Return the functions of `module` by name, from (name, parameter types, result type, body, effects)."""
    return {
        name: HostBody(f"{module}::{name}", tuple(params), result, body, does)
        for name, params, result, body, does in entries
    }
