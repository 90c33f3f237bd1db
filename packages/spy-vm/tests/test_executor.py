"""What Program IR means to the executor."""

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from spy_types.errors import SpyError
from spy_types.prims.table import PRIMS
from spy_types.program.constants import (
    BoolConst,
    DynamicConst,
    FloatConst,
    FuncConst,
    IntConst,
    NullConst,
    PtrConst,
    StrConst,
    StructConst,
)
from spy_types.program.nodes import (
    AddrOf,
    Alloc,
    And,
    Assign,
    AssignExpr,
    BlockExpr,
    Break,
    Call,
    CallIndirect,
    Const,
    Continue,
    DynamicOp,
    Eval,
    Expr,
    ForRange,
    FromDynamic,
    GetField,
    GlobalGet,
    GlobalSet,
    If,
    IfExp,
    Load,
    Local,
    MakeStruct,
    Or,
    Pos,
    Prim,
    PtrOp,
    Raise,
    Return,
    Stmt,
    Store,
    ToDynamic,
    While,
)
from spy_types.program.program import Block, Effects, Features, Function, Global, Param, Program, Source
from spy_types.program.types import Field, FuncType, PtrType, StructType, TypeDef
from spy_vm.exceptions import Raised
from spy_vm.executor import Executor, traceback_entries
from spy_vm.host import OverflowWarner
from spy_vm.memory import NULL, Dyn, Ptr, from_values
from spy_vm.modules import HostIO

POS = Pos(0, 1, 1, 1, 2)
PTR = "unsafe::gc_ptr[i32]"
POINTS = "unsafe::raw_ptr[test::P]"
PAIR = "test::Pair"
P = "test::P"
FUNC = "builtins::def[i32, i32]"
TYPES: dict[str, TypeDef] = {
    PTR: PtrType("gc_ptr[i32]", "gc", "i32"),
    PAIR: StructType("test::Pair", (Field("a", "i32"), Field("b", "str"))),
    "test::Two": StructType("test::Two", (Field("a", "i32"), Field("b", "i32"))),
    P: StructType("test::P", (Field("x", "i32"), Field("pair", PAIR), Field("y", "f64"))),
    POINTS: PtrType("raw_ptr[P]", "raw", P),
    "unsafe::raw_ref[test::P]": PtrType("raw_ref[P]", "raw", P),
    "unsafe::gc_ptr[test::Pair]": PtrType("gc_ptr[Pair]", "gc", PAIR),
    FUNC: FuncType("def(i32) -> i32", ("i32",), "i32"),
}
EFFECTS = Effects(raises=True, allocates=True, pure=False)


def at(line: int, col: int = 1, end_col: int = 2) -> Pos:
    return Pos(0, line, col, line, end_col)


def num(value: int, t: str = "i32") -> Const:
    return Const(t, POS, IntConst(value))


def flt(value: float) -> Const:
    return Const("f64", POS, FloatConst(value.hex()))


def text(value: str) -> Const:
    return Const("str", POS, StrConst(value))


def boolean(value: bool) -> Const:
    return Const("bool", POS, BoolConst(value))


def var(name: str, t: str = "i32") -> Local:
    return Local(t, POS, name)


def prim(op: str, *args: Expr, pos: Pos = POS) -> Prim:
    return Prim(PRIMS[op].result, pos, op, args)


def add(left: Expr, right: Expr) -> Prim:
    return prim("i32_add", left, right)


def call(name: str, *args: Expr, t: str = "i32", pos: Pos = POS) -> Call:
    return Call(t, pos, name, args)


def ret(value: Expr | None, pos: Pos = POS) -> Return:
    return Return(pos, value)


def let(name: str, value: Expr) -> Assign:
    return Assign(POS, name, value)


def note(value: Expr) -> Call:
    """A call of the extern that keeps what it is given, and returns it."""
    return call("test::note", value)


def function(  # noqa: PLR0913  # by keyword mostly
    name: str,
    params: Sequence[str],
    body: Sequence[Stmt],
    *,
    t: str = "i32",
    pos: Pos = POS,
    types: dict[str, str] | None = None,
    locals: Sequence[str] = (),
) -> Function:
    types = types or {}
    return Function(
        fqn=f"demo::{name}",
        display=f"demo::{name}",
        params=tuple(Param(p, types.get(p, "i32")) for p in params),
        result=t,
        locals=tuple(Param(p, types.get(p, "i32")) for p in locals),
        body=tuple(body),
        pos=pos,
        effects=EFFECTS,
        inline="auto",
        doc=None,
    )


@dataclass
class Run:
    """A program in the executor, what it noted, what it wrote and what was warned of."""

    executor: Executor
    noted: list[Any]
    warnings: list[str]

    def __call__(self, name: str, *args: Any) -> Any:
        return self.executor.function(f"demo::{name}")(*args)

    def failure(self, name: str, *args: Any) -> str:
        with pytest.raises(Raised) as error:
            self(name, *args)
        return str(error.value)


def program(
    *functions: Function,
    globals: Sequence[Global] = (),
    blocks: Sequence[Block] = (),
    overflow: Any = "wrap",
    source: str = "",
    entry: str | None = None,
) -> Program:
    return Program(
        schema="spyir",
        version=1,
        producer="test",
        features=Features(overflow),
        sources=(
            Source("demo.spy", "", source),
            Source("other.spy", "", ""),
            Source("<lib>/lib.spy", "", ""),
        ),
        types=TYPES,
        blocks=tuple(blocks),
        globals=tuple(globals),
        externs=(),
        functions=functions,
        entry=entry,
        exports=(),
    )


