"""Room on Python's stack for the walk over programs.

SPy's own limits on depth are reached before Python's.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

MAX_DEPTH = 1000  # calls deep, as CPython's default
MAX_BLUE_DEPTH = 400
FRAMES = 100_000  # Python frames: about forty a call of the evaluator


@contextmanager
def deep() -> Iterator[None]:
    """Let what runs inside recurse as deep as SPy allows."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
