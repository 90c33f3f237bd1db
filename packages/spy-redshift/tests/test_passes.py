"""The passes, on programs made by hand: what goes in, what comes out, valid after each."""

from collections.abc import Callable

import pytest
from spy_redshift.passes.effects import effects
from spy_redshift.passes.prune import prune
from spy_redshift.pipeline import PASSES
from spy_types.program import build
from spy_types.program.build import call, const, evaluate, function, local, prim, raise_, ret
from spy_types.program.program import Effects, Function, Program
from spy_types.program.verify import verify

X = local("x", "i32")
PURE = Effects(raises=False, allocates=False, pure=True)
RAISES = Effects(raises=True, allocates=False, pure=True)

ADD = function("demo::add", [("x", "i32")], "i32", [ret(prim("i32_add", X, const(1)))])
DIVIDE = function("demo::divide", [("x", "i32")], "i32", [ret(prim("i32_floordiv", const(1), X))])
FAIL = function("demo::fail", [], "None", [raise_("ValueError")])
CALLS_ADD = function("demo::calls_add", [("x", "i32")], "i32", [ret(call(ADD, X))])
CALLS_DIVIDE = function("demo::calls_divide", [("x", "i32")], "i32", [ret(call(DIVIDE, X))])
TEXT = function("demo::text", [("x", "i32")], "str", [ret(prim("i32_str", X))])
ALL = [ADD, DIVIDE, FAIL, CALLS_ADD, CALLS_DIVIDE, TEXT]


def made(*functions: Function, entry: Function) -> Program:
    result = build.program(*functions, entry=entry)
    verify(result)
    return result


def main(*callees: Function) -> Function:
    return function(
        "demo::main", [], "None", [evaluate(call(f, *(const(1) for _ in f.params))) for f in callees]
    )


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (ADD, PURE),
        (DIVIDE, RAISES),
        (FAIL, RAISES),
        (CALLS_ADD, PURE),
        (CALLS_DIVIDE, RAISES),
        (TEXT, Effects(raises=False, allocates=True, pure=True)),
    ],
    ids=lambda value: getattr(value, "fqn", ""),
)
def test_effects_come_from_operations_and_from_calls(subject: Function, expected: Effects) -> None:
    start = main(*ALL)
    after = effects(made(*ALL, start, entry=start))
    assert next(f.effects for f in after.functions if f.fqn == subject.fqn) == expected


def test_effects_of_functions_that_call_each_other() -> None:
    even = function("demo::even", [("x", "i32")], "i32", [ret(X)])
    odd = function("demo::odd", [("x", "i32")], "i32", [evaluate(call(DIVIDE, X)), ret(call(even, X))])
    even = function("demo::even", [("x", "i32")], "i32", [ret(call(odd, X))])
    start = main(even)
    after = effects(made(DIVIDE, odd, even, start, entry=start))
    assert {f.fqn: f.effects.raises for f in after.functions} == dict.fromkeys(
        ["demo::divide", "demo::odd", "demo::even", "demo::main"], True
    )


def test_prune_keeps_what_main_reaches() -> None:
    start = main(CALLS_ADD)
    after = prune(made(*ALL, start, entry=start))
    assert [f.fqn for f in after.functions] == ["demo::add", "demo::calls_add", "demo::main"]


def test_prune_of_a_pruned_program_changes_nothing() -> None:
    start = main(CALLS_ADD)
    once = prune(made(*ALL, start, entry=start))
    assert prune(once) == once


@pytest.mark.parametrize("name", ["simple", "unrolled", "image", "order"])
def test_the_program_is_valid_after_every_pass(program: Callable[..., Program], name: str) -> None:
    result = program(name)
    for run in PASSES:
        result = run(result)
        verify(result)
