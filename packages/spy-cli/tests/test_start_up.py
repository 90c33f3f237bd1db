"""A program that was run before starts without the compiler, and only if nothing has changed."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HEAVY = {
    "argparse",
    "ast",
    "dataclasses",
    "inspect",
    "msgspec",
    "pluggy",
    "spy_parser",
    "spy_redshift",
    "spy_vm.world",
}

PROGRAM = """
import util

SEEN = [1, 2]
var counter: int = 0


def main(argv: list[str]) -> int:
    counter = counter + len(SEEN)
    SEEN.append(3)
    print(util.greeting(), argv, counter, SEEN)
    if len(argv) > 2:
        raise ValueError("too many")
    return len(argv)
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "demo.spy").write_text(PROGRAM)
    (tmp_path / "util.spy").write_text('def greeting() -> str:\n    return "hi"\n')
    return tmp_path


@pytest.fixture
def run(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run `spy demo.spy ARGS` as a process; return exit code, stdout, stderr."""
    env = {**os.environ, "SPY_CACHE_DIR": str(folder / "cache"), "NO_COLOR": "1"}

    def run(*argv: str, options: tuple[str, ...] = ()) -> tuple[int, str, str]:
        command = [sys.executable, *options, "-c", "from spy_cli.main import main; raise SystemExit(main())"]
        done = subprocess.run(
            [*command, "demo.spy", *argv], capture_output=True, text=True, check=False, cwd=folder, env=env
        )
        return done.returncode, done.stdout, done.stderr

    return run


def imported(stderr: str) -> set[str]:
    """Return the modules in the output of `python -X importtime`."""
    return {
        line.rpartition("|")[2].strip() for line in stderr.splitlines() if line.startswith("import time:")
    }


def test_the_second_run_does_without_the_compiler(run: Run) -> None:
    first = run(options=("-X", "importtime"))
    second = run(options=("-X", "importtime"))
    assert first[:2] == second[:2] == (1, "hi ['demo.spy'] 2 [1, 2, 3]\n")
    assert imported(first[2]) | {"argparse"} >= HEAVY
    assert imported(second[2]) & HEAVY == set()


def test_both_runs_do_the_same(run: Run) -> None:
    assert run("a") == run("a") == run("a") == (2, "hi ['demo.spy', 'a'] 2 [1, 2, 3]\n", "")
    assert run("a", "b") == (
        1,
        "hi ['demo.spy', 'a', 'b'] 2 [1, 2, 3]\n",
        'Traceback (most recent call last):\n  File "demo.spy", line 13, in main\n'
        '    raise ValueError("too many")\nValueError: too many\n',
    )


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("util.spy", 'def greeting() -> str:\n    return "yo"\n', "yo ['demo.spy'] 2 [1, 2, 3]\n"),
        ("demo.spy", PROGRAM.replace("[1, 2]", "[7]"), "hi ['demo.spy'] 1 [7, 3]\n"),
        (
            "util/__init__.spy",
            'def greeting() -> str:\n    return "package"\n',
            "package ['demo.spy'] 2 [1, 2, 3]\n",
        ),
    ],
)
def test_a_change_is_noticed(run: Run, folder: Path, file: str, text: str, expected: str) -> None:
    run()
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_text(text)
    assert run()[1] == expected


def test_a_new_project_file_is_noticed(run: Run, folder: Path) -> None:
    run()
    (folder / "spy.toml").write_text("overflow = 5\n")
    assert "error[CLI006]" in run()[2]


def test_what_import_time_prints_is_printed_each_time(run: Run, folder: Path) -> None:
    (folder / "demo.spy").write_text('print("early")\n\ndef main() -> None:\n    print("late")\n')
    assert run() == run() == (0, "early\nlate\n", "")


def test_a_program_with_static_errors_still_runs(run: Run, folder: Path) -> None:
    (folder / "demo.spy").write_text(
        "def f() -> int:\n    return 'a'\n\ndef main() -> None:\n    print(1)\n    if False:\n        f()\n"
    )
    assert run()[:2] == run()[:2] == (0, "1\n")


def test_a_damaged_entry_is_made_again(run: Run, folder: Path) -> None:
    run()
    (entry,) = (folder / "cache" / "run").iterdir()
    for damaged in (b"", b"\x00", entry.read_bytes()[:-1], b"x" * 100):
        entry.write_bytes(damaged)
        assert run()[1] == "hi ['demo.spy'] 2 [1, 2, 3]\n"
