"""Run a case two times: the second run finds what the first has kept. May run in a worker process."""

import functools
import os
import tempfile
from pathlib import Path

from .case import Case
from .engines import spy

Seen = tuple[int, str, str]


def run_twice(case: Case) -> tuple[Seen, Seen, bool]:
    """Return exit code, stdout and stderr of both runs, and whether the first left something for the second.

    Options of the case do not count: nothing is kept of runs with options.
    """
    saved = os.environ.get("SPY_CACHE_DIR")
    os.environ["SPY_CACHE_DIR"] = _cache()
    try:
        before = _entries()
        first = spy([str(case.path), *case.args])
        kept = _entries() - before
        return first, spy([str(case.path), *case.args]), bool(kept)
    finally:
        del os.environ["SPY_CACHE_DIR"]
        if saved is not None:
            os.environ["SPY_CACHE_DIR"] = saved


@functools.cache
def _cache() -> str:
    """Return a cache of this process alone, in which the library is parsed once."""
    return tempfile.mkdtemp(prefix="spy-twice-")


def _entries() -> set[Path]:
    return {path for path in Path(_cache(), "run").glob("*") if not path.suffix}
