"""Files that are not programs."""

import os
from pathlib import Path

import pytest

from .command import HELLO, assert_clean, assert_refused, spy

COMMANDS = ["run", "check", "parse", "build", "redshift", "imports", "scopes", "ir"]
READERS = pytest.mark.parametrize("command", COMMANDS)


def test_empty_file_has_no_main(tmp_path: Path) -> None:
    file = tmp_path / "empty.spy"
    file.write_bytes(b"")
    assert_refused(spy("run", file), "main")
    assert_refused(spy("build", file), "main")


def test_empty_file_is_a_right_module(tmp_path: Path) -> None:
    file = tmp_path / "empty.spy"
    file.write_bytes(b"")
    done = spy("check", file)
    assert done.returncode == 0, done.stdout + done.stderr


@READERS
def test_bytes_that_are_not_text(command: str, tmp_path: Path) -> None:
    file = tmp_path / "binary.spy"
    file.write_bytes(bytes(range(256)) * 40)
    assert_refused(spy(command, file), "binary.spy")


@pytest.mark.parametrize(
    "content",
    [
        b"\x7fELF\x02\x01\x01\x00\x00\xff\xfe",
        b'x = "caf\xe9"\n',
        b"x = 1\0\n",
        b"\xff\xfex\0=\0",
    ],
    ids=["elf", "latin1", "nul", "utf16"],
)
def test_binary_file(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "binary.spy"
    file.write_bytes(content)
    assert_refused(spy("check", file), "binary.spy")


@READERS
def test_missing_file(command: str, tmp_path: Path) -> None:
    assert_refused(spy(command, tmp_path / "nothing.spy"), "nothing.spy")


def test_missing_file_names_a_close_one(tmp_path: Path) -> None:
    (tmp_path / "program.spy").write_text(HELLO)
    assert_refused(spy("run", "progam.spy", cwd=tmp_path), "program.spy")


@READERS
def test_directory_instead_of_file(command: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder.spy"
    folder.mkdir()
    assert_refused(spy(command, folder), "folder.spy")


def test_path_through_a_file(tmp_path: Path) -> None:
    (tmp_path / "file.spy").write_text(HELLO)
    assert_refused(spy("run", tmp_path / "file.spy" / "inner.spy"), "inner.spy")


def test_path_too_long(tmp_path: Path) -> None:
    assert_refused(spy("run", tmp_path / ("x" * 300 + ".spy")))


def test_link_to_itself(tmp_path: Path) -> None:
    (tmp_path / "loop.spy").symlink_to(tmp_path / "loop.spy")
    assert_refused(spy("run", tmp_path / "loop.spy"), "loop.spy")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_directory(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "hello.spy").write_text(HELLO)
    folder.chmod(0)
    try:
        assert_refused(spy("run", folder / "hello.spy"), "hello.spy")
    finally:
        folder.chmod(0o700)


def test_unreadable_directory_of_imports(tmp_path: Path) -> None:
    """A folder that cannot be listed is like any other that lacks the module."""
    (tmp_path / "main.spy").write_text("import lib\n\n\ndef main() -> None:\n    pass\n")
    (tmp_path / "lib").symlink_to(tmp_path / "lib")
    assert_refused(spy("run", tmp_path / "main.spy"), "lib")


def test_imported_file_is_binary(tmp_path: Path) -> None:
    (tmp_path / "main.spy").write_text("import lib\n\n\ndef main() -> None:\n    pass\n")
    (tmp_path / "lib.spy").write_bytes(b"\xff\x00\xfe")
    assert_refused(spy("run", tmp_path / "main.spy"), "lib.spy")


def test_program_may_be_called_py(tmp_path: Path) -> None:
    (tmp_path / "hello.py").write_text(HELLO)
    done = spy("run", tmp_path / "hello.py")
    assert (done.returncode, done.stdout) == (0, "hello\n"), done.stderr


def test_other_kind_of_file(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a program")
    assert_refused(spy("run", tmp_path / "notes.txt"), "notes.txt")


def test_output_that_nobody_takes(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    file = tmp_path / "hello.spy"
    file.write_text(HELLO)
    done = spy("ir", file, "-o", "/dev/full")
    assert_clean(done)
    assert done.returncode == 1


@pytest.mark.parametrize(
    "name",
    [
        "two words.spy",
        "dash-ed.spy",
        "1st.spy",
        "ünï.spy",
        'quo"te.spy',
        "per%cent.spy",
        "back\\slash.spy",
        "new\nline.spy",
    ],
)
@pytest.mark.parametrize("command", [["run"], ["build", "-x"]], ids=["run", "build"])
def test_unusual_name_of_a_right_program(command: list[str], name: str, tmp_path: Path) -> None:
    folder = tmp_path / 'a "folder" %s $HOME;'
    folder.mkdir()
    (folder / name).write_text(HELLO)
    done = spy(*command, folder / name)
    assert (done.returncode, done.stdout) == (0, "hello\n"), done.stderr


def test_wrong_usage(tmp_path: Path) -> None:
    assert_refused(spy("frobnicate"), code=2)
    assert_refused(spy("run"), code=2)
    assert_refused(spy("run", "--engine", "steam", "x.spy"), "steam", code=2)
