"""Functions as values: what a function pointer of a type points to.

Whether calls through a type may raise depends on all functions that are used as values of it. One that
does not raise itself gets an adapter there:

    static bool spy_m$f$$v(int32_t a0, int32_t *result) { *result = spy_m$f(a0); return false; }
"""

from collections.abc import Iterator
from typing import final

from spy_types.program.types import TypeId

from spy_cbackend.ctypes import CTypes
from spy_cbackend.facts import Facts
from spy_cbackend.value import RAISES


@final
class FunctionValues:
    """The functions that one program uses as values; `names` maps FQNs to C names."""

    def __init__(self, types: CTypes, facts: Facts, names: dict[str, str]) -> None:
        self.types = types
        self.facts = facts
        self.names = names

    def refer(self, fqn: str, t: TypeId) -> str:
        """Return C code for the function pointer of type `t` to `fqn`."""
        return self._adapter(fqn) if self._needs_adapter(fqn, t) else self.names[fqn]

    def raises(self, t: TypeId) -> bool:
        """Say whether functions of type `t` have the shape of those that may raise."""
        return bool(self.facts.type_flags.get(t, 0) & RAISES)

    def _adapter(self, fqn: str) -> str:
        return f"{self.names[fqn]}$$v"

    def _needs_adapter(self, fqn: str, t: TypeId) -> bool:
        return self.raises(t) and not self.facts.raises(fqn)

    def adapters(self) -> Iterator[str]:
        """Yield the adapters."""
        seen: set[str] = set()
        for t, functions in self.facts.values.items():
            for fqn in sorted(functions):
                if fqn not in seen and self._needs_adapter(fqn, t):
                    seen.add(fqn)
                    yield from self._definition(fqn, t)

    def _definition(self, fqn: str, t: TypeId) -> Iterator[str]:
        definition = self.types.function(t)
        params = [self.types.declare(param, f"a{i}") for i, param in enumerate(definition.params)]
        call = f"{self.names[fqn]}({', '.join(f'a{i}' for i in range(len(params)))})"
        yield f"static {self.types.signature(self._adapter(fqn), params, definition.result, True)} {{"
        yield f"{call};" if definition.result == "None" else f"*result = {call};"
        yield "return false;"
        yield "}"