def run(*functions: Function, dynamic_op: Callable[..., Any] | None = None, **kwargs: Any) -> Run:
    noted: list[Any] = []
    warnings: list[str] = []

    def keep(value: Any) -> Any:
        noted.append(value)
        return value

    executor = Executor.from_program(
        program(*functions, **kwargs),
        externs={"test::note": keep},
        dynamic_op=dynamic_op,
        warner=OverflowWarner(warnings.append),
    )
    return Run(executor, noted, warnings)


def value_of(expr: Expr, *args: Any, params: Sequence[str] = (), types: dict[str, str] | None = None) -> Any:
    return run(function("f", params, [ret(expr)], types=types, t=expr.t))("f", *args)


# --- integers ------------------------------------------------------------------------------------


def test_overflow_wraps_and_warns_once_per_place() -> None:
    world = run(function("f", ["a", "b"], [ret(prim("i32_add", var("a"), var("b"), pos=at(12)))]))
    assert world("f", 2**31 - 1, 1) == -(2**31)
    assert world("f", 2**31 - 1, 2) == -(2**31) + 1
    assert world("f", 1, 2) == 3
    assert world.warnings == [
        "i32 addition overflowed and wrapped, demo.spy:12; use i64 or --overflow=check\n"
    ]


def test_overflow_is_an_error_when_checked() -> None:
    body = [let("c", prim("i32_mul", var("a"), var("a"))), ret(var("c"))]
    world = run(function("f", ["a"], body, locals=["c"]), overflow="check")
    assert world("f", 46340) == 2147395600
    assert world.failure("f", 46341) == "OverflowError: i32 multiplication overflowed"


@pytest.mark.parametrize(
    ("op", "operands", "expected", "warns"),
    [
        ("i32_sub", (-(2**31), 1), 2**31 - 1, True),
        ("i32_neg", (-(2**31),), -(2**31), True),
        ("i32_floordiv", (-(2**31), -1), -(2**31), True),
        ("i8_mul", (100, 3), 44, True),
        ("i32_pow", (3, 40), -1, True),
        ("i32_wrapping_add", (2**31 - 1, 1), -(2**31), False),
        ("u8_add", (255, 1), 0, False),
        ("u32_sub", (0, 1), 2**32 - 1, False),
        ("u32_neg", (1,), 2**32 - 1, False),
        ("u64_invert", (0,), 2**64 - 1, False),
        ("i32_lshift", (1, 31), -(2**31), False),
        ("i32_to_u8", (-1,), 255, False),
        ("u64_to_i64", (2**63,), -(2**63), False),
    ],
)
def test_results_wrap_into_their_type(op: str, operands: tuple[int, ...], expected: int, warns: bool) -> None:
    if op == "i32_pow":
        expected = (3**40 + 2**31) % 2**32 - 2**31
    names = ["a", "b"][: len(operands)]
    types = dict(zip(names, PRIMS[op].params, strict=True))
    expr = prim(op, *(var(name, types[name]) for name in names))
    world = run(function("f", names, [ret(expr)], types=types))
    assert world("f", *operands) == expected
    assert bool(world.warnings) == warns


@pytest.mark.parametrize("exponent", [0, 1, 2, 3, 5])
def test_powers_with_a_constant_exponent(exponent: int) -> None:
    world = run(function("f", ["a"], [ret(prim("i32_pow", var("a"), num(exponent)))]))
    for base in (-7, 0, 3, 2**31 - 1, -(2**31)):
        assert world("f", base) == (base**exponent + 2**31) % 2**32 - 2**31


def code(*body: Stmt, params: Sequence[str] = ("n",), locals: Sequence[str] = ("i", "s")) -> str:
    return run(function("f", params, body, locals=locals)).executor.python_source("demo::f")


def test_no_check_where_the_range_is_known() -> None:
    guarded = code(
        If(POS, prim("i32_lt", var("n"), num(2)), (ret(num(0)),), ()),
        ret(prim("i32_sub", var("n"), num(1))),
    )
    assert ".overflow" not in guarded
    counted = code(
        ForRange(POS, "i", num(0), var("n"), num(1), (Eval(POS, note(add(var("i"), num(1)))),), ()),
        ret(num(0)),
    )
    assert ".overflow" not in counted
    stepped = code(
        let("i", num(0)),
        While(POS, prim("i32_lt", var("i"), var("n")), (let("i", add(var("i"), num(1))),), ()),
        ret(var("i")),
    )
    assert ".overflow" not in stepped
    masked = code(ret(add(prim("i32_and", var("n"), num(255)), prim("i32_mod", var("n"), num(10)))))
    assert ".overflow" not in masked


def test_a_check_where_a_loop_changes_what_was_known() -> None:
    body = [
        let("s", num(0)),
        ForRange(POS, "i", num(0), var("n"), num(1), (let("s", add(var("s"), num(2**30))),), ()),
        ret(var("s")),
    ]
    assert run(function("f", ["n"], body, locals=["s", "i"]))("f", 3) == 3 * 2**30 - 2**32


def test_what_a_branch_knows_does_not_leave_it() -> None:
    body = [
        If(POS, prim("i32_lt", var("n"), num(0)), (let("s", num(2**31 - 1)),), (let("s", num(0)),)),
        ret(add(var("s"), num(1))),
    ]
    world = run(function("f", ["n"], body, locals=["s"]))
    assert (world("f", -1), world("f", 1)) == (-(2**31), 1)


