"""The runs of programs on engines, in worker processes."""

import os
from collections.abc import Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from typing import final

from tests.harness.case import Case
from tests.harness.engines import RUNNERS, run
from tests.harness.outcome import Outcome


@final
class Runs:
    """Starts all `jobs` at once, so that the workers are never idle; a test waits for its own.

    They start engine by engine: native builds take the redshifted
    program from the cache if a run has left it there.

    Under pytest-xdist every worker sees all tests but runs some: there a run starts when it is asked for.
    """

    def __init__(self, pool: ProcessPoolExecutor, jobs: Iterable[tuple[str, Case]]) -> None:
        self.pool = pool
        self.futures: dict[tuple[str, str], Future[Outcome]] = {}
        if "PYTEST_XDIST_WORKER" not in os.environ:
            for engine, case in sorted(jobs, key=lambda job: tuple(RUNNERS).index(job[0])):
                self.start(engine, case)

    def start(self, engine: str, case: Case) -> Future[Outcome]:
        """Start the run, unless it was started before."""
        key = (engine, case.name)
        if key not in self.futures:
            self.futures[key] = self.pool.submit(run, engine, case)
        return self.futures[key]

    def outcome(self, engine: str, case: Case) -> Outcome:
        """Wait for the run and return what the program did."""
        return self.start(engine, case).result()
