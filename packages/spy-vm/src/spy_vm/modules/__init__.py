"""Builtin modules: what the C library and the operating system do for SPy, with Python bodies."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spy_vm.modules.host_io import HostIO
    from spy_vm.modules.table import builtin_modules, host_bodies

__all__ = ["HostIO", "builtin_modules", "host_bodies"]


def __getattr__(name: str) -> object:
    """Import on first use what running a saved program does not need."""
    if name == "HostIO":
        from spy_vm.modules.host_io import HostIO  # noqa: PLC0415  # quick, but `table` is not

        return HostIO
    if name in __all__:
        from spy_vm.modules import table  # noqa: PLC0415  # slow

        return getattr(table, name)
    raise AttributeError(f"module 'spy_vm.modules' has no attribute '{name}'")