def test_what_is_assigned_in_part_of_an_expression_is_not_known_after_it() -> None:
    cond = And(
        "bool",
        POS,
        prim("i32_gt", var("n"), num(0)),
        prim("i32_eq", AssignExpr("i32", POS, "s", num(0)), num(0)),
    )
    body = [let("s", num(2**31 - 1)), Eval(POS, cond), ret(add(var("s"), num(1)))]
    world = run(function("f", ["n"], body, locals=["s"]))
    assert (world("f", 1), world("f", 0)) == (1, -(2**31))


LARGEST = num(2**31 - 1)


def set_s(value: Expr) -> AssignExpr:
    return AssignExpr("i32", POS, "s", value)


@pytest.mark.parametrize(("before", "inside"), [(0, 2**31 - 1), (2**31 - 1, 0)])
def test_what_an_arm_assigns_is_not_known_after_it(before: int, inside: int) -> None:
    more = prim("i32_gt", var("n"), num(0))
    choice = IfExp("i32", POS, more, set_s(num(inside)), num(0))
    both = And("bool", POS, more, prim("i32_eq", set_s(num(inside)), num(0)))
    for expr in (note(choice), both):
        body = [let("s", num(before)), Eval(POS, expr), ret(add(var("s"), num(1)))]
        world = run(function("f", ["n"], body, locals=["s"]))
        assert (world("f", 1), world("f", 0)) == tuple(-(2**31) if s else 1 for s in (inside, before))


def test_what_the_else_of_a_loop_assigns_is_not_known_after_a_break() -> None:
    stop = If(POS, prim("i32_eq", var("i"), var("n")), (Break(POS),), ())
    body = [let("s", LARGEST), loop([stop], [let("s", num(0))]), ret(add(var("s"), num(1)))]
    world = run(function("f", ["n"], body, locals=["s", "i"]))
    assert (world("f", 9), world("f", 1)) == (1, -(2**31))


def test_a_condition_that_assigns_says_nothing_of_what_it_read_before() -> None:
    cond = And("bool", POS, prim("i32_lt", var("s"), num(5)), prim("i32_eq", set_s(LARGEST), LARGEST))
    body = [let("s", var("n")), If(POS, cond, (ret(add(var("s"), num(1))),), ()), ret(num(0))]
    world = run(function("f", ["n"], body, locals=["s"]))
    assert (world("f", 1), world("f", 7)) == (-(2**31), 0)


def test_a_pointer_is_read_before_its_index_changes_it() -> None:
    length = PtrOp("i32", POS, "len", (AssignExpr(PTR, POS, "p", var("q", PTR)),))
    world = run(function("f", ["p", "q"], [ret(load(length))], types={"p": PTR, "q": PTR}))
    assert world("f", from_values([10, 20], None), from_values([30], None)) == 20


@pytest.mark.parametrize(
    ("op", "operands", "expected"),
    [
        ("i32_floordiv", (1, 0), "ZeroDivisionError: integer division or modulo by zero"),
        ("i32_mod", (1, 0), "ZeroDivisionError: integer modulo by zero"),
        ("i64_div", (1, 0), "ZeroDivisionError: division by zero"),
        ("f64_div", (1.0, 0.0), "ZeroDivisionError: float division by zero"),
        ("f64_floordiv", (1.0, 0.0), "ZeroDivisionError: float floor division by zero"),
        ("f64_mod", (1.0, 0.0), "ZeroDivisionError: float modulo by zero"),
        ("f32_div", (1.0, 0.0), "ZeroDivisionError: float division by zero"),
        ("complex128_div", (1j, 0j), "ZeroDivisionError: complex division by zero"),
        ("i32_unchecked_mod", (1, 0), "PanicError: division by zero"),
        ("i32_lshift", (1, -1), "ValueError: negative shift count"),
        ("i32_pow", (2, -1), "ValueError: integer ** negative exponent"),
        ("f64_pow", (0.0, -1.0), "ZeroDivisionError: 0.0 cannot be raised to a negative power"),
        ("str_getitem", ("abc", 3), "IndexError: string index out of range"),
        ("bytes_getitem", (b"abc", 3), "IndexError: index out of range"),
        ("str_codepoint", ("abc", 3), "IndexError: string index out of range"),
    ],
)
@pytest.mark.parametrize("overflow", ["wrap", "check"])
def test_errors_of_primitives(op: str, operands: tuple[Any, ...], expected: str, overflow: str) -> None:
    types = dict(zip("ab", PRIMS[op].params, strict=True))
    expr = prim(op, *(var(name, t) for name, t in types.items()))
    assert (
        run(function("f", list(types), [ret(expr)], types=types), overflow=overflow).failure("f", *operands)
        == expected
    )


def test_bools_stay_bools_and_become_ints() -> None:
    types = {"a": "bool", "b": "bool"}
    both = prim("bool_and", var("a", "bool"), var("b", "bool"))
    assert value_of(both, True, False, params=["a", "b"], types=types) is False
    count = prim("bool_to_i32", var("a", "bool"))
    assert repr(value_of(count, True, params=["a"], types=types)) == "1"
    assert value_of(prim("i32_to_bool", var("a")), 7, params=["a"]) is True
    assert value_of(prim("str_to_bool", var("a", "str")), "", params=["a"], types={"a": "str"}) is False


def test_single_precision_rounds_after_each_operation() -> None:
    types = {"a": "f32", "b": "f32"}
    total = prim("f32_add", var("a", "f32"), var("b", "f32"))
    assert value_of(total, 16777216.0, 1.0, params=["a", "b"], types=types) == 16777216.0


