"""The primitive operations of `spy_types.prims`, as Python functions on unboxed values."""
