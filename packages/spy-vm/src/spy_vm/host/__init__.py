"""The primitive operations of `spy_types.prims`, as Python functions on unboxed values."""

from spy_vm.host.overflow import CHECKED_PRIMS, OverflowWarner
from spy_vm.host.table import HOST_PRIMS

__all__ = ["CHECKED_PRIMS", "HOST_PRIMS", "OverflowWarner"]
