"""`--error-mode`: what becomes of static errors."""

from pathlib import Path

import pytest

from .command import assert_clean, assert_refused, spy

PROGRAM = """
def bad() -> i32:
    return "no number"


def main() -> None:
    print("fine")
    if False:
        print(bad())
"""


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    file = tmp_path / "wrong.spy"
    file.write_text(PROGRAM)
    return file


@pytest.mark.parametrize("command", [["check"], ["redshift"], ["run"], ["build", "-x"]])
@pytest.mark.parametrize("mode", ["lazy", "warn"])
def test_errors_are_left_for_the_run(mode: str, command: list[str], wrong: Path) -> None:
    done = spy(*command, "--error-mode", mode, wrong)
    assert_clean(done)
    assert done.returncode == 0, done.stderr
    reached = command[0] in ("check", "redshift")  # `if False` leaves nothing of the call in a program
    assert ("warning[VM001]: mismatched types" in done.stderr) == (mode == "warn" and reached)


@pytest.mark.parametrize("command", ["check", "redshift"])
def test_eager_is_the_default(command: str, wrong: Path) -> None:
    default, eager = spy(command, wrong), spy(command, "-E", "eager", wrong)
    assert (default.returncode, default.stdout, default.stderr) == (1, eager.stdout, eager.stderr)


def test_unknown_mode(wrong: Path) -> None:
    assert_refused(spy("check", "-E", "never", wrong), "error-mode", code=2)
