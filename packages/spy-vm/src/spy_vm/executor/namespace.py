"""The globals that all generated functions share.

A function or extern stands under its FQN, so that a call is a plain LOAD_GLOBAL and CALL. What the executor
itself needs has names that start with a dot; other names are Python's builtins.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal, Protocol, final

from spy_vm import memory, translation
from spy_vm.exceptions import Raised
from spy_vm.executor import guard, host_table, traps
from spy_vm.generators import HostGenerator, received
from spy_vm.host import HOST_PRIMS, OverflowWarner
from spy_vm.host.floats import f32_round
from spy_vm.host.integers import WRAP
from spy_vm.memory import Dyn
from spy_vm.translation import MARK

DynamicOperator = Callable[..., Any]


class Cell(Protocol):
    """What holds a global variable."""

    value: Any


@final
class Namespace:
    """Names for what generated code refers to; `variables` are the globals of that code."""

    def __init__(
        self,
        cells: Mapping[str, Cell],
        *,
        overflow: Literal["wrap", "check"],
        warner: OverflowWarner,
        dynamic_op: DynamicOperator,
        stub: Callable[[str], Callable[..., Any]],
    ) -> None:
        self.overflow = overflow
        self._cells = cells
        self._stub = stub
        self._constants = 0
        self.variables: dict[str, Any] = {
            MARK: True,
            ".Raised": Raised,
            **translation.CAUGHT,
            ".catches": guard.catches,
            ".as_raised": translation.as_raised,
            ".quiet": guard.quiet,
            ".Dyn": Dyn,
            ".partial": partial,
            ".alloc": memory.alloc,
            ".load": memory.load,
            ".store": memory.store,
            ".address": memory.address,
            ".bad_load": traps.bad_load,
            ".bad_store": traps.bad_store,
            ".bad_cast": traps.bad_cast,
            ".bad_member": traps.bad_member,
            ".member": traps.member,
            ".bad_downcast": traps.bad_downcast,
            ".generator": HostGenerator,
            ".received": received,
            ".f32": f32_round,
            ".overflow": warner.wrap if overflow == "wrap" else traps.overflow,
            ".overflow_call": warner.call if overflow == "wrap" else traps.checked_call,
            ".dynamic": dynamic_op,
            ".table_find": host_table.find,
            ".table_add": host_table.add,
            ".table_remove": host_table.remove,
            ".table_rebuild": host_table.rebuild,
            **{f".wrap_{t}": wrap for t, wrap in WRAP.items()},
            **{f".ptr_{op}": body for op, body in memory.PTR_OPS.items()},
        }

    def host(self, op: str) -> str:
        """Return the name of the Python function for a primitive."""
        name = f".{op}"
        if name not in self.variables:
            self.variables[name] = HOST_PRIMS[op]
        return name

    def constant(self, value: Any) -> str:
        """Return the name under which `value` is known from now on."""
        self._constants += 1
        name = f".c{self._constants}"
        self.variables[name] = value
        return name

    def named(self, name: str, make: Callable[[], Any]) -> str:
        """Return `name`, under which what `make` returns is known from now on."""
        if name not in self.variables:
            self.variables[name] = make()
        return name

    def cell(self, fqn: str) -> str:
        """Return the name of the cell of a global variable."""
        name = f".{fqn}"
        if name not in self.variables:
            self.variables[name] = self._cells[fqn]
        return name

    def function(self, fqn: str) -> str:
        """Return the name of a function, which may have no code yet."""
        if fqn not in self.variables:
            self.variables[fqn] = self._stub(fqn)
        return fqn
