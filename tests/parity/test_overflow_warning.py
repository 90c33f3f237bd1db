"""Where an overflow wraps, the in-process engines and debug builds say so once per place."""

import subprocess
from pathlib import Path

import pytest

from tests.harness.engines import spy

PROGRAM = """\
def add(a: i32, b: i32) -> i32:
    return a + b


def main() -> None:
    for i in range(3):
        print(add(2147483647, i))
    var small: u8 = 255
    print(small + 1)
"""
OUTPUT = "2147483647\n-2147483648\n-2147483647\n0\n"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    file = tmp_path / "wraps.spy"
    file.write_text(PROGRAM)
    return file


@pytest.mark.parametrize("engine", ["interp", "redshift"])
def test_in_process_engines_warn_once_per_place(engine: str, program: Path) -> None:
    code, out, err = spy(["run", "--engine", engine, str(program)])
    assert (code, out) == (0, OUTPUT)
    assert err.count("overflowed") == 1
    assert "i32 addition overflowed" in err
    assert "wraps.spy:2" in err


@pytest.mark.parametrize(("options", "warnings"), [([], 1), (["--release"], 0)], ids=["debug", "release"])
def test_debug_builds_warn_once_per_place(
    options: list[str], warnings: int, program: Path, tmp_path: Path
) -> None:
    code, _, err = spy(["build", *options, "-o", str(tmp_path / "wraps"), str(program)])
    assert code == 0, err
    done = subprocess.run([tmp_path / "wraps"], capture_output=True, text=True, check=True)
    assert done.stdout == OUTPUT
    assert done.stderr.count("overflowed") == warnings
    assert done.stderr.count("wraps.spy:2") == warnings
