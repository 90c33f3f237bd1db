import re
import subprocess
from shutil import which

import msgspec
import pytest
from spy_graphviz_backend.drawing import draw
from spy_types.errors import SpyError
from spy_types.program.build import (
    HERE,
    PURE,
    assign,
    call,
    const,
    evaluate,
    for_range,
    function,
    if_,
    local,
    prim,
    program,
    raise_,
    ret,
    while_,
)
from spy_types.program.constants import FuncConst
from spy_types.program.nodes import Break, CallIndirect, Const, Continue
from spy_types.program.program import Effects, Export, Extern, Program
from spy_types.program.types import FuncType
from spy_types.program.verify import verify
from spy_types.testing import GoldenCase

A, I, N = local("a", "bool"), local("i", "i32"), local("n", "i32")  # noqa: E741
ALLOCATES = Effects(raises=False, allocates=True, pure=False)
QUIET = Effects(raises=False, allocates=False, pure=False)
RAISES = Effects(raises=True, allocates=False, pure=True)


def straight() -> Program:
    main = function("demo::main", body=[assign("i", const(1)), evaluate(I)])
    return program(main, entry=main)


def collatz() -> Program:
    even = prim("i32_eq", prim("i32_mod", N, const(2)), const(0))
    odd_step = prim("i32_add", prim("i32_mul", const(3), N), const(1))
    steps = function(
        "demo::steps",
        [("n", "i32")],
        "i32",
        [
            if_(prim("i32_lt", N, const(1)), [raise_("ValueError", const('"n" < 1'))]),
            assign("i", const(0)),
            while_(
                prim("i32_ne", N, const(1)),
                [
                    if_(even, [assign("n", prim("i32_floordiv", N, const(2)))], [assign("n", odd_step)]),
                    assign("i", prim("i32_add", I, const(1))),
                ],
            ),
            ret(I),
        ],
        effects=RAISES,
    )
    main = function("demo::main", result="i32", body=[ret(call(steps, const(27)))])
    return program(main, steps, entry=main)


def loops() -> Program:
    body = [
        while_(
            A,
            [if_(A, [Break(HERE)], [Continue(HERE)])],
            [evaluate(I)],
        ),
        for_range(
            "i", const(0), const(3), const(1), [for_range("i", const(0), const(2), const(1), [Break(HERE)])]
        ),
    ]
    return program(function("demo::f", [("a", "bool"), ("i", "i32")], body=body, effects=QUIET))


def calls() -> Program:
    compare = "builtins::def[i32, i32]"
    inc = function("lib::inc", [("i", "i32")], "i32", [ret(I)], effects=PURE)
    clock = Extern("time::time", (), "f64", QUIET)
    make = function("lib::make", body=[], effects=ALLOCATES)
    f = local("f", compare)
    main = function(
        "demo::main",
        body=[
            assign("f", Const(compare, HERE, FuncConst("lib::inc"))),
            evaluate(CallIndirect("i32", HERE, f, (call(inc, const(1)),))),
            evaluate(call(inc, const(2))),
            evaluate(call(clock)),
            evaluate(call(make)),
        ],
    )
    return program(
        main,
        inc,
        make,
        entry=main,
        externs=[clock],
        exports=[Export("inc", "lib::inc")],
        types={compare: FuncType("def(i32) -> i32", ("i32",), "i32")},
    )


PROGRAMS = {case.__name__: case for case in (straight, collatz, loops, calls)}
by_case = pytest.mark.parametrize("case", PROGRAMS.values())


def test_draw(golden: GoldenCase) -> None:
    golden.check("dot", draw(PROGRAMS[golden.path.stem]()))


@by_case
def test_the_cases_are_valid_programs(case):
    verify(case())


@by_case
def test_every_edge_joins_nodes_that_are_drawn(case):
    text = draw(case())
    name = r'("(?:[^"\\]|\\.)*"|\w+)'
    nodes = set(re.findall(rf"^ +{name} \[", text, re.MULTILINE)) - {"node", "edge"}
    ends = {end for edge in re.findall(rf"^ +{name} -> {name}", text, re.MULTILINE) for end in edge}
    assert ends
    assert ends <= nodes


@by_case
def test_braces_and_quotes_are_balanced(case):
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', "", draw(case()))
    assert '"' not in outside
    assert outside.count("{") == outside.count("}")


@pytest.mark.skipif(which("dot") is None, reason="needs Graphviz")
@by_case
def test_graphviz_accepts_it(case):
    subprocess.run(["dot", "-Tsvg"], input=draw(case()).encode(), stdout=subprocess.DEVNULL, check=True)


def test_one_module_alone():
    text = draw(calls(), module="lib")
    assert 'label="lib::inc"' in text
    assert "demo::main" not in text


def test_calls_alone():
    text = draw(collatz(), flow=False)
    assert '"demo::main" -> "demo::steps"' in text
    assert text.count("subgraph") == 1


def test_a_module_without_functions_is_an_error():
    with pytest.raises(SpyError, match="DOT003"):
        draw(calls(), module="nobody")


def test_names_cannot_break_out_of_their_quotes():
    tree = program(function('demo::"];\\'))
    assert r'"demo::\"];\\" [label=' in draw(tree)


def test_the_recursion_of_elif_is_not_the_limit():
    stmt = if_(A, [evaluate(I)])
    for _ in range(390):
        stmt = if_(A, [evaluate(I)], [stmt])
    tree = program(msgspec.structs.replace(loops().functions[0], body=(stmt,)))
    verify(tree)
    assert draw(tree).count("diamond") == 391
