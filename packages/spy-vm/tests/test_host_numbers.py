"""Primitives on numbers, against CPython and C."""

import ctypes
import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spy_types.prims.table import PRIMS
from spy_types.program.types import INTS, SIGNED
from spy_vm.exceptions import Raised
from spy_vm.host import CHECKED_PRIMS, HOST_PRIMS, OverflowWarner

C_INTS: dict[str, Any] = {
    **{t: getattr(ctypes, f"c_int{t[1:]}") for t in SIGNED},
    **{t: getattr(ctypes, f"c_uint{t[1:]}") for t in INTS if t not in SIGNED},
}


def single(value: float) -> float:
    return ctypes.c_float(value).value


def limits(t: str) -> tuple[int, int]:
    bits = int(t[1:])
    return (-(1 << bits - 1), (1 << bits - 1) - 1) if t in SIGNED else (0, (1 << bits) - 1)


def ints(t: str) -> st.SearchStrategy[int]:
    low, high = limits(t)
    edges = [e for e in (low, low + 1, -2, -1, 0, 1, 2, high - 1, high) if low <= e <= high]
    return st.sampled_from(edges) | st.integers(low, high)


def failure(name: str, *operands: object, prims: dict[str, Callable[..., Any]] = HOST_PRIMS) -> str:
    with pytest.raises(Raised) as error:
        prims[name](*operands)
    return str(error.value)


def identical(a: float, b: float) -> bool:
    return (math.isnan(a) and math.isnan(b)) or (a == b and math.copysign(1, a) == math.copysign(1, b))


def test_every_primitive_has_a_body() -> None:
    assert set(PRIMS) <= set(HOST_PRIMS)
    assert set(CHECKED_PRIMS) == {name for name, op in PRIMS.items() if op.overflow}


PYTHON: dict[str, Callable[[int, int], int]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "wrapping_add": lambda a, b: a + b,
    "wrapping_sub": lambda a, b: a - b,
    "wrapping_mul": lambda a, b: a * b,
    "and": lambda a, b: a & b,
    "or": lambda a, b: a | b,
    "xor": lambda a, b: a ^ b,
    "floordiv": lambda a, b: a // b,
    "mod": lambda a, b: a % b,
    "unchecked_floordiv": lambda a, b: a // b,
    "unchecked_mod": lambda a, b: a % b,
}


@pytest.mark.parametrize("t", INTS)
@given(data=st.data())
def test_integer_arithmetic_is_pythons_wrapped_as_in_c(t: str, data: st.DataObject) -> None:
    a, b = data.draw(ints(t)), data.draw(ints(t))
    for name, op in PYTHON.items():
        if b or ("div" not in name and "mod" not in name):
            assert HOST_PRIMS[f"{t}_{name}"](a, b) == C_INTS[t](op(a, b)).value, name
    assert HOST_PRIMS[f"{t}_neg"](a) == C_INTS[t](-a).value
    assert HOST_PRIMS[f"{t}_invert"](a) == C_INTS[t](~a).value
    if b:
        assert HOST_PRIMS[f"{t}_div"](a, b) == a / b


@pytest.mark.parametrize("t", INTS)
@given(data=st.data(), count=st.integers(0, 100))
def test_shifts_and_powers_are_pythons_wrapped(t: str, data: st.DataObject, count: int) -> None:
    a = data.draw(ints(t))
    assert HOST_PRIMS[f"{t}_lshift"](a, count) == C_INTS[t](a << count).value
    assert HOST_PRIMS[f"{t}_rshift"](a, count) == a >> count
    assert HOST_PRIMS[f"{t}_pow"](a, count) == C_INTS[t](a**count).value


def test_huge_shifts_and_powers_end() -> None:
    huge = 2**63 - 1
    assert HOST_PRIMS["i64_lshift"](-1, huge) == 0
    assert HOST_PRIMS["i64_rshift"](-1, huge) == -1
    assert HOST_PRIMS["i64_pow"](3, huge) == C_INTS["i64"](pow(3, huge, 2**64)).value


@pytest.mark.parametrize("t", SIGNED)
@given(data=st.data())
def test_checked_operations_raise_where_the_result_does_not_fit(t: str, data: st.DataObject) -> None:
    low, high = limits(t)
    a, b = data.draw(ints(t)), data.draw(ints(t))
    words = {"add": "addition", "sub": "subtraction", "mul": "multiplication", "floordiv": "floor division"}
    for name, word in words.items():
        if not b and name == "floordiv":
            continue
        exact = PYTHON[name](a, b)
        if low <= exact <= high:
            assert CHECKED_PRIMS[f"{t}_{name}"](a, b) == exact
        else:
            found = failure(f"{t}_{name}", a, b, prims=CHECKED_PRIMS)
            assert found == f"OverflowError: {t} {word} overflowed"


