"""The programs under examples/ give on every engine the output that stands beside them."""

import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from tests.harness.case import Case, read_case
from tests.harness.engines import spy
from tests.harness.runs import Runs

EXAMPLES = Path(__file__).parents[2] / "examples"
PROGRAMS = [
    read_case(out.relative_to(EXAMPLES).with_suffix("").as_posix(), out.with_suffix(".spy"))
    for out in sorted(EXAMPLES.rglob("*.out"))
    if "plugins" not in out.parts
]
LIBRARIES = {"cffi/stats.spy"}
MODULES_OF_OTHERS = {
    p
    for name in ("multifile", "query", "router")
    for p in (EXAMPLES / name).rglob("*.spy")
    if p.name != "main.spy"
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        engines = [e for e in metafunc.config.getoption("--engines").split(",") if e != "python"]
        metafunc.parametrize("case", PROGRAMS, ids=lambda case: case.name)
        metafunc.parametrize("engine", engines)


@pytest.fixture(scope="session")
def runs(request: pytest.FixtureRequest, pool: ProcessPoolExecutor) -> Runs:
    """Every run that was selected."""
    selected = [item.callspec.params for item in request.session.items if item.originalname == "test_example"]
    return Runs(pool, [(params["engine"], params["case"]) for params in selected])


def test_example(case: Case, engine: str, runs: Runs) -> None:
    actual = runs.outcome(engine, case)
    differences = case.expected.differences(actual)
    assert not differences, "\n".join([f"{case.path} on {engine}:", *differences, actual.stderr])


def test_every_program_has_an_output() -> None:
    programs = {p for p in EXAMPLES.rglob("*.spy") if "plugins" not in p.parts} - MODULES_OF_OTHERS
    known = {case.path for case in PROGRAMS} | {EXAMPLES / name for name in LIBRARIES}
    assert programs == known


def test_ray_tracers_in_c_and_python_make_the_same_image(tmp_path: Path) -> None:
    folder = EXAMPLES / "raytracer"
    binary = tmp_path / "raytracer"
    subprocess.run(["cc", "-O2", "-o", binary, folder / "raytracer.c", "-lm"], check=True)
    from_c = subprocess.run([binary, "16", "12"], capture_output=True, text=True, check=True).stdout
    python = [sys.executable, folder / "raytracer.py", "16", "12"]
    from_python = subprocess.run(python, capture_output=True, text=True, check=True).stdout
    assert from_c == from_python == (folder / "raytracer.out").read_text()


def test_library_is_called_from_python(tmp_path: Path) -> None:
    code, _, err = spy(
        ["build", "--kind", "cffi", "-o", str(tmp_path / "stats.py"), str(EXAMPLES / "cffi/stats.spy")]
    )
    assert code == 0, err
    calls = "import stats; print(stats.mean3(1, 2, 4.5), stats.gcd(48, 36), stats.count_primes(1000))"
    called = subprocess.run(
        [sys.executable, "-c", calls], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert called.stdout == "2.5 12 168\n", called.stderr
