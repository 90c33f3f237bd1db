"""Options and the worker pool of the whole-system tests."""

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.harness.engines import RUNNERS

# The engines of a usual run; the others of RUNNERS are asked for by name.
USUAL = tuple(engine for engine in RUNNERS if engine != "collect")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engines", default=",".join(USUAL), help="engines for tests/parity, comma-separated")
    parser.addoption("--workers", default=2, type=int, help="processes that run the programs of tests/parity")


@pytest.fixture(scope="session")
def pool(request: pytest.FixtureRequest) -> Iterator[ProcessPoolExecutor]:
    """The processes in which programs run; they import `tests.harness` from the repository's root."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    workers = request.config.getoption("--workers")
    with ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) as executor:
        yield executor
        executor.shutdown(cancel_futures=True)
