"""`spy check` finds every error of a wrong program, at its place, and none in its right neighbour."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.harness.engines import spy

from .marks import WrongProgram, read_wrong_programs

PROGRAMS = read_wrong_programs(Path(__file__).parent)
each_program = pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)


@each_program
def test_check_finds_every_error(program: WrongProgram) -> None:
    code, diagnostics = check(program.path)
    missing = [mark for mark in program.errors if not any(map(mark.accepts, diagnostics))]
    extra = [d for d in diagnostics if not any(mark.accepts(d) for mark in program.errors)]
    assert (missing, extra) == ([], []), report(program, missing, extra)
    assert len(diagnostics) == len(program.errors), report(program, [], diagnostics)
    assert code == 1


@each_program
def test_check_shows_the_other_places(program: WrongProgram) -> None:
    _, diagnostics = check(program.path)
    shown = {(Path(label["file"]).name, label["line"]) for d in diagnostics for label in d["labels"][1:]}
    assert set(program.notes) <= shown


@each_program
def test_error_matters_to_interp_only_where_it_runs(program: WrongProgram) -> None:
    code, out, err = spy(["run", "--engine", "interp", str(program.path)])
    assert (code, out) == ((0, "fine\n") if program.runs_in_interp else (1, "")), err


@each_program
def test_neighbour_is_right(program: WrongProgram) -> None:
    assert check(program.neighbour) == (0, [])
    assert spy(["run", "--engine", "interp", str(program.neighbour)]) == (0, "fine\n", "")


def check(path: Path) -> tuple[int, list[Any]]:
    """Return the exit code and the diagnostics of `spy check`."""
    code, out, err = spy(["check", "--format", "json", str(path)])
    assert code in (0, 1), err
    diagnostics: list[Any] = json.loads(out)["diagnostics"]
    return code, diagnostics


def report(program: WrongProgram, missing: list[Any], extra: list[Any]) -> str:
    """Return both lists, a line each."""
    lines = [f"{program.path}", *(f"not found: {mark}" for mark in missing)]
    for d in extra:
        lines.append(f"unexpected: {d.get('file')}:{d.get('line')}: {d['type']}: {d['title']}")
    return "\n".join(lines)
