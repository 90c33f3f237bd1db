"""Machines that lack something: a compiler, a writable cache, a plugin that loads."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .command import HELLO, assert_clean, assert_refused, spy


@pytest.fixture
def hello(tmp_path: Path) -> Path:
    file = tmp_path / "hello.spy"
    file.write_text(HELLO)
    return file


def test_no_c_compiler(hello: Path, tmp_path: Path) -> None:
    empty = tmp_path / "bin"
    empty.mkdir()
    done = spy("build", hello, PATH=str(empty), CC=None, SPY_CACHE_DIR=str(tmp_path / "cache"))
    assert_refused(done, "C compiler")


def test_chosen_c_compiler_is_missing(hello: Path, tmp_path: Path) -> None:
    done = spy("build", hello, CC="/nonexistent/cc", SPY_CACHE_DIR=str(tmp_path / "cache"))
    assert_refused(done, "/nonexistent/cc")


@pytest.mark.parametrize("cc", ["false", "true", "cc --no-such-flag"])
def test_c_compiler_that_does_not_work(cc: str, hello: Path, tmp_path: Path) -> None:
    done = spy("build", hello, CC=cc, SPY_CACHE_DIR=str(tmp_path / "cache"))
    assert_refused(done, f"the C compiler `{cc}` does not work")


def test_no_c_compiler_is_no_matter_to_run(hello: Path, tmp_path: Path) -> None:
    done = spy("run", hello, PATH=str(tmp_path), CC=None)
    assert (done.returncode, done.stdout) == (0, "hello\n"), done.stderr


def test_doctor_without_c_compiler(tmp_path: Path) -> None:
    done = spy("doctor", PATH=str(tmp_path), CC=None)
    assert_clean(done)
    assert "compiler" in done.stdout.lower()


@pytest.mark.parametrize("command", ["run", "build"])
def test_cache_directory_below_a_file(command: str, hello: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    out = ["-x", "-o", tmp_path / "out"] if command == "build" else []
    done = spy(command, *out, hello, SPY_CACHE_DIR=str(tmp_path / "file" / "cache"))
    assert (done.returncode, done.stdout) == (0, "hello\n"), done.stderr


@pytest.mark.parametrize("command", ["run", "build"])
def test_cache_directory_on_a_read_only_file_system(command: str, hello: Path, tmp_path: Path) -> None:
    if not Path("/proc/self").exists():
        pytest.skip("no /proc here")
    out = ["-x", "-o", tmp_path / "out"] if command == "build" else []
    done = spy(command, *out, hello, SPY_CACHE_DIR="/proc/spy-cache")
    assert (done.returncode, done.stdout) == (0, "hello\n"), done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_cache_directory_without_permission(hello: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o500)
    done = spy("run", hello, SPY_CACHE_DIR=str(cache))
    assert (done.returncode, done.stdout) == (0, "hello\n"), done.stderr


def cut(data: bytes) -> bytes:
    return data[:20] + b"\0damage"


def flip(data: bytes) -> bytes:
    return bytes(byte ^ 1 if i % 64 == 0 else byte for i, byte in enumerate(data))


@pytest.mark.parametrize("damage", [cut, flip])
def test_damaged_cache(damage: Callable[[bytes], bytes], hello: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    out = tmp_path / "out"
    for command in (["run"], ["build", "-x", "-o", out]):
        assert spy(*command, hello, SPY_CACHE_DIR=str(cache)).stdout == "hello\n"
    for file in [path for path in cache.rglob("*") if path.is_file()]:
        file.write_bytes(damage(file.read_bytes()))
    for command in (["run"], ["build", "-x", "-o", out]):
        done = spy(*command, hello, SPY_CACHE_DIR=str(cache))
        assert (done.returncode, done.stdout) == (0, "hello\n"), done.stderr


def test_output_cannot_be_written(hello: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert_refused(spy("build", "-o", tmp_path / "file" / "out", hello, cwd=tmp_path))
    assert_refused(spy("build", "-o", "/proc/out", hello, cwd=tmp_path))


@pytest.fixture
def broken_plugin(tmp_path: Path) -> Path:
    """Install a plugin that raises when it is imported, and one that is not there at all."""
    folder = tmp_path / "site"
    info = folder / "spy_broken-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: spy-broken\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[spy]\nbroken = spy_broken\nabsent = spy_absent_module\n")
    (folder / "spy_broken.py").write_text("raise RuntimeError('this plugin does not load')\n")
    return folder


def test_broken_plugin_is_named(broken_plugin: Path, tmp_path: Path) -> None:
    done = spy("plugins", PYTHONPATH=str(broken_plugin), SPY_CACHE_DIR=str(tmp_path / "cache"))
    assert_clean(done)
    assert "spy-broken" in done.stdout + done.stderr


def test_broken_plugin_does_not_stop_programs(broken_plugin: Path, hello: Path, tmp_path: Path) -> None:
    done = spy("run", hello, PYTHONPATH=str(broken_plugin), SPY_CACHE_DIR=str(tmp_path / "cache"))
    assert_clean(done)
    assert (done.returncode, done.stdout) == (0, "hello\n")
    assert "spy-broken" in done.stderr


def test_malformed_project_file(hello: Path) -> None:
    for text in ("[spy", "path = 5\n", '[build]\nrelease = "maybe"\n', "\0"):
        (hello.parent / "spy.toml").write_text(text)
        assert_refused(spy("run", hello), "spy.toml")


def test_closed_standard_output(hello: Path) -> None:
    done = subprocess.run(
        f'"{sys.executable}" -m spy_cli.main run "{hello}" >&-',
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "bug in SPy" not in done.stderr
