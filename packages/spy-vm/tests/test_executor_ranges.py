"""What the executor derives about integers holds for each of them: all values of small ranges are tried."""

import operator
from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spy_types.program.nodes import And, Expr, Local, Or, Pos, Prim
from spy_vm.executor import ranges
from spy_vm.executor.ranges import EXACT, EXACT_UNARY, FULL, Range, join, loop_range
from spy_vm.executor.refine import refine
from spy_vm.executor.scalar_prims import CERTAIN

POS = Pos(0, 1, 1, 1, 2)
COMPARE: dict[str, Callable[[int, int], bool]] = {
    name: getattr(operator, name) for name in ("eq", "ne", "lt", "le", "gt", "ge")
}
EXACTLY: dict[str, Callable[[int, int], int]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "floordiv": operator.floordiv,
    "mod": operator.mod,
    "and": operator.and_,
    "or": operator.or_,
    "xor": operator.xor,
    "lshift": operator.lshift,
    "rshift": operator.rshift,
}


def small(low: int = -9, high: int = 9) -> st.SearchStrategy[Range]:
    return st.tuples(st.integers(low, high), st.integers(low, high)).map(
        lambda pair: Range(min(pair), max(pair))
    )


def values(r: Range) -> range:
    return range(r.low, r.high + 1)


@pytest.mark.parametrize("name", EXACTLY)
@given(a=small(), data=st.data())
def test_results_lie_in_the_range(name: str, a: Range, data: st.DataObject) -> None:
    b = data.draw(small(0, 6) if "shift" in name else small())
    low, high = EXACT[name](a, b)
    for x, y in product(values(a), values(b)):
        if y or name not in ("floordiv", "mod"):
            assert low <= EXACTLY[name](x, y) <= high


@given(a=small(), exponent=st.integers(0, 5))
def test_results_of_one_operand(a: Range, exponent: int) -> None:
    for x in values(a):
        for name, exact in {"neg": -x, "invert": ~x}.items():
            low, high = EXACT_UNARY[name](a)
            assert low <= exact <= high
        low, high = ranges.power(a, exponent)
        assert low <= x**exponent <= high


@pytest.mark.parametrize("name", COMPARE)
@given(a=small(), b=small())
def test_what_is_certain_is_so(name: str, a: Range, b: Range) -> None:
    answers = {COMPARE[name](x, y) for x, y in product(values(a), values(b))}
    certain = CERTAIN[name](a, b)
    assert certain is None or answers == {certain}
    assert certain is not None or len(answers) == 2 or name in ("eq", "ne")


def local(name: str) -> Local:
    return Local("i32", POS, name)


@st.composite
def conditions(draw: st.DrawFn, depth: int = 2) -> tuple[Expr, Callable[[dict[str, int]], bool]]:
    if depth and draw(st.booleans()):
        left, left_holds = draw(conditions(depth - 1))
        right, right_holds = draw(conditions(depth - 1))
        match draw(st.sampled_from(["and", "or", "not"])):
            case "and":
                return And("bool", POS, left, right), lambda env: left_holds(env) and right_holds(env)
            case "or":
                return Or("bool", POS, left, right), lambda env: left_holds(env) or right_holds(env)
        return Prim("bool", POS, "bool_not", (left,)), lambda env: not left_holds(env)
    name = draw(st.sampled_from(sorted(COMPARE)))
    x, y = draw(st.permutations("xy"))
    return Prim("bool", POS, f"i32_{name}", (local(x), local(y))), lambda env: COMPARE[name](env[x], env[y])


@given(conditions(), small(), small(), st.booleans())
def test_conditions_narrow_to_what_fulfils_them(
    condition: tuple[Expr, Callable[[dict[str, int]], bool]], x: Range, y: Range, truth: bool
) -> None:
    expr, holds = condition
    known = {"x": x, "y": y}

    def range_of(node: Expr) -> Range | None:
        return known[node.name] if isinstance(node, Local) else None

    narrowed = refine(expr, truth, known, range_of)
    for a, b in product(values(x), values(y)):
        env = {"x": a, "y": b}
        if holds(env) == truth:
            assert all(narrowed[name].low <= env[name] <= narrowed[name].high for name in env)


def test_a_comparison_narrows_as_far_as_it_can() -> None:
    known = {"x": Range(0, 100)}

    def range_of(node: Expr) -> Range | None:
        return known["x"] if isinstance(node, Local) else Range(10, 10)

    ten = Prim("i32", POS, "i32_neg", (local("x"),))
    found = {}
    for name in COMPARE:
        cond = Prim("bool", POS, f"i32_{name}", (local("x"), ten))
        found[name] = refine(cond, True, known, range_of)["x"]
    assert found == {
        "eq": Range(10, 10),
        "ne": Range(0, 100),
        "lt": Range(0, 9),
        "le": Range(0, 10),
        "gt": Range(11, 100),
        "ge": Range(10, 100),
    }


@given(small(), small(), small(-4, 4))
def test_loops_count_in_their_range(start: Range, stop: Range, step: Range) -> None:
    low, high = loop_range(start, stop, step, FULL["i32"])
    for a, b, by in product(values(start), values(stop), values(step)):
        if by:
            assert all(low <= i <= high for i in range(a, b, by))


def test_join_keeps_what_both_know() -> None:
    assert join({"a": Range(0, 1), "b": Range(0, 0)}, {"a": Range(5, 6), "c": Range(0, 0)}) == {
        "a": Range(0, 6)
    }