def test_mixed_arithmetic_gives_floats() -> None:
    half = prim("f64_mul", prim("i32_to_f64", var("a")), flt(1.0))
    assert repr(value_of(half, 3, params=["a"])) == "3.0"
    both = prim("f64_add", prim("i32_to_f64", var("a")), prim("i32_to_f64", var("a")))
    assert repr(value_of(both, 3, params=["a"])) == "6.0"
    alone = prim("i32_to_f64", var("a"))
    assert repr(value_of(alone, 0, params=["a"])) == "0.0"


# --- control flow --------------------------------------------------------------------------------


def loop(
    body: Sequence[Stmt], orelse: Sequence[Stmt] = (), start: int = 0, stop: int = 5, step: int = 1
) -> ForRange:
    return ForRange(POS, "i", num(start), num(stop), num(step), tuple(body), tuple(orelse))


def noted(*body: Stmt, locals: Sequence[str] = ("i", "j", "s")) -> list[Any]:
    world = run(function("f", [], [*body, ret(num(0))], locals=locals))
    world("f")
    return world.noted


def test_for_range_counts() -> None:
    see = Eval(POS, note(var("i")))
    assert noted(loop([see])) == [0, 1, 2, 3, 4]
    assert noted(loop([see], start=5, stop=0, step=-2)) == [5, 3, 1]
    assert noted(loop([see], start=5)) == []


def test_assigning_the_variable_of_a_loop_does_not_change_the_rounds() -> None:
    assert noted(loop([let("i", add(var("i"), num(10))), Eval(POS, note(var("i")))], stop=3)) == [10, 11, 12]


def test_the_variable_of_a_loop_keeps_its_last_value() -> None:
    assert noted(let("i", num(7)), loop([], stop=0), Eval(POS, note(var("i")))) == [7]
    assert noted(loop([]), Eval(POS, note(var("i")))) == [4]


def test_a_step_of_zero_is_an_error() -> None:
    body = ForRange(POS, "i", num(0), num(1), var("n"), (), ())
    world = run(function("f", ["n"], [body, ret(num(0))], locals=["i"]))
    assert world.failure("f", 0) == "ValueError: range() arg 3 must not be zero"


def test_else_of_a_loop_runs_unless_broken() -> None:
    stop = If(POS, prim("i32_eq", var("i"), num(1)), (Break(POS),), ())
    skip = If(POS, prim("i32_eq", var("i"), num(1)), (Continue(POS),), ())
    ended = Eval(POS, note(num(99)))
    see = Eval(POS, note(var("i")))
    assert noted(loop([stop, see], [ended], stop=3)) == [0]
    assert noted(loop([skip, see], [ended], stop=3)) == [0, 2, 99]


@pytest.mark.parametrize("cond_has_block", [False, True])
@pytest.mark.parametrize("broken", [False, True])
def test_while(cond_has_block: bool, broken: bool) -> None:
    cond: Expr = prim("i32_lt", var("i"), num(3))
    if cond_has_block:
        cond = BlockExpr("bool", POS, (Eval(POS, note(num(-1))),), cond)
    body: list[Stmt] = [let("i", add(var("i"), num(1))), Eval(POS, note(var("i")))]
    if broken:
        body.append(If(POS, prim("i32_eq", var("i"), num(2)), (Break(POS),), ()))
    loop = While(POS, cond, tuple(body), (Eval(POS, note(num(99))),))
    seen = noted(let("i", num(0)), loop)
    assert [x for x in seen if x != -1] == ([1, 2] if broken else [1, 2, 3, 99])
    assert seen.count(-1) == (0 if not cond_has_block else 2 if broken else 4)


def test_continue_in_a_while_whose_condition_has_a_block() -> None:
    cond = BlockExpr("bool", POS, (let("i", add(var("i"), num(1))),), prim("i32_lt", var("i"), num(4)))
    skip = If(POS, prim("i32_eq", var("i"), num(2)), (Continue(POS),), ())
    assert noted(let("i", num(0)), While(POS, cond, (skip, Eval(POS, note(var("i")))), ())) == [1, 3]


def test_break_in_the_else_of_a_loop_leaves_the_outer_one() -> None:
    cond = BlockExpr("bool", POS, (), boolean(False))
    inner = While(POS, cond, (), (Break(POS),))
    assert noted(loop([Eval(POS, note(var("i"))), inner])) == [0]


# --- order of evaluation -------------------------------------------------------------------------


def block(value: Expr, *body: Stmt) -> BlockExpr:
    return BlockExpr(value.t, POS, body, value)


def test_operands_before_a_block_are_evaluated_before_it() -> None:
    total = add(note(num(1)), block(note(num(3)), Eval(POS, note(num(2)))))
    assert noted(Eval(POS, total)) == [1, 2, 3]


def test_a_local_read_before_a_block_keeps_its_value() -> None:
    total = add(var("s"), block(var("s"), let("s", num(10))))
    assert noted(let("s", num(1)), Eval(POS, note(total))) == [11]


@pytest.mark.parametrize("left", [True, False])
def test_blocks_in_conditional_operands_run_only_if_needed(left: bool) -> None:
    right = block(prim("i32_eq", note(num(2)), num(2)), Eval(POS, note(num(1))))
    both = And("bool", POS, prim("i32_eq", note(num(0)), num(0 if left else 1)), right)
    either = Or("bool", POS, prim("i32_eq", note(num(0)), num(0 if left else 1)), right)
    assert noted(Eval(POS, both)) == ([0, 1, 2] if left else [0])
    assert noted(Eval(POS, either)) == ([0] if left else [0, 1, 2])
    choice = IfExp("i32", POS, boolean(left), block(num(5), Eval(POS, note(num(1)))), note(num(6)))
    assert noted(Eval(POS, note(choice))) == ([1, 5] if left else [6, 6])


