"""Programs nested deeper than the stages can follow: a diagnostic where Python has RecursionError."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from spy_cli import errors

FRAMES = 10_000


@contextmanager
def nesting_limit(main: Path) -> Iterator[None]:
    """Let the stages recurse by FRAMES more than their caller; beyond that the program is at fault."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(before + FRAMES)
    try:
        yield
    except RecursionError:
        raise errors.too_deep(str(main)) from None
    finally:
        sys.setrecursionlimit(before)
