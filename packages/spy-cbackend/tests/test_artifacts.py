import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cbackend_support.building import (
    EFFECTS,
    WRITE,
    P,
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
from cbackend_support.prim_module import build_module
from cbackend_support.running import build, execute
from msgspec.structs import replace
from spy_cbackend import build as build_module_
from spy_cbackend.backend import CBackend, emit_c
from spy_cbackend.toolchain import find_compiler
from spy_types.artifacts import BuildRequest
from spy_types.errors import SpyError
from spy_types.program import nodes as n
from spy_types.program.codec import encode
from spy_types.program.program import Export, Extern, Program
from spy_types.program.types import Field, PtrType, StructType

POINT, LINE = "demo::Point", "demo::Line"
TYPES = {
    LINE: StructType("Line", (Field("a", POINT), Field("name", "str"))),
    POINT: StructType("Point", (Field("x", "f64"), Field("int", "i32"))),
}
ARGV = StructType("list[str]", (Field("n", "i32"),))


def library_program() -> Program:
    point = local("p", POINT)
    moved = n.MakeStruct(
        POINT,
        P,
        (
            prim("f64_add", n.GetField("f64", P, point, "x"), local("by", "f64")),
            n.GetField("i32", P, point, "int"),
        ),
    )
    text = prim("str_add", local("s", "str"), const("!"))
    functions = [
        function("div", {"a": "i32", "b": "i32"}, "i32", [ret(prim("i32_floordiv", local("a"), local("b")))]),
        function("move", {"p": POINT, "by": "f64"}, POINT, [ret(moved)]),
        function("line", {"p": POINT, "s": "str"}, LINE, [ret(n.MakeStruct(LINE, P, (point, text)))]),
        function(
            "cube",
            {"c": "complex128"},
            "complex128",
            [ret(prim("complex128_mul", local("c", "complex128"), local("c", "complex128")))],
        ),
        function(
            "both",
            {"a": "bool", "int": "bytes"},
            "bytes",
            [ret(n.IfExp("bytes", P, local("a", "bool"), local("int", "bytes"), const(b"no")))],
        ),
        function(
            "fail",
            {"s": "str"},
            "None",
            [show(local("s", "str")), n.Raise(P, "Trouble", local("s", "str"))],
        ),
    ]
    exports = tuple(Export(f.display, f.fqn) for f in functions)
    return program(*functions, types=TYPES, entry=None, exports=exports, text="the source\n")


def hello(text: str = "hello") -> Program:
    return program(function("main", {}, "None", [show(const(text))]))


def test_library_serves_c_programs(tmp_path: Path, cache: Path) -> None:
    request = BuildRequest("demo", tmp_path / "libdemo.so", kind="lib", cache_dir=cache)
    artifact = CBackend().build(encode(library_program()), request)
    assert artifact.path == tmp_path / "libdemo.so"
    (tmp_path / "use.c").write_text(
        '#include <stdio.h>\n#include "demo.h"\n'
        "int main(void) {\n"
        "    struct demo_Point p = demo_move((struct demo_Point){1.5, 7}, 2.0);\n"
        '    printf("%d %g %d\\n", demo_div(7, -2), p.x, p.int_);\n'
        '    struct demo_Line line = demo_line(p, demo_spy_str_new("h\\xc3\\xa9", 3));\n'
        '    printf("%.*s\\n", (int)demo_spy_text_size(line.name), demo_spy_text_data(line.name));\n'
        "    demo_div(1, 0);\n"
        "    size_t size;\n"
        '    printf("%s: %s\\n", demo_spy_error_type(), demo_spy_error_message(&size));\n'
        "    demo_div(1, 1);\n"
        '    printf("%d\\n", demo_spy_error_type() == NULL);\n'
        "}\n"
    )
    compiler = ["cc", "-Wall", "-Werror", "use.c", "-o", "use", "-L.", "-ldemo", f"-Wl,-rpath,{tmp_path}"]
    subprocess.run(compiler, cwd=tmp_path, check=True)
    done = subprocess.run(["./use"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == ("-4 3.5 7\nhé!\nZeroDivisionError: integer division or modulo by zero\n1\n")
    manifest = json.loads(artifact.files["manifest"].read_bytes())
    assert [e["symbol"] for e in manifest["exports"]] == [
        f"demo_{name}" for name in ("div", "move", "line", "cube", "both", "fail")
    ]
    assert manifest["exports"][1]["params"] == [{"name": "p", "type": POINT}, {"name": "by", "type": "f64"}]
    assert manifest["structs"][0]["c_type"] == "struct demo_Point"


def test_cffi_module_serves_python(tmp_path: Path, cache: Path, capfd: pytest.CaptureFixture[str]) -> None:
    demo = build_module(library_program(), tmp_path, "demo_module", cache)
    assert demo.div(7, -2) == -4
    assert demo.move((1.5, 7), 2) == (3.5, 7)
    assert demo.line(demo.Point(1.0, 2), "hé") == ((1.0, 2), "hé!")
    assert demo.line(demo.Point(1.0, 2), "x").a.x == 1.0
    assert demo.cube(1 + 2j) == (1 + 2j) ** 2
    assert demo.both(True, b"\0\xff") == b"\0\xff"
    assert demo.both(False, bytearray(b"x")) == b"no"
    with pytest.raises(ZeroDivisionError) as caught:
        demo.div(1, 0)
    assert str(caught.value) == "integer division or modulo by zero"
    assert caught.value.__notes__ == [
        'in SPy, most recent call last:\n  File "demo.spy", line 1, in div\n    the source'
    ]
    with pytest.raises(Exception, match="boo") as trouble:
        demo.fail("boo")
    assert type(trouble.value).__name__ == "Trouble"
    assert capfd.readouterr().out == "boo\n"
    for call_, args, error in (
        (demo.div, (2**31, 1), OverflowError),
        (demo.div, ("1", 1), TypeError),
        (demo.line, ((1.0, 2), 3), TypeError),
        (demo.move, ((1.0,), 3), ValueError),
    ):
        with pytest.raises(error):
            call_(*args)


def test_export_of_a_pointer_is_a_diagnostic(tmp_path: Path, cache: Path) -> None:
    f = function("f", {"p": "gc_ptr[i32]"}, "None", [])
    source = program(
        f, types={"gc_ptr[i32]": PtrType("p", "gc", "i32")}, entry=None, exports=(Export("f", f.fqn),)
    )
    with pytest.raises(SpyError) as caught:
        CBackend().build(encode(source), BuildRequest("demo", tmp_path / "x.so", kind="lib", cache_dir=cache))
    assert caught.value.diagnostic.code == "CBACK010"


def test_rebuild_starts_no_compiler(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build(hello("again"), tmp_path, cache)
    assert not first.cached

    def refuse(*_: object) -> None:
        raise AssertionError("the compiler was started")

    monkeypatch.setattr(build_module_, "run_compiler", refuse)
    first.path.unlink()
    second = build(hello("again"), tmp_path, cache)
    assert second.cached
    assert subprocess.run([second.path], capture_output=True, check=True).stdout == b"again\n"
    for changed in (hello("other"),):
        with pytest.raises(AssertionError):
            build(changed, tmp_path, cache)
    with pytest.raises(AssertionError):
        build(hello("again"), tmp_path, cache, release=True)


@pytest.mark.parametrize("kind", ["file", "unwritable", "truncated"])
def test_broken_cache_does_not_matter(
    kind: str, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad"
    if kind == "file":
        bad.write_text("not a folder")
    elif kind == "unwritable":
        bad = Path("/proc/nothing")
    else:
        build(hello(), tmp_path, bad)
        for entry in bad.rglob("demo"):
            if entry.is_file():
                entry.unlink()
    assert execute(hello(), tmp_path, bad) == (0, "hello\n", "")


@pytest.mark.parametrize("suffix", ["demo", "demo.c", "part_text.o", "SHA256SUMS"])
def test_damaged_files_of_the_cache_are_made_again(suffix: str, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    build(hello(), tmp_path, cache)
    damaged = [file for file in cache.rglob(suffix) if file.is_file()]
    for file in damaged:
        data = file.read_bytes()
        middle = len(data) // 2
        file.write_bytes(data[:middle] + bytes([data[middle] ^ 0x40]) + data[middle + 1 :])
    if suffix.endswith(".o"):
        shutil.rmtree(next(cache.rglob("demo")).parent)
    assert execute(hello(), tmp_path, cache) == (0, "hello\n", "")
    assert build(hello(), tmp_path, cache).cached


@pytest.mark.parametrize(("cc", "told"), [("false", "no reason"), ("true", "wrote no smallest")])
def test_compiler_that_does_not_work_is_a_diagnostic(cc: str, told: str, tmp_path: Path) -> None:
    request = BuildRequest("demo", tmp_path / "demo", cache_dir=tmp_path, options={"cc": cc})
    with pytest.raises(SpyError) as caught:
        CBackend().build(encode(hello()), request)
    assert caught.value.diagnostic.code == "CBACK017"
    assert told in caught.value.diagnostic.notes[0]


def test_running_program_can_be_rebuilt(tmp_path: Path, cache: Path) -> None:
    wait = n.Call("str", P, "input::_readline", ())
    externs = (WRITE, Extern("input::_readline", (), "str", EFFECTS))
    waiting = program(function("main", {}, "None", [run(wait), show(wait)]), externs=externs)
    path = build(waiting, tmp_path, cache).path
    running = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    build(hello(), tmp_path, cache)
    assert running.communicate(b"a\nb\n")[0] == b"b\n\n"


def test_missing_compiler_is_a_diagnostic(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SpyError) as caught:
        build(hello(), tmp_path, cache)
    assert caught.value.diagnostic.code == "CBACK001"
    assert caught.value.diagnostic.hint
    monkeypatch.setenv("CC", "no-such-compiler -x")
    with pytest.raises(SpyError) as caught:
        build(hello(), tmp_path, cache)
    assert caught.value.diagnostic.code == "CBACK002"


def test_compiler_is_found_in_order(tmp_path: Path) -> None:
    gcc = shutil.which("gcc")
    assert gcc
    assert find_compiler(None, {"CC": f"{gcc} -m64"}).command == (gcc, "-m64")
    assert find_compiler(gcc, {"CC": "clang"}).command == (gcc,)
    assert find_compiler(None, {}).command == ("cc",)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "poem"}, "CBACK009"),
        ({"target": "moon"}, "CBACK013"),
        ({"options": {"fast": "1"}}, "CBACK007"),
        ({"options": {"debug_c": "maybe"}}, "CBACK008"),
        ({"out": Path("/proc/nothing/demo")}, "CBACK011"),
    ],
)
def test_wrong_requests_are_diagnostics(
    change: dict[str, object], code: str, tmp_path: Path, cache: Path
) -> None:
    request = replace(BuildRequest("demo", tmp_path / "demo", cache_dir=cache), **change)
    with pytest.raises(SpyError) as caught:
        CBackend().build(encode(hello()), request)
    assert caught.value.diagnostic.code == code


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (program(entry=None), "CBACK006"),
        (program(function("main", {"x": "demo::L"}, "None", []), types={"demo::L": ARGV}), "CBACK016"),
    ],
)
def test_wrong_programs_are_diagnostics(source: Program, code: str, tmp_path: Path, cache: Path) -> None:
    with pytest.raises(SpyError) as caught:
        build(source, tmp_path, cache)
    assert caught.value.diagnostic.code == code


