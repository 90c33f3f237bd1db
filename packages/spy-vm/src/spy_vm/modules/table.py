"""All builtin modules."""

from __future__ import annotations

from spy_vm.modules.bodies import MAKERS, host_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from spy_types.artifacts import BuiltinModule

    from spy_vm.modules.host_io import HostIO


def builtin_modules(io: HostIO) -> list[BuiltinModule]:
    """Return the builtin modules, their bodies bound to `io`."""
    from spy_vm.modules.artifact import builtin_module  # noqa: PLC0415  # slow, and `host_bodies` does without

    return [builtin_module(host_module(name, io)) for name in MAKERS]


def host_bodies(io: HostIO) -> dict[str, Callable[..., Any]]:
    """Return the bodies of all functions by FQN, bound to `io`."""
    modules = [host_module(name, io) for name in MAKERS]
    return {host.fqn: host.python for module in modules for host in module.functions.values()}