def test_nested_blocks_do_not_share_their_places() -> None:
    inner = add(note(num(2)), block(note(num(4)), Eval(POS, note(num(3)))))
    outer = add(
        note(num(1)), block(inner, Eval(POS, add(note(num(10)), block(note(num(20)), let("s", num(0))))))
    )
    assert noted(Eval(POS, note(outer))) == [1, 10, 20, 2, 3, 4, 7]


def test_store_evaluates_pointer_index_value() -> None:
    ptr = block(Alloc(PTR, POS, num(3)), Eval(POS, note(num(1))))
    assert noted(Store(POS, ptr, note(num(2)), (), note(num(3)))) == [1, 2, 3]


def test_store_checks_its_bounds_last() -> None:
    body = [Store(POS, var("p", PTR), num(7), (), note(num(1)))]
    world = run(function("f", ["p"], body, types={"p": PTR}))
    assert (
        world.failure("f", from_values([0], None)) == "PanicError: ptr_store out of bounds: index 7, length 1"
    )
    assert world.noted == [1]


# --- memory --------------------------------------------------------------------------------------


def load(index: Expr | None, *path: str, t: str = "i32", ptr: str = PTR) -> Load:
    return Load(t, POS, var("p", ptr), index, path)


def points(*values: tuple[int, tuple[int, str], float]) -> Ptr:
    return from_values(list(values), (None, (None, None), None))


def test_loads() -> None:
    block = points((1, (2, "a"), 0.5), (3, (4, "b"), 1.5))
    for path, expected in {
        (): (3, (4, "b"), 1.5),
        ("x",): 3,
        ("pair",): (4, "b"),
        ("pair", "b"): "b",
        ("y",): 1.5,
    }.items():
        t = {(): P, ("pair",): PAIR, ("pair", "b"): "str", ("y",): "f64"}.get(path, "i32")
        assert (
            value_of(load(var("i"), *path, t=t, ptr=POINTS), block, 1, params=["p", "i"], types={"p": POINTS})
            == expected
        )
        assert (
            value_of(load(num(1), *path, t=t, ptr=POINTS), block, params=["p"], types={"p": POINTS})
            == expected
        )


def test_loads_check_their_bounds() -> None:
    world = run(function("f", ["p", "i"], [ret(load(var("i")))], types={"p": PTR}))
    numbers = from_values([10, 20, 30], None)
    assert [world("f", numbers, i) for i in range(3)] == [10, 20, 30]
    for i in (-1, 3, 5):
        assert world.failure("f", numbers, i) == f"PanicError: ptr_getitem out of bounds: index {i}, length 3"
    assert world.failure("f", NULL, 0) == "PanicError: cannot dereference NULL pointer"


def test_an_access_tells_only_that_its_own_item_is_there() -> None:
    some = prim("i32_and", var("i"), num(5))
    read = [Eval(POS, note(load(some))), Eval(POS, note(load(num(0))))]
    world = run(function("f", ["p", "i"], [*read, ret(load(num(3)))], types={"p": PTR}))
    block = from_values([10, 20], None)
    assert world.failure("f", block, 0) == "PanicError: ptr_getitem out of bounds: index 3, length 2"
    assert world.failure("f", NULL, 0) == "PanicError: cannot dereference NULL pointer"


def test_stores() -> None:
    pair = MakeStruct(PAIR, POS, (var("n"), text("z")))
    body = [
        Store(POS, var("p", POINTS), var("n"), ("x",), num(9)),
        Store(POS, var("p", POINTS), num(0), ("pair",), pair),
        Store(POS, var("p", POINTS), None, ("y",), prim("f64_add", flt(1.0), flt(2.0))),
    ]
    target = points((1, (2, "a"), 0.5), (3, (4, "b"), 1.5))
    run(function("f", ["p", "n"], body, types={"p": POINTS}))("f", target, 1)
    assert target.block == [1, 1, "z", 3.0, 9, 4, "b", 1.5]


def test_alloc_is_zeroed_and_refuses_negative_counts() -> None:
    world = run(function("f", ["n"], [ret(Alloc(POINTS, POS, var("n")))], t=POINTS))
    assert world("f", 2).block == [0, 0, "", 0.0] * 2
    assert world.failure("f", -1).startswith("ValueError: ")


def test_freed_memory_is_not_used() -> None:
    free = Eval(POS, PtrOp("None", POS, "free", (var("p", POINTS),)))
    read = ret(load(None, "x", ptr=POINTS))
    whole = ret(load(None, t=P, ptr=POINTS))
    write = Store(POS, var("p", POINTS), None, ("pair",), MakeStruct(PAIR, POS, (num(1), text(""))))
    for use in (read, whole, write, free):
        world = run(function("f", ["p"], [free, use], types={"p": POINTS}))
        assert world.failure("f", points((1, (2, "a"), 0.5))) == "PanicError: use of freed memory"


def test_addresses() -> None:
    block = points((1, (2, "a"), 0.5), (3, (4, "b"), 1.5))
    types = {"p": POINTS}
    rest = AddrOf(POINTS, POS, var("p", POINTS), num(1), ())
    assert value_of(rest, block, params=["p"], types=types) == Ptr(block.block, 4, 1, 4)
    end = AddrOf(POINTS, POS, var("p", POINTS), num(2), ())
    assert value_of(end, block, params=["p"], types=types).length == 0
    inner = AddrOf("unsafe::gc_ptr[test::Pair]", POS, var("p", POINTS), num(1), ("pair",))
    found = value_of(inner, block, params=["p"], types=types)
    assert (found.off, found.length, found.width) == (5, 1, 2)
    ref = AddrOf("unsafe::raw_ref[test::P]", POS, var("p", POINTS), num(2), ())
    world = run(function("f", ["p"], [ret(ref)], types=types))
    assert world.failure("f", block) == "PanicError: ptr_getitem out of bounds: index 2, length 2"


