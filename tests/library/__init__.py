"""The library against CPython: the same calls, the same results."""
