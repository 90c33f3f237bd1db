"""How deep an IR may nest, and room on Python's stack for those who walk it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

MAX_NESTING = 400
_FRAMES_PER_LEVEL = 8
_FRAMES_OF_CALLERS = 1000
_WANTED = MAX_NESTING * _FRAMES_PER_LEVEL + _FRAMES_OF_CALLERS


@contextmanager
def room_to_nest() -> Iterator[None]:
    """Let a recursive walk over an IR of legal depth run, whatever Python's recursion limit is.

    The limit belongs to the process: it goes up with the first walk and back down after the last.
    """
    _walks.enter()
    try:
        yield
    finally:
        _walks.leave()


class _Walks:
    """Counts the walks that run, in all threads."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.running = 0
        self.limit_before = 0
        self.limit_set = 0

    def enter(self) -> None:
        with self.lock:
            self.running += 1
            if self.running == 1:
                self.limit_before = sys.getrecursionlimit()
                self.limit_set = max(_WANTED, self.limit_before)
                sys.setrecursionlimit(self.limit_set)

    def leave(self) -> None:
        with self.lock:
            self.running -= 1
            if self.running == 0 and sys.getrecursionlimit() == self.limit_set:
                sys.setrecursionlimit(self.limit_before)


_walks = _Walks()
