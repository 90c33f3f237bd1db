"""C compilers, as `spy doctor` tells of them."""

import os
import shutil


def find_toolchains() -> list[tuple[bool, str]]:
    """Return a line for the C compiler that `spy build` would use."""
    for name in (os.environ.get("CC"), "cc", "gcc", "clang"):
        path = shutil.which(name.split()[0]) if name else None
        if path:
            return [(True, f"C compiler: {path}")]
    return [(False, "no C compiler: set CC, or install gcc or clang, or `pip install spy-cbackend[zig]`")]
