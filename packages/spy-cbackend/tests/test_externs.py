import math
import random
import subprocess
from pathlib import Path
from types import ModuleType

import pytest
from cbackend_support.building import (
    EFFECTS,
    P,
    assign,
    call,
    const,
    function,
    local,
    prim,
    program,
    ret,
    run,
    show,
)
from cbackend_support.cases import FLOAT_EDGES
from cbackend_support.prim_module import build_module
from cbackend_support.python_prims import same
from cbackend_support.running import execute
from spy_cbackend.backend import CBackend
from spy_cbackend.externs import LIBRARY
from spy_types.artifacts import BuildRequest
from spy_types.errors import SpyError
from spy_types.program import nodes as n
from spy_types.program.codec import encode
from spy_types.program.program import Effects, Export, Extern, Program

MATH = sorted(fqn for fqn in LIBRARY if fqn.startswith("math::"))


def externs(*fqns: str) -> tuple[Extern, ...]:
    return tuple(
        Extern(f, LIBRARY[f].params, LIBRARY[f].result, EFFECTS) for f in ("__spy__::_stdout_write", *fqns)
    )


@pytest.fixture(scope="module")
def maths(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> ModuleType:
    functions = []
    for fqn in MATH:
        known = LIBRARY[fqn]
        params = {f"a{i}": t for i, t in enumerate(known.params)}
        value = n.Call(known.result, P, fqn, tuple(local(name, t) for name, t in params.items()))
        functions.append(function(fqn.removeprefix("math::").lstrip("_"), params, known.result, [ret(value)]))
    exports = tuple(Export(f.display, f.fqn) for f in functions)
    source = program(*functions, entry=None, externs=externs(*MATH), exports=exports)
    return build_module(source, tmp_path_factory.mktemp("maths"), "maths", cache, release=True)


@pytest.mark.parametrize("fqn", MATH)
def test_math_is_cpythons(fqn: str, maths: ModuleType) -> None:
    name, arity = fqn.removeprefix("math::").lstrip("_"), len(LIBRARY[fqn].params)
    values = [*FLOAT_EDGES, 0.1, -0.7, 1e300, 710.0, -745.2, 0.9999999999999999]
    rng = random.Random(6)
    values += [rng.uniform(-100, 100) for _ in range(30)]
    cases = [(a,) for a in values] if arity == 1 else [(a, b) for a in values for b in values]
    for case in cases:
        wanted, found = outcome(getattr(math, name), *case), outcome(getattr(maths, name), *case)
        if name in ("ceil", "floor", "trunc"):  # ours return floats, as C's do
            wanted = rounded(name, case[0])
        assert found[0] == wanted[0], (case, found, wanted)
        assert found == wanted or same(found[1], wanted[1]), (case, found, wanted)


def rounded(name: str, value: float) -> tuple[str, object]:
    if not math.isfinite(value):
        return ("value", value)
    return ("value", math.copysign(float(getattr(math, name)(value)), value))


def outcome(call_: object, *args: float) -> tuple[str, object]:
    try:
        return ("value", call_(*args))  # type: ignore[operator]
    except (ValueError, OverflowError) as error:
        return (type(error).__name__, str(error))


def text_of(fqn: str, *args: n.Expr) -> n.Expr:
    return n.Call(LIBRARY[fqn].result, P, fqn, args)


def test_files(tmp_path: Path, cache: Path) -> None:
    handle = local("h")
    names = [
        "open",
        "write",
        "read",
        "readline",
        "seek",
        "tell",
        "flush",
        "close",
        "exists",
        "remove",
        "isatty",
    ]
    posix = {name: f"posix::_{name}" for name in names}
    body = [
        assign("h", text_of(posix["open"], const("a.txt"), const("w"))),
        show(text_of(posix["write"], handle, const("été\nzwei\n"))),
        run(text_of(posix["flush"], handle)),
        show(text_of(posix["tell"], handle), text_of(posix["isatty"], handle)),
        run(text_of(posix["close"], handle)),
        run(text_of(posix["close"], handle)),
        assign("h", text_of(posix["open"], const("a.txt"), const("r+"))),
        show(text_of(posix["read"], handle, const(2))),
        show(text_of(posix["readline"], handle)),
        show(text_of(posix["read"], handle, const(-1))),
        show(text_of(posix["read"], handle, const(-1))),
        run(text_of(posix["seek"], handle, const(0), const(2))),
        run(text_of(posix["write"], handle, const("drei"))),
        run(text_of(posix["seek"], handle, const(6), const(0))),
        show(text_of(posix["read"], handle, const(100))),
        run(text_of(posix["close"], handle)),
        show(text_of(posix["exists"], const("a.txt")), text_of(posix["exists"], const("b.txt"))),
        run(text_of(posix["remove"], const("a.txt"))),
        show(text_of(posix["exists"], const("a.txt"))),
    ]
    source = program(function("main", {}, "None", body, {"h": "i32"}), externs=externs(*posix.values()))
    code, out, err = execute(source, tmp_path, cache)
    assert (code, err) == (0, "")
    assert out == "9\n11 False\nét\né\n\nzwei\n\n\nzwei\ndrei\nTrue False\nFalse\n"


@pytest.mark.parametrize(
    ("path", "mode", "message"),
    [
        ("no'such", "r", 'FileNotFoundError: [Errno 2] No such file or directory: "no\'such"'),
        (".", "r", "IsADirectoryError: [Errno 21] Is a directory: '.'"),
        ("x", "q", "ValueError: invalid mode: 'q'"),
        ("x", "rw", "ValueError: must have exactly one of create/read/write/append mode"),
    ],
)
def test_errors_of_files_are_cpythons(
    path: str, mode: str, message: str, tmp_path: Path, cache: Path
) -> None:
    body = [run(text_of("posix::_open", const(path), const(mode)))]
    _, _, err = execute(
        program(function("main", {}, "None", body), externs=externs("posix::_open")), tmp_path, cache
    )
    assert err.splitlines()[-1] == message
    with pytest.raises((OSError, ValueError)) as caught, open(tmp_path / path if path == "." else path, mode):
        pass
    if path != ".":
        assert message == f"{type(caught.value).__name__}: {caught.value}"


def test_process(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPY_TEST_NAME", "wärd")
    names = [
        "sys::_argc",
        "sys::_argv",
        "posix::_getenv",
        "posix::_hasenv",
        "posix::_getcwd",
        "input::_readline",
    ]
    names += ["sys::exit", "__spy__::is_compiled", "__spy__::_stderr_write", "time::monotonic", "time::sleep"]
    later = prim("f64_le", text_of("time::monotonic"), text_of("time::monotonic"))
    body = [
        show(text_of("sys::_argc"), text_of("sys::_argv", const(1))),
        show(
            text_of("posix::_getenv", const("SPY_TEST_NAME")),
            text_of("posix::_hasenv", const("SPY_NOT_THERE")),
        ),
        show(text_of("posix::_getenv", const("SPY_NOT_THERE"))),
        show(text_of("posix::_getcwd")),
        show(text_of("input::_readline"), text_of("input::_readline"), text_of("input::_readline")),
        show(text_of("__spy__::is_compiled"), later),
        run(text_of("time::sleep", const(0.001))),
        run(text_of("__spy__::_stderr_write", const("to stderr\n"))),
        run(text_of("sys::exit", const(7))),
        show(const("never")),
    ]
    source = program(function("main", {}, "None", body), externs=externs(*names))
    code, out, err = execute(source, tmp_path, cache, stdin="one\ntwö", args=("árg",))
    assert (code, err) == (7, "to stderr\n")
    assert out == f"2 árg\nwärd False\n\n{tmp_path}\none\n twö \nTrue True\n"


def test_extern_without_a_body_is_a_diagnostic(tmp_path: Path, cache: Path) -> None:
    strange = Extern("strange::f", (), "i32", EFFECTS)
    source = program(function("main", {}, "None", [run(call("strange::f"))]), externs=(strange,))
    with pytest.raises(SpyError) as caught:
        execute(source, tmp_path, cache)
    assert caught.value.diagnostic.code == "CBACK003"
    assert "strange::f" in caught.value.diagnostic.title


def test_extern_of_the_runtime_with_another_signature_is_a_diagnostic(tmp_path: Path, cache: Path) -> None:
    wrong = Extern("math::sqrt", ("f32",), "f32", EFFECTS)
    source = program(function("main", {}, "None", []), externs=(wrong,))
    with pytest.raises(SpyError) as caught:
        execute(source, tmp_path, cache)
    assert caught.value.diagnostic.code == "CBACK004"


def plugin_program() -> Program:
    externs_ = (
        *externs(),
        Extern("plug::twice", ("i32",), "i32", Effects(False, False, True)),
        Extern("plug::check", ("i32",), "i32", Effects(True, False, False)),
    )
    body = [
        show(call("plug::twice", const(4))),
        show(call("plug::check", const(5))),
        run(call("plug::check", const(-1))),
    ]
    return program(function("main", {}, "None", body), externs=externs_)


def test_plugins_bring_c(tmp_path: Path, cache: Path) -> None:
    sources = {
        "plug::twice": "static int32_t spy_plug$twice(int32_t x) { return 2 * x; }",
        "plug::check": "static bool spy_plug$check(int32_t x, int32_t *result) {\n"
        '    if (x < 0) return spy_raise("ValueError", "negative");\n    *result = x;\n    return false;\n}',
    }
    request = BuildRequest("demo", tmp_path / "demo", cache_dir=cache, c_sources=sources)
    artifact = CBackend().build(encode(plugin_program()), request)
    done = subprocess.run([artifact.path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "8\n5\n")
    assert done.stderr.endswith("ValueError: negative\n")

    broken = BuildRequest(
        "demo", tmp_path / "demo", cache_dir=cache, c_sources=sources | {"plug::twice": "int x("}
    )
    with pytest.raises(SpyError) as caught:
        CBackend().build(encode(plugin_program()), broken)
    assert caught.value.diagnostic.code == "CBACK012"
