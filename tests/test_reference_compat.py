"""docs/reference-compat.md names tests that exist, and a known verdict in every row."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
VERDICTS = ("same", "better: ", "refused: ", "not yet")


class Row(NamedTuple):
    """A row of one of the tables."""

    feature: str
    verdict: str
    tests: list[str]


def read_rows() -> list[Row]:
    """Return the rows of all tables."""
    lines = (ROOT / "docs/reference-compat.md").read_text().splitlines()
    rows = []
    for line in lines:
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("|") and len(cells) == 3 and cells[0] != "feature":
            rows.append(Row(cells[0].removeprefix("| "), cells[1], re.findall(r"`([^`]+)`", cells[2])))
    return rows


ROWS = read_rows()


def exists(test: str) -> bool:
    """Whether a test is there: a file, a program, or a folder with a program."""
    path = ROOT / test if test.startswith("packages/") else ROOT / "tests" / test
    return path.is_file() or path.with_suffix(".spy").is_file() or (path / "main.spy").is_file()


def test_the_tables_are_read():
    assert len(ROWS) > 100


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.feature)
def test_row_has_a_verdict_and_tests_that_exist(row: Row) -> None:
    assert row.verdict.startswith(VERDICTS)
    assert row.tests, "each row names a test"
    assert [test for test in row.tests if not exists(test)] == []
