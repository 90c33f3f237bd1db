"""Room for recursion that does not depend on how deep the caller already is."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

FRAMES: Final = 12_000
"""Python frames that a pass may use: 200 brackets in 100 blocks take less. They cost heap, not C stack."""

_lock: Final = threading.Lock()
_users: Final[list[int]] = []
"""The limit of the program, once per pass that runs now: Python has one limit for all threads."""


@contextmanager
def deep_recursion() -> Iterator[None]:
    """Let the code inside recurse by FRAMES more than Python's limit; the last to leave restores it."""
    with _lock:
        limit = _users[0] if _users else sys.getrecursionlimit()
        _users.append(limit)
        sys.setrecursionlimit(limit + FRAMES)
    try:
        yield
    finally:
        with _lock:
            _users.pop()
            if not _users:
                sys.setrecursionlimit(limit)