def test_what_is_no_ir_is_a_diagnostic(tmp_path: Path, cache: Path) -> None:
    with pytest.raises(SpyError):
        CBackend().build(b"nonsense", BuildRequest("demo", tmp_path / "demo", cache_dir=cache))


def test_emitted_c_is_readable() -> None:
    fib = function(
        "fib",
        {"n": "i32"},
        "i32",
        [
            n.If(P, prim("i32_lt", local("n"), const(2)), (ret(local("n")),), ()),
            ret(
                prim(
                    "i32_add",
                    call("demo::fib", prim("i32_sub", local("n"), const(1))),
                    call("demo::fib", prim("i32_sub", local("n"), const(2))),
                )
            ),
        ],
    )
    text = emit_c(encode(program(fib, entry=None)), release=True)
    assert text.endswith(
        "static int32_t spy_demo$fib(int32_t n_) {\n"
        "    if (n_ < 2) {\n"
        "        return n_;\n"
        "    }\n"
        "    return spy_demo$fib(n_ - 1) + spy_demo$fib(n_ - 2);\n"
        "}\n\n\n"
    )


def test_parallel_builds_share_the_cache(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "ir").write_bytes(encode(hello("shared")))
    script = (
        "import sys; from pathlib import Path; from spy_cbackend.backend import CBackend\n"
        "from spy_types.artifacts import BuildRequest\n"
        "request = BuildRequest('demo', Path('demo'), cache_dir=Path('fresh'))\n"
        "CBackend().build(Path('ir').read_bytes(), request)\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", script], cwd=tmp_path) for _ in range(2)]
    assert [process.wait() for process in runs] == [0, 0]
    assert subprocess.run([tmp_path / "demo"], capture_output=True, check=True).stdout == b"shared\n"
    assert not [path for path in (tmp_path / "fresh").rglob("new-*")]
    assert os.access(tmp_path / "demo", os.X_OK)
