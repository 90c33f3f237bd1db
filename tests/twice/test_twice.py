"""A program that was kept ready does what it did before: output, exit code, traceback, warnings."""

from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

import pytest

from tests.harness.case import read_cases
from tests.harness.twice import Seen, run_twice

WHOLE = ("errors/", "main/", "overflow/", "imports/")  # of the rest, every eighth program
ALL = read_cases(Path(__file__).parents[1] / "parity")
CASES = {case.name: case for n, case in enumerate(ALL) if case.name.startswith(WHOLE) or n % 8 == 0}


@pytest.fixture(scope="module")
def outcomes(pool: ProcessPoolExecutor) -> dict[str, Future[tuple[Seen, Seen, bool]]]:
    """Start all runs at once; each test waits for its own."""
    return {name: pool.submit(run_twice, case) for name, case in CASES.items()}


@pytest.mark.parametrize("name", CASES)
def test_both_runs_are_the_same(name: str, outcomes: dict[str, Future[tuple[Seen, Seen, bool]]]) -> None:
    first, second, _ = outcomes[name].result()
    assert first == second


def test_most_programs_are_kept(outcomes: dict[str, Future[tuple[Seen, Seen, bool]]]) -> None:
    """Not those that fail or print at import time."""
    not_kept = [name for name, outcome in outcomes.items() if not outcome.result()[2]]
    assert len(not_kept) < len(CASES) / 10, not_kept
