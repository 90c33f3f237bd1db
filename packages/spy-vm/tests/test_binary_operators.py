"""Which type a binary operator computes in. The tables are written from the rules of the language:

- integers of two widths meet in the wider one if it holds all values of both, else it is an error
- an integer with a float gives the float, f32 with f64 gives f64; bool does not mix with numbers
- a literal takes the type of the other operand if it fits
"""

import operator
from collections.abc import Callable

import pytest
from spy_types.errors import SpyError
from spy_vm.dispatch.binop import binary
from spy_vm.evaluator.frame import EvalFrame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type, blue

MEETING = """
            i8   i16  i32  i64  u8   u16  u32  u64  f32  f64  complex128  bool
i8          i8   i16  i32  i64  -    -    -    -    f32  f64  complex128  -
i16         i16  i16  i32  i64  i16  -    -    -    f32  f64  complex128  -
i32         i32  i32  i32  i64  i32  i32  -    -    f32  f64  complex128  -
i64         i64  i64  i64  i64  i64  i64  i64  -    f32  f64  complex128  -
u8          -    i16  i32  i64  u8   u16  u32  u64  f32  f64  complex128  -
u16         -    -    i32  i64  u16  u16  u32  u64  f32  f64  complex128  -
u32         -    -    -    i64  u32  u32  u32  u64  f32  f64  complex128  -
u64         -    -    -    -    u64  u64  u64  u64  f32  f64  complex128  -
f32         f32  f32  f32  f32  f32  f32  f32  f32  f32  f64  complex128  -
f64         f64  f64  f64  f64  f64  f64  f64  f64  f64  f64  complex128  -
"""
FITS = {
    "i8": (-128, 127),
    "i16": (-32768, 32767),
    "i32": (-(2**31), 2**31 - 1),
    "i64": (-(2**63), 2**63 - 1),
    "u8": (0, 255),
    "u16": (0, 65535),
    "u32": (0, 2**32 - 1),
    "u64": (0, 2**64 - 1),
}
PYTHON: dict[str, Callable[[int, int], object]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
    "<<": operator.lshift,
    ">>": operator.rshift,
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def meetings() -> list[tuple[str, str, str]]:
    header, *rows = MEETING.strip().split("\n")
    table = []
    for row in rows:
        left, *cells = row.split()
        table += [(left, right, cell) for right, cell in zip(header.split(), cells, strict=True)]
    return table


def red(name: str) -> Operand:
    w_T: W_Type = b.PRIM_TYPES[name]
    return Operand(w_T, type(w_T.zero())(1), False)


def result_type(frame: EvalFrame, symbol: str, left: Operand, right: Operand) -> str:
    try:
        return binary(frame, symbol, left, right, None).w_T.fqn
    except SpyError as error:
        return "-" if error.diagnostic.code == "VM002" else str(error)


@pytest.mark.parametrize(("left", "right", "expected"), meetings())
def test_two_numbers_meet(frame: EvalFrame, left: str, right: str, expected: str) -> None:
    assert result_type(frame, "+", red(left), red(right)) == expected


@pytest.mark.parametrize(("left", "right", "expected"), meetings())
def test_comparison_meets_as_addition_does(frame: EvalFrame, left: str, right: str, expected: str) -> None:
    ordered = "-" if expected in ("-", "complex128") else "bool"
    assert result_type(frame, "<", red(left), red(right)) == ordered


@pytest.mark.parametrize("name", FITS)
@pytest.mark.parametrize("symbol", PYTHON)
def test_integers_compute_as_python_does(frame: EvalFrame, symbol: str, name: str) -> None:
    w_T = b.PRIM_TYPES[name]
    result = binary(frame, symbol, Operand(w_T, 7, False), Operand(w_T, 2, False), None)
    expected = PYTHON[symbol](7, 2)
    assert (result.val, type(result.val)) == (expected, type(expected))
    assert result.w_T.fqn == {bool: "bool", float: "f64", int: name}[type(expected)]


@pytest.mark.parametrize("name", FITS)
def test_a_literal_takes_the_type_of_the_other_operand_if_it_fits(frame: EvalFrame, name: str) -> None:
    low, high = FITS[name]
    for value in (low, high, 0):
        literal = blue(b.W_I32 if -(2**31) <= value < 2**31 else b.W_INT_LITERAL, value)
        assert result_type(frame, "&" if value else "+", red(name), literal) == name
        assert result_type(frame, "|", literal, red(name)) == name


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [("u8", 256, "i32"), ("u8", -1, "i32"), ("i8", 128, "i32"), ("u64", -1, "-"), ("u32", -1, "-")],
)
def test_a_literal_that_does_not_fit_is_an_i32(
    frame: EvalFrame, name: str, value: int, expected: str
) -> None:
    assert result_type(frame, "+", red(name), blue(b.W_I32, value)) == expected


@pytest.mark.parametrize("name", ["f32", "f64"])
def test_literals_become_floats_next_to_floats(frame: EvalFrame, name: str) -> None:
    result = binary(frame, "+", Operand(b.PRIM_TYPES[name], 0.5, False), blue(b.W_I32, 1), None)
    assert (result.w_T.fqn, result.val) == (name, 1.5)


def test_a_float_literal_adapts_to_f32(frame: EvalFrame) -> None:
    assert result_type(frame, "*", red("f32"), blue(b.W_F64, 2.0)) == "f32"


def test_the_result_is_blue_if_both_operands_are(frame: EvalFrame) -> None:
    one, two = blue(b.W_I32, 1), Operand(b.W_I32, 2, False)
    assert [binary(frame, "+", x, y, None).blue for x in (one, two) for y in (one, two)] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize("name", ["str", "bytes"])
@pytest.mark.parametrize("text_first", [True, False])
def test_text_repeats_from_both_sides(frame: EvalFrame, name: str, text_first: bool) -> None:
    text = {"str": "ab", "bytes": b"ab"}[name]
    operands = [Operand(b.PRIM_TYPES[name], text, False), Operand(b.W_I32, 3, False)]
    left, right = operands if text_first else operands[::-1]
    assert binary(frame, "*", left, right, None).val == text * 3


@pytest.mark.parametrize("name", FITS)
def test_the_count_of_a_repetition_converts_to_i32_safely(frame: EvalFrame, name: str) -> None:
    count = Operand(b.PRIM_TYPES[name], 3, False)
    text = Operand(b.W_STR, "ab", False)
    if name in ("i64", "u32", "u64"):
        with pytest.raises(SpyError, match="mismatched types"):
            binary(frame, "*", text, count, None)
    else:
        assert binary(frame, "*", text, count, None).val == "ababab"


@pytest.mark.parametrize("symbol", PYTHON)
def test_text_does_not_mix_with_numbers(frame: EvalFrame, symbol: str) -> None:
    if symbol == "*":
        return
    assert result_type(frame, symbol, Operand(b.W_STR, "1", False), red("i32")) == "-"
