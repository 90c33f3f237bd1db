"""Finds the places of the executor's names, for programs that are saved: see `runtime_places`."""

import sys
from typing import Any

from spy_vm.executor.runtime_places import OVERFLOW, Place
from spy_vm.host.integers import WRAP
from spy_vm.host.overflow import OverflowWarner
from spy_vm.host.table import PRIM_MAKERS
from spy_vm.memory import PTR_OPS
from spy_vm.translation import CAUGHT

TABLES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("spy_vm.host.integers", "WRAP", WRAP),
    ("spy_vm.memory", "PTR_OPS", PTR_OPS),
    ("spy_vm.translation", "CAUGHT", CAUGHT),
)


def place_of(name: str, value: Any) -> Place | None:
    """Return the place of the executor's `value` called `name`, None if it is nowhere to be found."""
    if isinstance(getattr(value, "__self__", None), OverflowWarner):
        return OVERFLOW, value.__name__, None
    found = _own_place(value) or _place_in_table(value)
    if found is None and name[1:] in PRIM_MAKERS:
        module, maker = PRIM_MAKERS[name[1:]]
        found = (module, maker, name[1:])
    return found


def _own_place(value: Any) -> Place | None:
    module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", "")
    if module is None or getattr(sys.modules.get(module), name, None) is not value:
        return None
    return str(module), name, None


def _place_in_table(value: Any) -> Place | None:
    for module, attribute, table in TABLES:
        for key, known in table.items():
            if known is value:
                return module, attribute, key
    return None
