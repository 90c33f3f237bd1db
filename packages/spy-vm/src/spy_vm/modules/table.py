"""All builtin modules."""

from spy_types.artifacts import BuiltinModule

from spy_vm.modules.host_io import HostIO
from spy_vm.modules.input import input_module
from spy_vm.modules.math import math_module
from spy_vm.modules.posix import posix_module
from spy_vm.modules.spy import spy_module
from spy_vm.modules.sys import sys_module
from spy_vm.modules.time import time_module


def builtin_modules(io: HostIO) -> list[BuiltinModule]:
    """Return the builtin modules, their bodies bound to `io`."""
    return [
        math_module(),
        time_module(),
        spy_module(io),
        sys_module(io),
        posix_module(io),
        input_module(io),
    ]
