"""Text that is legal or nearly so, but far larger or deeper than any program."""

from pathlib import Path

import pytest

from .command import assert_clean, assert_refused, spy

DEEP = 10_000

DEEP_EXPRESSIONS = {
    "parentheses": "(" * DEEP + "1" + ")" * DEEP,
    "unclosed": "(" * DEEP,
    "brackets": "[" * DEEP + "]" * DEEP,
    "braces": "{1: " * DEEP + "1" + "}" * DEEP,
    "minus": "-" * DEEP + "1",
    "not": "not " * DEEP + "True",
    "sum": "1 + " * DEEP + "1",
    "power": "1 ** " * DEEP + "1",
    "comparison": "1 < " * DEEP + "1",
    "and": "1 and " * DEEP + "1",
    "ternary": "1 if x else " * DEEP + "1",
    "lambda": "lambda: " * DEEP + "1",
    "calls": "f(" * DEEP + ")" * DEEP,
    "chain_of_calls": "f" + "()" * DEEP,
    "attributes": "x" + ".y" * DEEP,
    "subscripts": "x" + "[0]" * DEEP,
    "walrus": "(x := " * DEEP + "1" + ")" * DEEP,
}


@pytest.mark.parametrize("shape", DEEP_EXPRESSIONS)
def test_deep_expression(shape: str, tmp_path: Path) -> None:
    file = tmp_path / "deep.spy"
    file.write_text(f"def main() -> None:\n    y = {DEEP_EXPRESSIONS[shape]}\n")
    assert_clean(spy("check", file))


@pytest.mark.parametrize("shape", ["parentheses", "minus", "sum", "chain_of_calls"])
def test_run_of_a_deep_expression(shape: str, tmp_path: Path) -> None:
    file = tmp_path / "deep.spy"
    file.write_text(
        f"def f() -> None:\n    pass\n\n\ndef main() -> None:\n    y = {DEEP_EXPRESSIONS[shape]}\n"
    )
    assert_clean(spy("run", file))


@pytest.mark.parametrize("shape", ["parentheses", "unclosed", "brackets", "calls"])
def test_deep_nesting_is_refused_with_its_place(shape: str, tmp_path: Path) -> None:
    file = tmp_path / "deep.spy"
    file.write_text(f"def main() -> None:\n    y = {DEEP_EXPRESSIONS[shape]}\n")
    assert_refused(spy("check", file), "deep.spy:2:")


def test_deep_blocks(tmp_path: Path) -> None:
    blocks = "".join(" " * (4 + i) + "if True:\n" for i in range(500))
    file = tmp_path / "blocks.spy"
    file.write_text("def main() -> None:\n" + blocks + " " * 504 + "pass\n")
    assert_clean(spy("check", file))


def test_deep_functions(tmp_path: Path) -> None:
    blocks = "".join(" " * i + f"def f{i}() -> None:\n" for i in range(500))
    file = tmp_path / "functions.spy"
    file.write_text(blocks + " " * 500 + "pass\n")
    assert_clean(spy("check", file))


def test_long_elif_chain(tmp_path: Path) -> None:
    branches = "".join(f"    elif n == {i}:\n        print({i})\n" for i in range(3000))
    file = tmp_path / "chain.spy"
    file.write_text(f"def main() -> None:\n    n = 5\n    if n < 0:\n        print(n)\n{branches}")
    assert_clean(spy("run", file))


def test_megabyte_of_text_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "long.spy"
    file.write_text(f'def main() -> None:\n    print(len("{"x" * 1_000_000}"))\n')
    done = spy("run", file)
    assert (done.returncode, done.stdout) == (0, "1000000\n"), done.stderr


def test_megabyte_comment(tmp_path: Path) -> None:
    file = tmp_path / "comment.spy"
    file.write_text(f'def main() -> None:\n    print("ok")  # {"x" * 1_000_000}\n')
    done = spy("run", file)
    assert (done.returncode, done.stdout) == (0, "ok\n"), done.stderr


def test_megabyte_name(tmp_path: Path) -> None:
    file = tmp_path / "name.spy"
    file.write_text(f"def main() -> None:\n    print({'x' * 1_000_000})\n")
    done = spy("check", file)
    assert_refused(done)
    assert len(done.stdout) < 100_000, "the whole line is shown"


def test_megabyte_that_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "wrong.spy"
    file.write_text("x = " + "?" * 1_000_000 + "\n")
    done = spy("check", file)
    assert_refused(done)
    assert len(done.stdout) < 100_000, "the whole line is shown"


def test_megabyte_of_numbers_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "numbers.spy"
    file.write_text(f"def main() -> None:\n    xs = [{'12345, ' * 150_000}]\n    print(len(xs))\n")
    assert_clean(spy("parse", file))


def test_number_with_many_digits(tmp_path: Path) -> None:
    file = tmp_path / "digits.spy"
    file.write_text(f"def main() -> None:\n    print({'9' * 100_000})\n")
    assert_refused(spy("check", file), "digits.spy:2:")


def test_many_errors(tmp_path: Path) -> None:
    file = tmp_path / "errors.spy"
    file.write_text("def main() -> None:\n" + '    print(1 + "a")\n' * 2000)
    assert_refused(spy("check", file), "errors.spy:2:")
