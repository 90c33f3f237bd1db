"""The harness can fail: it reads expectations as written and sees every kind of difference."""

from pathlib import Path

import pytest

from tests.harness.case import read_case, read_cases, write_expected
from tests.harness.engines import run
from tests.harness.outcome import Fault, Outcome, read_fault

PROGRAM = """\
# python: same
# args: 3 x
def main(argv: list[str]) -> None:
    print("a", "")
    print()
    raise ValueError("no")  # raises: ValueError: no

# expect:
# a\x20
#
"""
TRACEBACK = """\
Traceback (most recent call last):
  File "/x/prog.spy", line 9, in main
    work()
  File "/x/prog.spy", line 4, in work
    xs[5]
  File "<spy-stdlib>/_list.spy", line 77, in __getitem__
    raise IndexError("list index out of range")
IndexError: list index out of range
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "prog.spy"
    path.write_text(PROGRAM)
    return path


def test_a_case_says_everything(program: Path) -> None:
    case = read_case("prog", program)
    assert case.python
    assert case.args == ("3", "x")
    assert case.expected == Outcome("a \n\n", 1, Fault("ValueError", "no", "prog.spy:6"))


def test_cpython_meets_the_expectation(program: Path) -> None:
    case = read_case("prog", program)
    assert case.expected.differences(run("python", case)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        PROGRAM.replace("# a\x20", "# a"),
        PROGRAM.replace("#\n", ""),
        PROGRAM.replace("raises: ValueError: no", "raises: ValueError: yes"),
        PROGRAM.replace("raises: ValueError", "raises: KeyError"),
        PROGRAM.replace("  # raises: ValueError: no", ""),
        PROGRAM.replace("    print()\n", "    print()  # raises: ValueError: no\n"),
    ],
    ids=["output", "empty line", "message", "type", "no exception", "line"],
)
def test_a_wrong_expectation_is_seen(wrong: str, program: Path) -> None:
    program.write_text(wrong)
    case = read_case("prog", program)
    assert case.expected.differences(run("python", case))


def test_expectation_without_message_takes_any() -> None:
    expected = Outcome("", 1, Fault("ValueError", None, "p.spy:1"))
    assert not expected.differences(Outcome("", 1, Fault("ValueError", "any", "p.spy:1")))
    assert expected.differences(Outcome("", 1, Fault("ValueError", "any", "p.spy:2")))


def test_place_is_the_last_one_in_the_own_files() -> None:
    assert read_fault(TRACEBACK, {"prog.spy"}) == Fault("IndexError", "list index out of range", "prog.spy:4")
    assert read_fault("all went well\n", {"prog.spy"}) is None


def test_output_written_is_output_read(program: Path) -> None:
    text = "x\n\n  indented \n# hash\n"
    write_expected(program, text)
    assert read_case("prog", program).expected.stdout == text


def test_a_folder_with_main_is_one_case(tmp_path: Path) -> None:
    (tmp_path / "many").mkdir()
    (tmp_path / "many" / "main.spy").write_text("import lib\n")
    (tmp_path / "many" / "lib.spy").write_text("1 // 0  # raises: ZeroDivisionError\n")
    (tmp_path / "one.spy").write_text("")
    many, one = read_cases(tmp_path)
    assert (many.name, one.name) == ("many", "one")
    assert many.own_files == {"main.spy", "lib.spy"}
    assert many.expected.fault == Fault("ZeroDivisionError", None, "lib.spy:1")