def test_pointer_operations() -> None:
    p, q = var("p", PTR), var("q", PTR)
    types = {"p": PTR, "q": PTR}
    a, b = from_values([1, 2], None), from_values([1, 3], None)

    def op(name: Any, *args: Expr, t: str = "i32") -> Any:
        return value_of(PtrOp(t, POS, name, args), a, b, params=["p", "q"], types=types)

    assert op("eq", p, p, t="bool") is True
    assert op("ne", p, q, t="bool") is True
    assert op("to_bool", p, t="bool") is True
    assert op("len", p) == 2
    assert op("cmp", p, q, num(2)) == -1
    op("copy", q, p, num(1), t="None")
    op("setbytes", p, num(0xFF, "u8"), num(2), t="None")
    assert (a.block, b.block) == ([-1, -1], [1, 3])


def test_structs_are_tuples() -> None:
    made = MakeStruct(PAIR, POS, (note(num(1)), text("b")))
    assert value_of(made.args[1]) == "b"
    world = run(function("f", [], [ret(GetField("str", POS, made, "b"))], t="str"))
    assert (world("f"), world.noted) == ("b", [1])
    assert value_of(GetField("i32", POS, var("s", PAIR), "a"), (7, "x"), params=["s"], types={"s": PAIR}) == 7


def test_the_live_image_is_shared_mutable_and_may_be_cyclic() -> None:
    node = "unsafe::gc_ptr[test::Pair]"
    block = Const(PTR, POS, PtrConst(0, 1))
    body = [
        Store(POS, block, None, (), add(Load("i32", POS, block, None, ()), num(1))),
        ret(Load("i32", POS, block, None, ())),
    ]
    world = run(function("f", [], body), blocks=[Block("i32", "gc", (IntConst(5), IntConst(7)))])
    assert [world("f"), world("f")] == [8, 9]
    pairs = Block(PAIR, "gc", (StructConst((IntConst(1), StrConst("x"))),))
    found = run(function("f", [], [ret(Const(node, POS, PtrConst(0, 0)))], t=node), blocks=[pairs])("f")
    assert found.block == [1, "x"]
    cyclic = Block(PTR, "gc", (PtrConst(0, 0), NullConst()))
    world = run(function("f", [], [ret(Const(PTR, POS, PtrConst(0, 0)))], t=PTR), blocks=[cyclic])
    assert world("f").block[0] is world("f")


def test_host_blocks_are_used_as_they_are() -> None:
    mine = from_values([42], None)
    get = function("f", [], [ret(Load("i32", POS, Const(PTR, POS, PtrConst(0, 0)), None, ()))])
    executor = Executor(
        types=TYPES, sources=[Source("demo.spy", "", "")], blocks=[mine], cells={}, externs={}
    )
    executor.add(get)
    assert mine.block is not None
    mine.block[0] = 43
    assert executor.function("demo::f")() == 43


# --- functions, globals, dynamic -----------------------------------------------------------------


def test_functions_are_asked_for_at_their_first_call() -> None:
    asked: list[str] = []
    known = {
        "demo::g": function("g", ["n"], [ret(add(var("n"), num(1)))]),
        "demo::f": function(
            "f",
            ["n"],
            [If(POS, prim("i32_gt", var("n"), num(0)), (ret(call("demo::g", var("n"))),), ()), ret(num(0))],
        ),
    }

    def resolve(fqn: str) -> Function:
        asked.append(fqn)
        return known[fqn]

    executor = Executor(
        types=TYPES, sources=[Source("demo.spy", "", "")], cells={}, externs={}, resolve=resolve
    )
    f = executor.function("demo::f")
    assert (f(0), asked) == (0, ["demo::f"])
    assert (f(1), f(2), asked) == (2, 3, ["demo::f", "demo::g"])


def test_function_values() -> None:
    g = function("g", ["n"], [ret(add(var("n"), num(1)))])
    apply = function(
        "f", ["k"], [ret(CallIndirect("i32", POS, var("k", FUNC), (num(4),)))], types={"k": FUNC}
    )
    main = function("main", [], [ret(call("demo::f", Const(FUNC, POS, FuncConst("demo::g"))))])
    world = run(g, apply, main)
    assert world("main") == 5
    assert world("f", lambda n: n * 2) == 8


def test_globals_live_in_cells() -> None:
    counter = Global("demo::count", "i32", IntConst(3))
    get = GlobalGet("i32", POS, "demo::count")
    body = [GlobalSet(POS, "demo::count", add(get, num(1))), ret(get)]
    world = run(function("f", [], body), globals=[counter])
    assert [world("f"), world("f")] == [4, 5]


def test_dynamic_values() -> None:
    boxed = ToDynamic("dynamic", POS, var("n"))
    world = run(
        function("f", ["n"], [ret(FromDynamic("i32", POS, boxed))]),
        function("g", ["n"], [ret(FromDynamic(P, POS, boxed))], t=P),
        function(
            "h", [], [ret(FromDynamic("str", POS, Const("dynamic", POS, DynamicConst("str", StrConst("x")))))]
        ),
    )
    assert world("f", 3) == 3
    assert world.failure("g", 3) == "TypeError: Invalid cast. Expected `test::P`, got `i32`"
    assert world("h") == "x"


