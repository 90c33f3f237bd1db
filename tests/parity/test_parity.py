"""Every program gives the same output, exit code, exception and place on every engine."""

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from tests.harness.case import Case, read_cases, write_expected
from tests.harness.runs import Runs

CASES = {case.name: case for case in read_cases(Path(__file__).parent)}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    engines = metafunc.config.getoption("--engines").split(",")
    jobs = [(e, c) for c in CASES.values() for e in engines if e != "python" or c.python]
    metafunc.parametrize(("engine", "case"), [parameters(engine, case) for engine, case in jobs])


def parameters(engine: str, case: Case) -> object:
    """Return the parameters of a test; what an engine cannot do yet must fail, until it can."""
    late = [pytest.mark.xfail(strict=True, reason=case.not_yet)] if engine in case.not_yet.split() else []
    return pytest.param(engine, case, id=f"{case.name}-{engine}", marks=late)


@pytest.fixture(scope="session")
def runs(request: pytest.FixtureRequest, pool: ProcessPoolExecutor) -> Runs:
    """Every run that was selected."""
    selected = [item.callspec.params for item in request.session.items if item.originalname == "test_program"]
    return Runs(pool, [(params["engine"], params["case"]) for params in selected])


def test_program(engine: str, case: Case, runs: Runs, request: pytest.FixtureRequest) -> None:
    actual = runs.outcome(engine, case)
    if engine == "python" and request.config.getoption("--update-golden"):
        write_expected(case.path, actual.stdout)
        return
    differences = case.expected.differences(actual)
    assert not differences, "\n".join([f"{case.path} on {engine}:", *differences, actual.stderr])
