"""The builtin modules."""

import math
from pathlib import Path
from typing import Any

import pytest
from spy_types.plugins import Plugins
from spy_vm import hooks
from spy_vm.exceptions import Raised
from spy_vm.modules import HostIO, builtin_modules


class World:
    """Calls host functions by FQN and keeps what they wrote."""

    def __init__(self, *argv: str, stdin: str = "") -> None:
        self.out: list[str] = []
        self.err: list[str] = []
        lines = iter(stdin.splitlines(keepends=True))
        io = HostIO(
            argv,
            write_out=self.out.append,
            write_err=self.err.append,
            read_line=lambda: next(lines, ""),
        )
        self.functions = {f.fqn: f for module in builtin_modules(io) for f in module.functions.values()}

    def __call__(self, fqn: str, *operands: object) -> Any:
        return self.functions[fqn].python(*operands)

    def failure(self, fqn: str, *operands: object) -> str:
        with pytest.raises(Raised) as error:
            self(fqn, *operands)
        return str(error.value)


def test_the_hook_offers_the_modules() -> None:
    plugins = Plugins()
    plugins.load(hooks, entry_point_group=None)
    assert not plugins.broken
    assert sorted(plugins.builtin_modules()) == ["__spy__", "input", "math", "posix", "sys", "time"]


def test_functions_are_named_by_their_module() -> None:
    for module in builtin_modules(HostIO()):
        for name, function in module.functions.items():
            assert function.fqn == f"{module.name}::{name}"


def test_math_is_cpythons() -> None:
    world = World()
    for name in ("sqrt", "cos", "sin", "tan", "log", "log10", "log2", "exp", "acos", "asin", "atan", "fabs"):
        assert world(f"math::{name}", 0.25) == getattr(math, name)(0.25), name
    for name in ("atan2", "pow", "fmod", "hypot", "copysign"):
        assert world(f"math::{name}", 2.5, -1.5) == getattr(math, name)(2.5, -1.5), name


@pytest.mark.parametrize(
    ("name", "operands", "expected"),
    [
        ("sqrt", (-1.0,), "ValueError: math domain error"),
        ("log", (0.0,), "ValueError: math domain error"),
        ("acos", (2.0,), "ValueError: math domain error"),
        ("exp", (1000.0,), "OverflowError: math range error"),
        ("pow", (10.0, 400.0), "OverflowError: math range error"),
        ("fmod", (1.0, 0.0), "ValueError: math domain error"),
        ("sin", (math.inf,), "ValueError: math domain error"),
    ],
)
def test_math_errors(name: str, operands: tuple[float, ...], expected: str) -> None:
    assert World().failure(f"math::{name}", *operands) == expected


def test_roundings_keep_what_integers_cannot_hold() -> None:
    world = World()
    assert [world("math::_floor", x) for x in (1.5, -1.5, 1e300)] == [1.0, -2.0, 1e300]
    assert world("math::_ceil", math.inf) == math.inf
    assert math.isnan(world("math::_trunc", math.nan))
    assert str(world("math::_ceil", -0.5)) == "-0.0"


def test_pure_functions_are_marked() -> None:
    functions = World().functions
    assert functions["math::sqrt"].effects.pure
    assert functions["math::sqrt"].effects.raises
    assert not functions["math::atan"].effects.raises
    assert not functions["__spy__::is_compiled"].effects.pure
    assert not functions["time::time"].effects.pure


def test_streams() -> None:
    world = World(stdin="one\ntwo")
    world("__spy__::_stdout_write", "hello")
    world("__spy__::_stderr_write", "oops")
    world("__spy__::_stdout_flush")
    assert (world.out, world.err) == (["hello"], ["oops"])
    assert [world("input::_readline") for _ in range(3)] == ["one\n", "two", ""]


def test_standard_streams_are_those_of_sys(capsys: pytest.CaptureFixture[str]) -> None:
    modules = {module.name: module for module in builtin_modules(HostIO())}
    modules["__spy__"].functions["_stdout_write"].python("hello")
    modules["__spy__"].functions["_stderr_write"].python("oops")
    assert capsys.readouterr() == ("hello", "oops")


def test_sys() -> None:
    world = World("prog", "x")
    assert world("sys::_argc") == 2
    assert world("sys::_argv", 1) == "x"
    assert world.failure("sys::_argv", 2) == "IndexError: list index out of range"
    with pytest.raises(Raised) as error:
        world("sys::exit", 3)
    assert (error.value.etype, error.value.message, error.value.code) == ("SystemExit", "3", 3)


def test_files(tmp_path: Path) -> None:
    world = World()
    path = str(tmp_path / "x.txt")
    handle = world("posix::_open", path, "w")
    assert world("posix::_write", handle, "héllo\r\nworld\n") == 13
    world("posix::_close", handle)
    assert Path(path).read_bytes() == "héllo\r\nworld\n".encode()
    handle = world("posix::_open", path, "r")
    assert world("posix::_read", handle, 3) == "hél"
    assert world("posix::_tell", handle) == 4
    assert world("posix::_readline", handle) == "lo\r\n"
    world("posix::_seek", handle, 0, 0)
    assert world("posix::_read", handle, -1) == "héllo\r\nworld\n"
    assert world("posix::_read", handle, 1) == ""
    assert world.failure("posix::_write", handle, "x") == "OSError: not writable"
    world("posix::_close", handle)
    assert world.failure("posix::_read", handle, 1) == "ValueError: I/O operation on closed file."
    assert world("posix::_exists", path)
    world("posix::_remove", path)
    assert not world("posix::_exists", path)


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    world = World()
    assert world.failure("posix::_open", "/nonexistent/x", "r") == (
        "FileNotFoundError: [Errno 2] No such file or directory: '/nonexistent/x'"
    )
    assert world.failure("posix::_open", str(tmp_path), "r") == (
        f"IsADirectoryError: [Errno 21] Is a directory: '{tmp_path}'"
    )
    assert world.failure("posix::_open", "x", "q") == "ValueError: invalid mode: 'q'"
    assert world.failure("posix::_open", "x\0y", "r") == "ValueError: embedded null byte"


def test_text_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"a\xff")
    world = World()
    handle = world("posix::_open", str(path), "r")
    assert world.failure("posix::_read", handle, -1).startswith("UnicodeDecodeError: ")
    world("posix::_close", handle)


def test_standard_streams_have_handles() -> None:
    world = World(stdin="a\n")
    assert world("posix::_write", 1, "out") == 3
    assert world("posix::_write", 2, "err") == 3
    assert (world.out, world.err) == (["out"], ["err"])
    assert world("posix::_readline", 0) == "a\n"
    assert world("posix::_fileno", 1) == 1


def test_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SPY_TEST", "1")
    monkeypatch.chdir(tmp_path)
    world = World()
    assert world("posix::_getenv", "SPY_TEST") == "1"
    assert not world("posix::_hasenv", "SPY_TEST_ABSENT")
    assert world("posix::_getenv", "SPY_TEST_ABSENT") == ""
    assert world("posix::_getcwd") == str(tmp_path)
    assert world("posix::_columns") > 0
    assert world("posix::_lines") > 0


def test_clocks() -> None:
    world = World()
    before = world("time::perf_counter")
    world("time::sleep", 0.0)
    assert world("time::perf_counter") >= before
    assert world("time::time") > 1e9
    assert world.failure("time::sleep", -1.0) == "ValueError: sleep length must be non-negative"