def test_operations_on_dynamic_values_go_to_the_callback() -> None:
    def dynamic_op(op: str, t: str, *operands: Dyn) -> Any:
        return (op, t, [x.value for x in operands])

    both = DynamicOp("dynamic", POS, "+", (var("a", "dynamic"), var("b", "dynamic")))
    world = run(
        function("f", ["a", "b"], [ret(both)], types={"a": "dynamic", "b": "dynamic"}), dynamic_op=dynamic_op
    )
    assert world("f", Dyn("i32", 1), Dyn("str", "x")) == ("+", "dynamic", [1, "x"])


# --- errors and places ---------------------------------------------------------------------------


def test_raise() -> None:
    world = run(
        function("f", [], [Raise(POS, "ValueError", text("hello"))]),
        function("g", [], [Raise(POS, "KeyError", None)]),
    )
    assert world.failure("f") == "ValueError: hello"
    assert world.failure("g") == "KeyError"


def test_unassigned_locals() -> None:
    expected = "UnboundLocalError: cannot access local variable 's' where it is not associated with a value"
    maybe = If(POS, prim("i32_gt", var("n"), num(0)), (let("s", num(1)),), ())
    assert run(function("f", ["n"], [maybe, ret(var("s"))], locals=["s"])).failure("f", 0) == expected
    assert run(function("f", ["n"], [ret(var("s"))], locals=["s"])).failure("f", 0) == expected


def test_recursion_too_deep() -> None:
    world = run(function("f", ["n"], [ret(call("demo::f", var("n")))]))
    assert world.failure("f", 1) == "RecursionError: maximum recursion depth exceeded"


def test_tracebacks_name_places_in_the_source() -> None:
    inner = function(
        "inner", ["n"], [ret(prim("i32_floordiv", num(1), var("n"), pos=at(7)), at(7))], pos=at(6)
    )
    outer = function("outer", [], [ret(call("demo::inner", num(0), pos=at(3)), at(3))], pos=at(2))
    world = run(inner, outer)
    with pytest.raises(Raised) as error:
        world("outer")
    assert traceback_entries(error.value) == [("demo.spy", 3, "demo::outer"), ("demo.spy", 7, "demo::inner")]
    shown = [(frame.filename, frame.lineno, frame.name) for frame in traceback.extract_tb(error.tb)]
    assert ("demo.spy", 7, "inner") in shown


def test_tracebacks_go_through_callers_that_are_not_generated() -> None:
    inner = function("inner", [], [Raise(at(7), "ValueError", None)], pos=at(6))
    outer = function(
        "outer", ["k"], [ret(CallIndirect("i32", at(3), var("k", FUNC), (num(1),)), at(3))], types={"k": FUNC}
    )
    world = run(inner, outer)

    def between(n: int) -> int:
        return int(world("inner"))

    with pytest.raises(Raised) as error:
        world("outer", between)
    assert traceback_entries(error.value) == [("demo.spy", 3, "demo::outer"), ("demo.spy", 7, "demo::inner")]


def test_faults_of_spy_itself_are_not_exceptions_of_the_program() -> None:
    def broken(value: Any) -> Any:
        raise ValueError("ours")

    executor = Executor.from_program(
        program(function("f", [], [ret(note(num(1)))])), externs={"test::note": broken}
    )
    with pytest.raises(ValueError, match="ours"):
        executor.function("demo::f")()


def test_columns_count_bytes_as_python_does() -> None:
    source = 'x = "é"; f(1)\n'
    body = [ret(call("demo::g", num(1), pos=Pos(0, 1, 10, 1, 14)), at(1))]
    world = run(
        function("f", [], body), function("g", ["n"], [Raise(at(1), "ValueError", None)]), source=source
    )
    with pytest.raises(Raised) as error:
        world("f")
    caller = next(frame for frame in traceback.extract_tb(error.tb) if frame.name == "f")
    assert (caller.colno, caller.end_colno) == (10, 14)


def test_code_from_another_file_has_the_place_of_what_it_stands_in() -> None:
    inlined = BlockExpr(
        "i32",
        at(4),
        (Eval(Pos(1, 50, 1, 50, 2), prim("i32_mod", num(1), num(0), pos=Pos(1, 50, 1, 50, 2))),),
        num(1),
    )
    world = run(function("f", [], [ret(inlined, at(4))]))
    with pytest.raises(Raised) as error:
        world("f")
    assert traceback_entries(error.value) == [("demo.spy", 4, "demo::f")]


@pytest.mark.parametrize("depth", [390, 20_000, 100_000])
def test_code_that_is_too_deep_is_a_fault_of_the_program(depth: int) -> None:
    expr: Expr = num(1)
    for _ in range(depth):
        expr = add(expr, var("n"))
    world = run(function("f", ["n"], [ret(expr, at(9))]))
    if depth == 390:  # legal, see spy_types.nesting
        assert world("f", 1) == 391
        return
    with pytest.raises(SpyError) as error:
        world("f", 1)
    assert error.value.diagnostic.code == "VM080"
    assert error.value.diagnostic.labels[0].loc.line == 9


def test_names_that_python_keeps_for_itself() -> None:
    names = ["__debug__", "print", "range", "len"]
    body = [let(name, num(i)) for i, name in enumerate(names)]
    total = add(add(var("__debug__"), var("print")), add(var("range"), var("len")))
    world = run(function("f", [], [*body, ret(total)], locals=names))
    assert world("f") == 6


