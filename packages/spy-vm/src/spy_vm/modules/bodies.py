"""The body of one function of a builtin module, importing that module alone."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from spy_vm.modules.define import HostModule
    from spy_vm.modules.host_io import HostIO

# The function that makes each builtin module; whether it is bound to the outside world.
MAKERS: dict[str, tuple[str, bool]] = {
    "math": ("spy_vm.modules.math:math_module", False),
    "time": ("spy_vm.modules.time:time_module", False),
    "__spy__": ("spy_vm.modules.spy:spy_module", True),
    "sys": ("spy_vm.modules.sys:sys_module", True),
    "posix": ("spy_vm.modules.posix:posix_module", True),
    "input": ("spy_vm.modules.input:input_module", True),
}


def host_module(name: str, io: HostIO) -> HostModule:
    """Return the builtin module `name`, its bodies bound to `io`."""
    target, bound = MAKERS[name]
    path, _, attribute = target.partition(":")
    make: Callable[..., HostModule] = getattr(__import__(path, fromlist=[attribute]), attribute)
    return make(io) if bound else make()


def host_body(fqn: str, io: HostIO) -> Callable[..., Any]:
    """Return the body of a function of a builtin module."""
    module, _, name = fqn.partition("::")
    return host_module(module, io).functions[name].python
