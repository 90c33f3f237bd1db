import io
from collections.abc import Callable
from pathlib import Path

import pytest

PROGRAM = """\
SIZE = 3

@blue
def area(n: int):
    double = n * 2
    breakpoint()
    return double * SIZE

A = area(4)

def main() -> None:
    print(A)
"""


def run(spy: Callable[..., tuple[int, str, str]], folder: Path, text: str) -> tuple[int, str, list[str]]:
    (folder / "demo.spy").write_text(PROGRAM)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO(text))
        code, out, err = spy("run", str(folder / "demo.spy"))
    return code, out, err.replace(f"{folder}/", "").split("(spy) ")


def test_blue_code_stops_and_goes_on(spy, tmp_path):
    code, out, said = run(spy, tmp_path, "n\ndouble * SIZE\nw\nc\n")
    assert (code, out) == (0, "24\n")
    assert said == ["breakpoint in `area`, demo.spy:6\n", "4\n", "24\n", "6 |     breakpoint()\n", ""]


def test_locals_are_listed(spy, tmp_path):
    assert run(spy, tmp_path, "l\nc\n")[2][1] == "n: i32 = 4\ndouble: i32 = 8\n"


def test_what_is_wrong_is_told(spy, tmp_path):
    said = run(spy, tmp_path, "nothing\nn + 'x'\nc\n")[2]
    assert said[1:3] == ["NameError: name `nothing` is not defined\n", "TypeError: cannot do `i32` + `str`\n"]


def test_the_end_of_the_input_goes_on(spy, tmp_path):
    assert run(spy, tmp_path, "")[:2] == (0, "24\n")


def test_the_program_can_be_stopped(spy, tmp_path):
    with pytest.raises(SystemExit):
        run(spy, tmp_path, "q\n")
