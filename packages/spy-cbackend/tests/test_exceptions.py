from pathlib import Path

import pytest
from cbackend_support.building import P, at, call, const, function, if_, local, prim, program, ret, run, show
from cbackend_support.running import execute
from spy_types.program import nodes as n

TEXT = 'def div(a, b):\n    return a // b\n\ndef main():\n    print("start")\n    div(1, 0)  # "\\?\n'


def div_program(**more: object) -> object:
    div = function(
        "div",
        {"a": "i32", "b": "i32"},
        "i32",
        [ret(prim("i32_floordiv", local("a"), local("b"), line=2), line=2)],
    )
    main = function(
        "main", {}, "None", [show(const("start")), run(call("demo::div", const(1), const(0), line=6), 6)]
    )
    return program(div, main, text=TEXT, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("release", [False, True])
def test_uncaught_exception_is_reported_as_cpython_does(release: bool, tmp_path: Path, cache: Path) -> None:
    code, out, err = execute(div_program(), tmp_path, cache, release=release)  # type: ignore[arg-type]
    assert (code, out) == (1, "start\n")
    assert err == (
        "Traceback (most recent call last):\n"
        '  File "demo.spy", line 6, in main\n'
        '    div(1, 0)  # "\\?\n'
        '  File "demo.spy", line 2, in div\n'
        "    return a // b\n"
        "ZeroDivisionError: integer division or modulo by zero\n"
    )


def raising(etype: str, message: n.Expr | None) -> object:
    return program(function("main", {}, "None", [n.Raise(at(1), etype, message)]), text="raise it")


@pytest.mark.parametrize(
    ("etype", "message", "code", "last"),
    [
        ("ValueError", "no", 1, "ValueError: no\n"),
        ("ValueError", None, 1, "ValueError\n"),
        ("KeyError", "'k'", 1, "KeyError: 'k'\n"),
        ("Trouble", "é\nx", 1, "Trouble: é\nx\n"),
        ("SystemExit", None, 0, ""),
        ("SystemExit", "bye", 1, "bye\n"),
    ],
)
def test_raise(etype: str, message: str | None, code: int, last: str, tmp_path: Path, cache: Path) -> None:  # noqa: PLR0913, PLR0917  # all of them matter to every caller
    source = raising(etype, None if message is None else const(message))
    found, _, err = execute(source, tmp_path, cache)  # type: ignore[arg-type]
    head = 'Traceback (most recent call last):\n  File "demo.spy", line 1, in main\n    raise it\n'
    assert found == code
    assert err == (last if etype == "SystemExit" else head + last)


def test_repeated_lines_are_counted(tmp_path: Path, cache: Path) -> None:
    down = function(
        "down",
        {"k": "i32"},
        "i32",
        [
            if_(prim("i32_eq", local("k"), const(0)), [n.Raise(at(2), "ValueError", None)]),
            ret(call("demo::down", prim("i32_sub", local("k"), const(1)), line=3), line=3),
        ],
    )
    main = function("main", {}, "None", [run(call("demo::down", const(10), line=3))])
    _, _, err = execute(program(down, main, text="a\nb\nc"), tmp_path, cache)
    # python3 -c 'def down(k): ...' prints the same.
    assert err.splitlines()[3:] == [
        *['  File "demo.spy", line 3, in down', "    c"] * 3,
        "  [Previous line repeated 7 more times]",
        '  File "demo.spy", line 2, in down',
        "    b",
        "ValueError",
    ]


@pytest.mark.parametrize("release", [False, True])
@pytest.mark.parametrize("kind", ["tail", "sum", "nothing"])
def test_endless_recursion_is_an_error(kind: str, release: bool, tmp_path: Path, cache: Path) -> None:
    again = call("demo::f", prim("i32_add", local("k"), const(1)), line=2)
    match kind:
        case "tail":
            f = function("f", {"k": "i32"}, "i32", [ret(again)])
        case "sum":
            f = function("f", {"k": "i32"}, "i32", [ret(prim("i32_add", const(1), again))])
        case _:
            f = function("f", {"k": "i32"}, "i32", [run(again), ret(const(1))])
    main = function("main", {}, "None", [show(const("start")), run(call("demo::f", const(0)))])
    code, out, err = execute(program(f, main), tmp_path, cache, release=release)
    head = 'Traceback (most recent call last):\n  File "demo.spy", line 2, in f\n    line two\n'
    warning, _, report = err.partition("Traceback")
    assert (code, out) == (1, "start\n")
    assert "Traceback" + report == f"{head}RecursionError: maximum recursion depth exceeded\n"
    assert not warning or "overflowed" in warning


def test_main_gives_the_exit_code(tmp_path: Path, cache: Path) -> None:
    main = function("main", {}, "i32", [show(const("x")), ret(const(259))])
    assert execute(program(main), tmp_path, cache) == (3, "x\n", "")


def test_reading_an_unassigned_local(tmp_path: Path, cache: Path) -> None:
    body = [if_(prim("i32_eq", local("k"), const(1)), [n.Assign(P, "x", const(5))]), show(local("x"))]
    f = function("f", {"k": "i32"}, "None", body, {"x": "i32"})
    main = function("main", {}, "None", [run(call("demo::f", const(k), t="None")) for k in (1, 0)])
    code, out, err = execute(program(f, main), tmp_path, cache, release=True)
    assert (code, out) == (1, "5\n")
    # CPython's words for the same program.
    assert err.endswith(
        "UnboundLocalError: cannot access local variable 'x' where it is not associated with a value\n"
    )
