"""A build that has nothing to do does nothing, and only then."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from spy_cli.built import build_again
from spy_cli.main import main

Spy = Callable[..., tuple[int, str, str]]
BUILD = ("build", "-o", "out", "demo.spy")


@pytest.fixture
def folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder with a program of two modules, and a cache of its own."""
    monkeypatch.setenv("SPY_CACHE_DIR", str(project / "cache"))
    (project / "demo.spy").write_text(
        "import util\n\ndef main() -> int:\n    print(util.word)\n    return 3\n"
    )
    (project / "util.spy").write_text('word = "hi"\n')
    return project


def test_nothing_is_imported_when_nothing_changed(folder: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "spy_cli.main", *BUILD]
    first, second = (subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(2))
    assert "spy_cbackend" in first.stderr
    assert {"argparse", "msgspec", "spy_vm", "spy_parser", "spy_cbackend", "pathlib"} & {
        line.rpartition("|")[2].strip() for line in second.stderr.splitlines()
    } == set()
    assert second.stderr.endswith("unchanged: out\n")


def test_another_build_begins_with_the_redshifted_program(folder: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "spy_cli.main", "build", "--release", *BUILD[1:]]
    first = subprocess.run([sys.executable, "-m", "spy_cli.main", "demo.spy"], check=False)
    second = subprocess.run(command, capture_output=True, text=True, check=True)
    imported = {line.rpartition("|")[2].strip() for line in second.stderr.splitlines()}
    assert first.returncode == 3
    assert "spy_cbackend.build" in imported
    assert {"spy_parser", "spy_vm.world", "spy_redshift.redshift"} & imported == set()
    assert subprocess.run([folder / "out"], check=False).returncode == 3


def test_execution_without_a_build(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = ["-x", "-o", "out", "demo.spy"]
    assert build_again(words) is None
    assert (main(["build", *words]), main(["build", *words]), build_again(words)) == (3, 3, 3)
    assert capfd.readouterr().out == "hi\nhi\nhi\n"


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "util.spy").write_text('word = "yo"\n'),
        lambda folder: (folder / "out").unlink(),
        lambda folder: (folder / "out").write_bytes(b"damaged"),
        lambda folder: (folder / "spy.toml").write_text('overflow = "check"\n'),
        lambda folder: (folder / "build" / "demo.c").unlink(),
    ],
)
def test_a_change_is_noticed(change: Callable[[Path], object], folder: Path, spy: Spy) -> None:
    spy(*BUILD)
    assert build_again(BUILD[1:]) == 0
    change(folder)
    assert build_again(BUILD[1:]) is None
    assert spy(*BUILD)[0] == 0
    expected = "yo\n" if "yo" in (folder / "util.spy").read_text() else "hi\n"
    done = subprocess.run([folder / "out"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, expected)


def test_another_compiler_is_noticed(folder: Path, spy: Spy, monkeypatch: pytest.MonkeyPatch) -> None:
    spy(*BUILD)
    monkeypatch.setenv("CC", "no-such-compiler")
    assert "CBACK002" in spy(*BUILD)[2]


def test_warnings_are_told_each_time(folder: Path, spy: Spy) -> None:
    (folder / "demo.spy").write_text("def main() -> int:\n    if False:\n        pass\n    return 'a'\n")
    first, second = (spy("build", "-E", "warn", "-o", "out", "demo.spy") for _ in range(2))
    assert "warning[VM001]" in first[2]
    assert "warning[VM001]" in second[2]


def test_what_import_time_does_is_done_each_time(folder: Path, spy: Spy) -> None:
    (folder / "demo.spy").write_text('print("early")\n\ndef main() -> None:\n    pass\n')
    assert [spy(*BUILD)[1] for _ in range(2)] == ["early\n", "early\n"]


def test_the_cache_can_be_left_alone(folder: Path, spy: Spy, monkeypatch: pytest.MonkeyPatch) -> None:
    spy(*BUILD)
    monkeypatch.setenv("SPY_CACHE", "off")
    assert build_again(BUILD[1:]) is None
