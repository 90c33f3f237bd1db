"""A program that was run before starts without the compiler, and only if nothing has changed."""

import marshal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from spy_cli import ready

HEAVY = {
    "argparse",
    "ast",
    "collections",
    "dataclasses",
    "functools",
    "inspect",
    "msgspec",
    "pathlib",
    "pluggy",
    "re",
    "spy_parser",
    "spy_redshift",
    "spy_vm.world",
    "typing",
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
def folder(project: Path) -> Path:
    """The current folder, with a program of two modules."""
    (project / "demo.spy").write_text(PROGRAM)
    (project / "util.spy").write_text('def greeting() -> str:\n    return "hi"\n')
    return project


@pytest.fixture
def run(folder: Path, spy: Run) -> Run:
    """Run `spy demo.spy ARGS` in this process; return exit code, stdout, stderr."""
    return lambda *argv: spy("demo.spy", *argv)


def entry() -> Path:
    """Return where the program is kept ready."""
    return Path(ready.entry_path("demo.spy"))


def run_process(*options: str) -> tuple[int, str, str]:
    """Run `spy demo.spy` as a process; return exit code, stdout, stderr."""
    command = [sys.executable, *options, "-c", "from spy_cli.main import main; raise SystemExit(main())"]
    done = subprocess.run([*command, "demo.spy"], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def imported(stderr: str) -> set[str]:
    """Return the modules in the output of `python -X importtime`."""
    return {
        line.rpartition("|")[2].strip() for line in stderr.splitlines() if line.startswith("import time:")
    }


def test_the_second_run_does_without_the_compiler(folder: Path) -> None:
    first = run_process("-X", "importtime")
    second = run_process("-X", "importtime")
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


def test_a_damaged_entry_is_made_again(run: Run) -> None:
    run()
    whole = entry().read_bytes()
    for damaged in (b"", b"\x00", whole[:-1], whole[:30] + b"x" + whole[31:], b"x" * 100):
        entry().write_bytes(damaged)
        assert ready.find_ready("demo.spy") is None
        assert run()[1] == "hi ['demo.spy'] 2 [1, 2, 3]\n"
        assert ready.find_ready("demo.spy") is not None


def test_another_search_path_is_noticed(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "demo.spy").write_text("import far\n\ndef main() -> int:\n    return far.number\n")
    for name, number in (("one", 1), ("two", 2)):
        (folder / name).mkdir()
        (folder / name / "far.spy").write_text(f"number = {number}\n")
    for name, number in (("one", 1), ("two", 2), ("two", 2), ("one", 1)):
        monkeypatch.setenv("SPYPATH", name)
        assert run()[0] == number


def test_the_cache_can_be_left_alone(run: Run, spy: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    spy("run", "--no-cache", "demo.spy")
    monkeypatch.setenv("SPY_CACHE", "off")
    run()
    assert not entry().exists()
    monkeypatch.delenv("SPY_CACHE")
    run()
    assert ready.find_ready("demo.spy") is not None
    monkeypatch.setenv("SPY_CACHE", "off")
    assert ready.find_ready("demo.spy") is None


def test_the_cache_is_shown_and_emptied(
    run: Run, spy: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPY_CACHE_DIR", str(folder / "own"))
    run()
    assert "programs ready to run       2 files" in spy("cache")[1]
    spy("cache", "clean")
    assert not entry().exists()


def test_a_cache_that_cannot_be_written_costs_time_only(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "file").write_text("")
    monkeypatch.setenv("SPY_CACHE_DIR", str(folder / "file" / "cache"))
    assert run() == run() == (1, "hi ['demo.spy'] 2 [1, 2, 3]\n", "")


def test_the_depth_of_recursion_is_the_same(run: Run, folder: Path) -> None:
    (folder / "demo.spy").write_text(
        "def down(n: int) -> int:\n    return down(n + 1) + 1\n\ndef main() -> None:\n    print(down(0))\n"
    )
    first, second = run(), run()
    assert first == second
    assert "more times]\nRecursionError: maximum recursion depth exceeded" in first[2]


def test_another_python_has_its_own_entry(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = ready.entry_path("demo.spy"), ready.stamp_of("demo.spy")
    monkeypatch.setattr(sys, "version", "3.99.0 (main)")
    there = ready.entry_path("demo.spy"), ready.stamp_of("demo.spy")
    assert here[0] != there[0]
    assert here[1] != there[1]


def test_an_entry_that_cannot_be_run_is_passed_over(project: Path) -> None:
    """What holds must still be readable: it is an entry of this version, but not of a program."""
    for program in (b"", marshal.dumps((1, 2)), marshal.dumps(("main", {}, [], {}, {}, {}, []))):
        entry = ready.encode_entry(ready.stamp_of("demo.spy"), [], program)
        path = Path(ready.entry_path("demo.spy"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(entry)
        assert ready.find_ready("demo.spy") is None
