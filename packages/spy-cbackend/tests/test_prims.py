import math
import random
import struct
import unicodedata
from types import ModuleType

import pytest
from cbackend_support.cases import inputs
from cbackend_support.prim_module import OPS
from cbackend_support.python_prims import f32, f32_str, meaning, same
from hypothesis import given, settings
from hypothesis import strategies as st

# Characters that every Python knows: later versions of Unicode did not change them.
OLD_TEXT = st.text(
    st.characters(exclude_categories=["Cs"]).filter(lambda c: unicodedata.ucd_3_2_0.category(c) != "Cn")
)
FAMILIES = sorted({op.name.partition("_")[0] for op in OPS})


def outcome(call: object, *args: object) -> tuple[object, ...]:
    try:
        return ("value", call(*args))  # type: ignore[operator]
    except (ArithmeticError, ValueError, IndexError, TypeError, MemoryError) as error:
        return (
            "raised",
            type(error)
            .__name__.removeprefix("_")
            .replace("DecodeError", "UnicodeDecodeError")
            .replace("UnicodeUnicode", "Unicode"),
            str(error),
        )


def agree(a: tuple[object, ...], b: tuple[object, ...]) -> bool:
    return a == b if a[0] == "raised" or b[0] == "raised" else same(a[1], b[1])


@pytest.mark.parametrize("family", FAMILIES)
def test_family_means_what_python_means(family: str, prims: ModuleType) -> None:
    rng = random.Random(1)
    wrong = []
    for op in OPS:
        if op.name.partition("_")[0] != family:
            continue
        call, expected = getattr(prims, op.name), meaning(op.name)
        for case in inputs(op.name, rng):
            found, wanted = outcome(call, *case), outcome(expected, *case)
            if not agree(found, wanted):
                wrong.append((op.name, case, found, wanted))
    assert not wrong, f"{len(wrong)} wrong, such as {wrong[:20]}"


def test_repr_of_doubles_is_cpythons(prims: ModuleType) -> None:
    rng = random.Random(2)
    values = [struct.unpack("d", rng.randbytes(8))[0] for _ in range(70_000)]
    values += [math.ldexp(1, e) for e in range(-1074, 1024)] + [
        math.ldexp(1, e) * 1.5 for e in range(-1073, 1023)
    ]
    values += [rng.uniform(-1000, 1000) for _ in range(10_000)] + [
        rng.randint(-(10**9), 10**9) / 100 for _ in range(10_000)
    ]
    values += [float(10**e) for e in range(0, 309)] + [10.0**-e for e in range(1, 324)]
    values += [math.nextafter(10.0**e, 0) for e in range(1, 300)]
    wrong = [(v, repr(v), prims.f64_str(v)) for v in values if prims.f64_str(v) != repr(v)]
    assert not wrong, wrong[:20]


def test_repr_of_f32_is_the_shortest(prims: ModuleType) -> None:
    rng = random.Random(3)
    values = [struct.unpack("f", rng.randbytes(4))[0] for _ in range(3_000)]
    values += [f32(math.ldexp(1, e)) for e in range(-149, 128)] + [
        f32(rng.uniform(-100, 100)) for _ in range(1_000)
    ]
    values = [v for v in values if not math.isnan(v)]
    wrong = [(v, f32_str(v), prims.f32_str(v)) for v in values if prims.f32_str(v) != f32_str(v)]
    assert not wrong, wrong[:20]


@settings(max_examples=500, deadline=None)
@given(value=st.floats())
def test_floats_survive_text(prims: ModuleType, value: float) -> None:
    assert same(prims.str_to_f64(prims.f64_str(value)), value)


@settings(max_examples=300, deadline=None)
@given(text=OLD_TEXT, part=st.text(max_size=2), i=st.integers(-40, 40), j=st.integers(-40, 40))
def test_text_is_a_sequence_of_code_points(prims: ModuleType, text: str, part: str, i: int, j: int) -> None:
    assert prims.str_len(text) == len(text)
    assert outcome(prims.str_getitem, text, i) == outcome(meaning("str_getitem"), text, i)
    assert prims.str_repr(text) == repr(text)
    assert prims.str_find(text + part, part, i, j) == (text + part).find(part, i, j)
    assert prims.str_rfind(part + text, part, i, j) == (part + text).rfind(part, i, j)
    assert prims.str_hash(text) == meaning("str_hash")(text)
    assert prims.str_lt(text, part) == (text < part)


@settings(max_examples=300, deadline=None)
@given(data=st.binary(max_size=12))
def test_bytes_decode_as_in_python(prims: ModuleType, data: bytes) -> None:
    assert outcome(prims.bytes_decode, data) == outcome(bytes.decode, data)
    assert prims.bytes_repr(data) == repr(data)


@settings(max_examples=300, deadline=None)
@given(text=st.text("0123456789+-._eEinfaty \u0663", max_size=10))
def test_numbers_are_read_as_in_python(prims: ModuleType, text: str) -> None:
    for op in ("str_to_i32", "str_to_f64", "str_to_complex128"):
        found, wanted = outcome(getattr(prims, op), text), outcome(meaning(op), text)
        assert agree(found, wanted), (op, text, found, wanted)


@settings(max_examples=300, deadline=None)
@given(
    a=st.integers(-(2**63), 2**63 - 1),
    b=st.integers(-(2**63), 2**63 - 1).filter(bool),
    shift=st.integers(0, 63),
)
def test_wide_division_is_correctly_rounded(prims: ModuleType, a: int, b: int, shift: int) -> None:
    assert same(prims.i64_div(a, b >> shift or 1), a / (b >> shift or 1))