@given(ints("i64"), st.integers(0, 200))
def test_checked_power_raises_where_the_result_does_not_fit(a: int, exponent: int) -> None:
    if -(2**63) <= a**exponent < 2**63:
        assert CHECKED_PRIMS["i64_pow"](a, exponent) == a**exponent
    else:
        assert failure("i64_pow", a, exponent, prims=CHECKED_PRIMS) == "OverflowError: i64 power overflowed"


def test_checked_negation() -> None:
    assert failure("i8_neg", -128, prims=CHECKED_PRIMS) == "OverflowError: i8 negation overflowed"
    assert CHECKED_PRIMS["i8_neg"](127) == -127


@pytest.mark.parametrize(
    ("name", "operands", "expected"),
    [
        ("i32_div", (1, 0), "ZeroDivisionError: division by zero"),
        ("i32_floordiv", (1, 0), "ZeroDivisionError: integer division or modulo by zero"),
        ("i32_mod", (1, 0), "ZeroDivisionError: integer modulo by zero"),
        ("f64_div", (1.0, 0.0), "ZeroDivisionError: float division by zero"),
        ("f64_floordiv", (1.0, -0.0), "ZeroDivisionError: float floor division by zero"),
        ("f32_mod", (1.0, 0.0), "ZeroDivisionError: float modulo by zero"),
        ("complex128_div", (1j, 0j), "ZeroDivisionError: complex division by zero"),
        ("i32_unchecked_div", (1, 0), "PanicError: division by zero"),
        ("u8_unchecked_mod", (1, 0), "PanicError: division by zero"),
        ("f64_unchecked_floordiv", (1.0, 0.0), "PanicError: division by zero"),
        ("i32_pow", (2, -1), "ValueError: integer ** negative exponent"),
        ("i32_pow", (0, -1), "ZeroDivisionError: 0 cannot be raised to a negative power"),
        ("f64_pow", (0.0, -1.0), "ZeroDivisionError: 0.0 cannot be raised to a negative power"),
        ("f64_pow", (-1.0, 0.5), "ValueError: math domain error"),
        ("f64_pow", (10.0, 400.0), "OverflowError: math range error"),
        ("f32_pow", (10.0, 40.0), "OverflowError: math range error"),
        ("i32_lshift", (1, -1), "ValueError: negative shift count"),
        ("i32_rshift", (1, -1), "ValueError: negative shift count"),
        ("str_to_i32", ("hello",), "ValueError: invalid literal for int() with base 10: 'hello'"),
        ("str_to_u8", ("256",), "OverflowError: u8 value 256 out of range [0, 255]"),
        ("str_to_i8", ("-129",), "OverflowError: i8 value -129 out of range [-128, 127]"),
        ("str_to_i64", ("9" * 5000,), f"OverflowError: i64 value out of range [{-(2**63)}, {2**63 - 1}]"),
        ("str_to_f64", ("x",), "ValueError: could not convert string to float: 'x'"),
        ("str_to_complex128", ("x",), "ValueError: complex() arg is a malformed string"),
    ],
)
def test_errors(name: str, operands: tuple[object, ...], expected: str) -> None:
    assert failure(name, *operands) == expected


@pytest.mark.parametrize(("text", "value"), [(" 12 ", 12), ("+1_000", 1000), ("-7", -7), ("\t0\n", 0)])
def test_integers_are_parsed_as_by_int(text: str, value: int) -> None:
    assert HOST_PRIMS["str_to_i32"](text) == value == int(text)


@pytest.mark.parametrize("t", INTS)
@given(value=st.floats())
def test_floats_truncate_and_saturate(t: str, value: float) -> None:
    low, high = limits(t)
    result = HOST_PRIMS[f"f64_to_{t}"](value)
    if math.isnan(value):
        assert result == 0
    else:
        assert result == int(max(float(low), min(float(high), value))) or result == (
            high if value > 0 else low
        )
        assert low <= result <= high
        if low <= value <= high and abs(value) < 2**52:
            assert result == math.trunc(value)


@given(ints("i64") | ints("u64"))
def test_integers_are_rounded_once_to_single(value: int) -> None:
    # numpy is not at hand: the nearest single has no other single nearer, and ties go to even
    found = HOST_PRIMS["i64_to_f32"](value)
    assert found == single(found)
    size = 2 ** max(value.bit_length() - 24, 0)
    assert abs(int(found) - value) * 2 <= size
    if abs(int(found) - value) * 2 == size:
        assert int(found) // size % 2 == 0


def test_a_case_where_two_roundings_differ_from_one() -> None:
    value = 2**60 + 2**36 + 1
    assert single(float(value)) == 2.0**60
    assert HOST_PRIMS["i64_to_f32"](value) == 2.0**60 + 2.0**37


@given(st.floats(width=32), st.floats(width=32))
def test_single_arithmetic_is_cs(a: float, b: float) -> None:
    for name, op in {"add": a + b, "sub": a - b, "mul": a * b}.items():
        assert identical(HOST_PRIMS[f"f32_{name}"](a, b), single(op)), name
    if b:
        assert identical(HOST_PRIMS["f32_div"](a, b), single(a / b))
        assert identical(HOST_PRIMS["f32_mod"](a, b), single(a % b))


