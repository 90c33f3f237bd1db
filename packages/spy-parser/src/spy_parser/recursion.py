"""Room for recursion that does not depend on how deep the caller already is."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

FRAMES: Final = 12_000
"""Python frames that a pass may use: 200 brackets in 100 blocks take less. They cost heap, not C stack."""


@contextmanager
def deep_recursion() -> Iterator[None]:
    """Let the code inside recurse by FRAMES more than Python's limit, for this call."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(before + FRAMES)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