# --- what is inlined and split -------------------------------------------------------------------

IN_LIBRARY = Pos(2, 70, 1, 70, 2)


def library(name: str, params: Sequence[str], *body: Stmt, locals: Sequence[str] = ()) -> Function:
    return function(name, params, body, pos=IN_LIBRARY, locals=locals)


def inlined(body: Sequence[Stmt], *functions: Function, locals: Sequence[str] = ()) -> Run:
    """Return a program whose `f(n)` has no calls of `functions` left."""
    types = dict.fromkeys([name for name in locals if name.startswith("$")], PAIR)
    world = run(function("f", ["n"], body, locals=locals, types=types), *functions)
    text = world.executor.python_source("demo::f")
    assert not any(called.fqn in text for called in functions), text
    return world


def test_small_functions_of_a_library_are_inlined() -> None:
    double = library("double", ["a"], ret(add(var("a"), var("a"))))
    world = inlined([ret(call("demo::double", note(var("n"))))], double)
    assert (world("f", 4), world.noted) == (8, [4])


def test_functions_of_the_program_are_not() -> None:
    world = run(function("f", ["n"], [ret(call("demo::g", var("n")))]), function("g", ["n"], [ret(var("n"))]))
    assert "demo::g(n)" in world.executor.python_source("demo::f")


def test_an_argument_is_read_before_a_later_one_changes_it() -> None:
    tens = library("tens", ["a", "b"], ret(add(prim("i32_mul", var("a"), num(10)), var("b"))))
    world = inlined([ret(call("demo::tens", var("n"), AssignExpr("i32", POS, "n", num(5))))], tens)
    assert world("f", 4) == 45


def test_a_parameter_that_is_assigned_is_not_the_argument() -> None:
    bump = library("bump", ["a"], let("a", add(var("a"), num(1))), ret(var("a")))
    world = inlined([ret(add(call("demo::bump", var("n")), prim("i32_mul", var("n"), num(100))))], bump)
    assert world("f", 4) == 405


def test_early_returns_become_branches() -> None:
    less = prim("i32_lt", var("a"), num(0))
    sign = library("sign", ["a"], If(POS, less, (ret(num(-1)),), ()), Eval(POS, note(var("a"))), ret(num(1)))
    world = inlined([ret(add(call("demo::sign", var("n")), num(10)))], sign)
    assert (world("f", -5), world("f", 5), world.noted) == (9, 11, [5])


def test_functions_that_return_from_some_paths_of_a_branch_stay() -> None:
    inner = If(POS, prim("i32_lt", var("a"), num(-9)), (ret(num(0)),), ())
    other = (Eval(POS, note(num(2))),)
    branch = If(POS, prim("i32_lt", var("a"), num(0)), (inner,), other)
    three_ways = library("three_ways", ["a"], branch, Eval(POS, note(num(3))), ret(var("a")))
    world = run(function("f", ["n"], [ret(call("demo::three_ways", var("n")))]), three_ways)
    assert [world("f", n) for n in (-10, -1, 1)] == [0, -1, 1]
    assert world.noted == [3, 2, 3]


def test_an_error_in_an_inlined_function_is_at_the_line_of_the_call() -> None:
    fails = library("fails", [], Raise(IN_LIBRARY, "ValueError", None))
    world = inlined([ret(call("demo::fails", pos=at(3)), at(3))], fails)
    with pytest.raises(Raised) as error:
        world("f", 1)
    assert traceback_entries(error.value) == [("demo.spy", 3, "demo::f")]


def test_recursive_functions_of_a_library_stay() -> None:
    less = IfExp(
        "i32",
        POS,
        prim("i32_lt", var("a"), num(1)),
        num(0),
        call("demo::count", prim("i32_sub", var("a"), num(1))),
    )
    world = run(
        function("f", ["n"], [ret(call("demo::count", var("n")))]), library("count", ["a"], ret(less))
    )
    assert world("f", 20) == 0


def test_structs_without_a_name_are_split() -> None:
    a, b = (GetField("i32", POS, var("$s", "test::Two"), name) for name in "ab")
    make = [MakeStruct("test::Two", POS, pair) for pair in ((var("n"), num(7)), (b, a))]
    body = [
        let("$s", make[0]),
        ForRange(POS, "i", num(0), num(3), num(1), (let("$s", make[1]),), ()),
        ret(add(prim("i32_mul", a, num(10)), b)),
    ]
    world = run(function("f", ["n"], body, locals=["$s", "i"], types={"$s": "test::Two"}))
    assert world("f", 4) == 74  # swapped three times
    assert "[0]" not in world.executor.python_source("demo::f")


# --- programs ------------------------------------------------------------------------------------


def main_program(*body: Stmt, t: str = "None") -> Program:
    return program(function("main", [], body, t=t), entry="demo::main")


def test_a_program_writes_and_ends() -> None:
    written: list[str] = []
    io = HostIO(write_out=written.append)
    hello = Eval(POS, call("__spy__::_stdout_write", text("hello\n"), t="None"))
    prog = main_program(hello)
    assert Executor.from_program(prog, io).run_main(prog) == 0
    assert written == ["hello\n"]


def test_the_exit_code() -> None:
    prog = main_program(ret(num(3)), t="i32")
    assert Executor.from_program(prog).run_main(prog) == 3
    prog = main_program(Eval(POS, call("sys::exit", num(4), t="None")))
    assert Executor.from_program(prog).run_main(prog) == 4
    prog = main_program(Raise(POS, "ValueError", None))
    with pytest.raises(Raised):
        Executor.from_program(prog).run_main(prog)
