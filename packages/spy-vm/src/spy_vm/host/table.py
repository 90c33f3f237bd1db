"""All primitives by name."""

from collections.abc import Callable
from typing import Any

from spy_vm.host.complexes import complex_prims
from spy_vm.host.exceptions import exception_prims
from spy_vm.host.floats import float_prims
from spy_vm.host.integers import integer_prims
from spy_vm.host.numbers import number_prims
from spy_vm.host.text import text_prims

_MAKERS = (integer_prims, float_prims, number_prims, complex_prims, text_prims, exception_prims)

HOST_PRIMS: dict[str, Callable[..., Any]] = {name: body for make in _MAKERS for name, body in make()}
PRIM_MAKERS: dict[str, tuple[str, str]] = {
    name: (make.__module__, make.__name__) for make in _MAKERS for name, _ in make()
}
"""The module and the function that make a primitive, for who needs few of them."""
