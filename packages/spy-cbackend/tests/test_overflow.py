from pathlib import Path
from types import ModuleType

import pytest
from cbackend_support.building import at, call, const, function, local, prim, program, run, show
from cbackend_support.cases import edges
from cbackend_support.prim_module import build_module, prim_program
from cbackend_support.python_prims import RANGE, wrap
from cbackend_support.running import execute
from spy_types.program.nodes import ForRange
from spy_types.program.types import SIGNED

WORDS = {
    "add": "addition",
    "sub": "subtraction",
    "mul": "multiplication",
    "floordiv": "floor division",
    "pow": "power",
    "neg": "negation",
}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> ModuleType:
    ops = {f"{t}_{op}" for t in SIGNED for op in (*WORDS, "wrapping_add")} | {"u8_add"}
    full = prim_program("check")
    functions = tuple(f for f in full.functions if f.display in ops)
    exports = tuple(e for e in full.exports if e.name in ops)
    small = program(*functions, entry=None, externs=(), exports=exports, overflow="check")
    return build_module(small, tmp_path_factory.mktemp("checked"), "checked", cache, release=False)


def exact(op: str, a: int, b: int) -> int:
    match op:
        case "add":
            return a + b
        case "sub":
            return a - b
        case "mul":
            return a * b
        case "floordiv":
            return a // b
        case "pow":
            return a**b
        case _:
            return -a


@pytest.mark.parametrize("t", SIGNED)
def test_overflow_is_an_error_where_it_is_checked(t: str, checked: ModuleType) -> None:
    low, high = RANGE[t]
    for op, word in WORDS.items():
        for a in edges(t):
            for b in edges(t):
                assert isinstance(a, int)
                assert isinstance(b, int)
                if (op == "floordiv" and b == 0) or (op == "pow" and not 0 <= b < 200):
                    continue
                call = getattr(checked, f"{t}_{op}")
                args = (a,) if op == "neg" else (a, b)
                value = exact(op, a, b)
                if low <= value <= high:
                    assert call(*args) == value, (op, args)
                    continue
                with pytest.raises(OverflowError) as caught:
                    call(*args)
                assert str(caught.value) == f"{t} {word} overflowed", (op, args)


def test_wrapping_and_unsigned_operations_wrap_all_the_same(checked: ModuleType) -> None:
    assert checked.i8_wrapping_add(127, 1) == -128
    assert checked.u8_add(255, 1) == 0


def test_debug_builds_warn_once_per_place(tmp_path: Path, cache: Path) -> None:
    big = const(2**31 - 1)
    body = [
        ForRange(
            at(1), "i", const(0), const(3), const(1), (show(prim("i32_add", big, local("i"), line=2)),), ()
        ),
        show(prim("i8_neg", const(-128, "i8"), line=3)),
        show(prim("i32_pow", const(10), const(11), line=4)),
        show(prim("i32_floordiv", const(-(2**31)), const(-1), line=5)),
        show(prim("i32_wrapping_add", big, const(1), line=6)),
        show(prim("u8_add", const(255, "u8"), const(1, "u8"), line=7)),
    ]
    source = program(function("main", {}, "None", body, {"i": "i32"}))
    code, out, err = execute(source, tmp_path, cache)
    low = -(2**31)
    values = [2**31 - 1, low, low + 1, -128, wrap(10**11, "i32"), low, low, 0]
    assert (code, out.split()) == (0, [str(v) for v in values])
    hint = "use i64 or --overflow=check"
    assert err == (
        f"i32 addition overflowed and wrapped, demo.spy:2; {hint}\n"
        f"i8 negation overflowed and wrapped, demo.spy:3; {hint}\n"
        f"i32 power overflowed and wrapped, demo.spy:4; {hint}\n"
        f"i32 floor division overflowed and wrapped, demo.spy:5; {hint}\n"
    )
    assert execute(source, tmp_path, cache, release=True) == (0, out, "")


def test_ranges_end_at_the_edge_of_their_type(tmp_path: Path, cache: Path) -> None:
    def loop(t: str, start: int, stop: int, step: int) -> list[object]:
        body = (show(local("i", t)),)
        return [ForRange(at(1), "i", const(start, t), const(stop, t), const(step, t), body, ())]

    cases = [
        ("i8", 120, 127, 3),
        ("i8", -120, -128, -3),
        ("i32", 2**31 - 3, 2**31 - 1, 1),
        ("i64", -(2**63) + 2, -(2**63), -1),
        ("i64", -(2**63), 2**63 - 1, 2**62),
        ("u8", 250, 255, 4),
        ("i32", 5, 5, 2),
        ("i32", 5, 1, 2),
        ("u64", 2**64 - 3, 2**64 - 1, 1),
    ]
    functions = [function(f"f{i}", {}, "None", loop(*case), {"i": case[0]}) for i, case in enumerate(cases)]
    calls = [run(call(f"demo::f{i}", t="None")) for i in range(len(cases))]
    source = program(*functions, function("main", {}, "None", calls))
    code, out, _ = execute(source, tmp_path, cache, release=True)
    assert code == 0
    assert out.split() == [str(v) for _, *bounds in cases for v in range(*bounds)]