@pytest.mark.parametrize(
    ("a", "b"), [(7.0, 2.0), (-7.0, 2.0), (7.0, -2.0), (-0.0, 3.0), (1e30, 3.0), (5.5, 0.5)]
)
def test_single_floor_division(a: float, b: float) -> None:
    a, b = single(a), single(b)
    assert identical(HOST_PRIMS["f32_floordiv"](a, b), single(a // b))


@given(st.floats(), st.floats())
def test_double_arithmetic_is_pythons(a: float, b: float) -> None:
    if b:
        assert identical(HOST_PRIMS["f64_div"](a, b), a / b)
        assert identical(HOST_PRIMS["f64_floordiv"](a, b), a // b)
        assert identical(HOST_PRIMS["f64_mod"](a, b), a % b)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (1.0, 0.0, math.inf),
        (-1.0, 0.0, -math.inf),
        (1.0, -0.0, -math.inf),
        (0.0, 0.0, math.nan),
        (6.0, 3.0, 2.0),
    ],
)
def test_ieee754_division(a: float, b: float, expected: float) -> None:
    assert identical(HOST_PRIMS["f64_ieee754_div"](a, b), expected)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1, "0.1"),
        (1.0, "1.0"),
        (-0.0, "-0.0"),
        (1e20, "1e+20"),
        (1e16, "1e+16"),
        (1e15, "1000000000000000.0"),
        (123456.0, "123456.0"),
        (0.0001, "0.0001"),
        (0.00001, "1e-05"),
        (3.4028234663852886e38, "3.4028235e+38"),
        (1.401298464324817e-45, "1e-45"),
        (math.inf, "inf"),
        (-math.inf, "-inf"),
        (math.nan, "nan"),
        (16777216.0, "16777216.0"),
        (-2.5e-7, "-2.5e-07"),
    ],
)
def test_text_of_singles(value: float, text: str) -> None:
    assert HOST_PRIMS["f32_str"](single(value)) == text


@given(st.floats(width=32, allow_nan=False))
def test_text_of_singles_reads_back(value: float) -> None:
    assert identical(single(float(HOST_PRIMS["f32_str"](value))), value)


@given(st.floats())
def test_text_of_doubles_is_pythons(value: float) -> None:
    assert HOST_PRIMS["f64_str"](value) == str(value)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("i32_hash", 5, 5),
        ("i8_hash", -1, -2),
        ("i64_hash", 1 << 32, 1),
        ("i64_hash", -(1 << 40), C_INTS["i32"](0xFFFFFF00).value),
        ("u32_hash", 0xFFFFFFFF, -2),
        ("u32_hash", 0x80000000, -(2**31)),
        ("f64_hash", 3.0, 3),
        ("f64_hash", -1.0, -2),
        ("f64_hash", -0.0, 0),
        ("f32_hash", 2.0**32, 1),
        ("f64_hash", 1.5, 0x3FF80000),
        ("f64_hash", math.nan, 0),
        ("f64_hash", math.inf, 314159),
        ("f64_hash", -math.inf, -314159),
        ("bool_hash", True, 1),
        ("complex128_hash", 2 + 0j, 2),
        ("complex128_hash", 1j, 1000003),
        ("complex128_hash", 3 + 5000j, C_INTS["i32"](3 ^ 5000 * 1000003).value),
    ],
)
def test_hashes(name: str, value: object, expected: int) -> None:
    assert HOST_PRIMS[name](value) == expected


@given(st.complex_numbers(max_magnitude=1e100), st.complex_numbers(max_magnitude=1e100))
def test_complex_arithmetic_is_pythons(a: complex, b: complex) -> None:
    assert HOST_PRIMS["complex128_mul"](a, b) == a * b or math.isnan((a * b).real) or math.isnan((a * b).imag)
    assert HOST_PRIMS["complex128_str"](a) == str(a)
    assert HOST_PRIMS["str_to_complex128"](str(a)) == a


def test_bool_primitives_give_bools() -> None:
    for name in ("and", "or", "xor", "eq", "lt"):
        assert isinstance(HOST_PRIMS[f"bool_{name}"](True, False), bool)
    assert HOST_PRIMS["bool_to_i32"](True) is not True
    assert HOST_PRIMS["bool_to_i32"](True) == 1


def test_overflow_is_reported_once_per_place() -> None:
    said: list[str] = []
    warner = OverflowWarner(said.append)
    for _ in range(2):
        assert warner.wrap("i32", "addition", 2**31, "demo.spy", 12) == -(2**31)
    assert warner.wrap("i32", "addition", 5, "demo.spy", 13) == 5
    assert warner.call("i64_pow", "demo.spy", 14, 2, 64) == 0
    assert said == [
        "i32 addition overflowed and wrapped, demo.spy:12; use i64 or --overflow=check\n",
        "i64 power overflowed and wrapped, demo.spy:14; use --overflow=check\n",
    ]
