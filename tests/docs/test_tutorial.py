"""Every program of docs/tutorial-blue.md gives the output, the errors and the residue that stand below it."""

import re
from pathlib import Path

import pytest

from tests.harness.case import Case
from tests.harness.engines import run, spy
from tests.harness.outcome import Outcome

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial-blue.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def read_snippets(text: str) -> list[dict[str, str]]:
    """Return the programs, each with what is said of it: kind of block to text."""
    snippets: list[dict[str, str]] = []
    for kind, body in BLOCK.findall(text):
        if kind == "spy":
            snippets.append({})
        assert kind not in snippets[-1], f"two blocks `{kind}` for one program"
        snippets[-1][kind] = body
    return snippets


SNIPPETS = read_snippets(TUTORIAL.read_text())
NUMBERED = [pytest.param(snippet, id=f"program{i}") for i, snippet in enumerate(SNIPPETS, 1)]


def with_block(kind: str) -> list[object]:
    return [param for param in NUMBERED if kind in param.values[0]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        engines = [e for e in metafunc.config.getoption("--engines").split(",") if e != "python"]
        metafunc.parametrize("engine", engines)


@pytest.fixture
def program(snippet: dict[str, str], tmp_path: Path) -> Path:
    path = tmp_path / "snippet.spy"
    path.write_text(snippet["spy"])
    return path


@pytest.mark.parametrize("snippet", with_block("output"))
def test_output(snippet: dict[str, str], program: Path, engine: str) -> None:
    case = Case("snippet", program, False, (), (), Outcome(snippet["output"], 0, None))
    actual = run(engine, case)
    assert not case.expected.differences(actual), actual.stderr


@pytest.mark.parametrize("snippet", with_block("errors"))
def test_errors(snippet: dict[str, str], program: Path) -> None:
    code, out, err = spy(["check", str(program)])
    assert code == 1
    assert snippet["errors"] in (out + err).replace("snippet::", "")


@pytest.mark.parametrize("snippet", with_block("residue"))
def test_residue(snippet: dict[str, str], program: Path) -> None:
    code, out, _ = spy(["redshift", str(program)])
    assert code == 0
    assert snippet["residue"] in out.replace("`snippet::", "`").replace("`", "")


@pytest.mark.parametrize("snippet", NUMBERED)
def test_every_program_is_tested(snippet: dict[str, str]) -> None:
    assert ("output" in snippet) != ("errors" in snippet)
