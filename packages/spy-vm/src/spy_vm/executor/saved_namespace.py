"""The names of the executor for saved programs that use more of them than most."""

from collections.abc import Iterable
from typing import Any

from spy_vm.exceptions import Raised
from spy_vm.executor.namespace import Namespace
from spy_vm.host import HOST_PRIMS, OverflowWarner


def empty_namespace(overflow: str) -> Namespace:
    """Return a namespace without functions, constants and variables."""
    return Namespace(
        {},
        overflow="check" if overflow == "check" else "wrap",
        warner=OverflowWarner(),
        dynamic_op=_no_dynamic,
        stub=_no_stub,
    )


def runtime_values(names: Iterable[str], overflow: str) -> dict[str, Any]:
    """Return what `names` mean: the executor's own, and primitives."""
    own = empty_namespace(overflow).variables
    return {name: own[name] if name in own else HOST_PRIMS[name[1:]] for name in names}


def _no_dynamic(op: str, t: str, *operands: Any) -> Any:
    raise Raised("WIP", f"`{op}` on dynamic values")


def _no_stub(fqn: str) -> Any:
    raise KeyError(fqn)
