"""All builtin modules."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from spy_vm.modules.define import HostModule
from spy_vm.modules.host_io import HostIO
from spy_vm.modules.input import input_module
from spy_vm.modules.math import math_module
from spy_vm.modules.posix import posix_module
from spy_vm.modules.spy import spy_module
from spy_vm.modules.sys import sys_module
from spy_vm.modules.time import time_module

if TYPE_CHECKING:
    from spy_types.artifacts import BuiltinModule


def builtin_modules(io: HostIO) -> "list[BuiltinModule]":
    """Return the builtin modules, their bodies bound to `io`."""
    from spy_vm.modules.artifact import builtin_module  # noqa: PLC0415  # slow, and `host_bodies` does without

    return [builtin_module(module) for module in _modules(io)]


def host_bodies(io: HostIO) -> dict[str, Callable[..., Any]]:
    """Return the bodies of all functions by FQN, bound to `io`."""
    return {host.fqn: host.python for module in _modules(io) for host in module.functions.values()}


def _modules(io: HostIO) -> list[HostModule]:
    return [
        math_module(),
        time_module(),
        spy_module(io),
        sys_module(io),
        posix_module(io),
        input_module(io),
    ]
