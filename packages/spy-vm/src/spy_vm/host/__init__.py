"""The primitive operations of `spy_types.prims`, as Python functions on unboxed values."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spy_vm.host.overflow import CHECKED_PRIMS, OverflowWarner
    from spy_vm.host.table import HOST_PRIMS

__all__ = ["CHECKED_PRIMS", "HOST_PRIMS", "OverflowWarner"]


def __getattr__(name: str) -> object:
    """Import on first use what running a saved program may not need."""
    if name == "HOST_PRIMS":
        from spy_vm.host import table  # noqa: PLC0415  # slow

        return table.HOST_PRIMS
    if name in __all__:
        from spy_vm.host import overflow  # noqa: PLC0415  # as above

        return getattr(overflow, name)
    raise AttributeError(f"module 'spy_vm.host' has no attribute '{name}'")
