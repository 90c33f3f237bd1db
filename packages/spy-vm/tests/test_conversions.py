"""Implicit conversions: only those that lose nothing, and any integer to a float. Written from the rules."""

import pytest
from spy_types.errors import SpyError
from spy_vm.dispatch.convert import convert, try_convert
from spy_vm.evaluator.frame import EvalFrame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, blue

CONVERTS_TO = {
    "i8": "i16 i32 i64 f32 f64 complex128",
    "i16": "i32 i64 f32 f64 complex128",
    "i32": "i64 f32 f64 complex128",
    "i64": "f32 f64 complex128",
    "u8": "u16 u32 u64 i16 i32 i64 f32 f64 complex128",
    "u16": "u32 u64 i32 i64 f32 f64 complex128",
    "u32": "u64 i64 f32 f64 complex128",
    "u64": "f32 f64 complex128",
    "f32": "f64 complex128",
    "f64": "complex128",
    "complex128": "",
    "bool": "",
    "str": "",
    "bytes": "",
    "None": "",
}
VALUES = {"bool": True, "str": "1", "bytes": b"1", "None": None, "f32": 1.0, "f64": 1.0, "complex128": 1 + 0j}


@pytest.mark.parametrize("source", CONVERTS_TO)
@pytest.mark.parametrize("target", CONVERTS_TO)
def test_a_red_value_converts_only_safely(frame: EvalFrame, source: str, target: str) -> None:
    op = Operand(b.PRIM_TYPES[source], VALUES.get(source, 1), False)
    result = try_convert(frame, op, b.PRIM_TYPES[target])
    if source == target:
        assert result is op
    elif target in CONVERTS_TO[source].split():
        assert result is not None
        expected = VALUES.get(target, 1)
        assert (result.w_T.fqn, result.val, type(result.val)) == (target, expected, type(expected))
    else:
        assert result is None


@pytest.mark.parametrize(
    ("value", "target", "fits"),
    [
        (255, "u8", True),
        (256, "u8", False),
        (-1, "u8", False),
        (-128, "i8", True),
        (-129, "i8", False),
        (2**31 - 1, "i32", True),
        (5, "f32", True),
        (5, "f64", True),
        (1, "bool", False),
    ],
)
def test_a_literal_converts_where_it_fits(frame: EvalFrame, value: int, target: str, fits: bool) -> None:
    result = try_convert(frame, blue(b.W_I32, value), b.PRIM_TYPES[target])
    assert (result is not None) == fits
    if result is not None:
        assert (result.w_T.fqn, result.val, result.blue) == (target, value, True)


def test_a_large_literal_needs_a_context(frame: EvalFrame) -> None:
    large = blue(b.W_INT_LITERAL, 2**40)
    assert convert(frame, large, b.W_I64).val == 2**40
    with pytest.raises(SpyError, match=r"integer literal 1099511627776 is out of range for i32$"):
        convert(frame, large, b.W_I32)
    with pytest.raises(SpyError, match=r"out of range for i32; use i64\(1099511627776\)"):
        frame.concrete(large, frame.loc_unknown())


def test_the_fault_says_what_is_and_what_should_be(frame: EvalFrame) -> None:
    with pytest.raises(SpyError) as caught:
        convert(frame, Operand(b.W_F64, 1.5, False), b.W_I32)
    assert (caught.value.diagnostic.code, caught.value.diagnostic.title) == ("VM001", "mismatched types")
    assert caught.value.diagnostic.hint == "this may lose information; if it is meant, write `i32(...)`"


def test_anything_goes_into_dynamic_and_only_its_own_type_comes_out(frame: EvalFrame) -> None:
    boxed = convert(frame, Operand(b.W_I32, 1, False), b.W_DYNAMIC)
    assert boxed.w_T is b.W_DYNAMIC
    assert convert(frame, boxed, b.W_I32).val == 1
    with pytest.raises(Exception, match=r"Invalid cast\. Expected `str`, got `i32`"):
        convert(frame, boxed, b.W_STR)
