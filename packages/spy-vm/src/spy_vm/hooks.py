"""What spy-vm offers to SPy."""

from collections.abc import Sequence

from spy_types.artifacts import BuiltinModule
from spy_types.hookspecs import hookimpl

from spy_vm.modules import HostIO, builtin_modules


@hookimpl
def spy_builtin_modules() -> Sequence[BuiltinModule]:
    """Offer the builtin modules on the streams of `sys`; `builtin_modules` makes them for others."""
    return builtin_modules(HostIO())
