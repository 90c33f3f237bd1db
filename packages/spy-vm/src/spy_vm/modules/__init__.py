"""Builtin modules: what the C library and the operating system do for SPy, with Python bodies."""

from spy_vm.modules.host_io import HostIO
from spy_vm.modules.table import builtin_modules, host_bodies

__all__ = ["HostIO", "builtin_modules", "host_bodies"]
