"""`format` gives what CPython's gives, for every specification and value."""

from collections.abc import Callable
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spy_cli import load

PROGRAM = """
def format_int(x: i64, spec: str) -> str:
    return format(x, spec)
def format_float(x: f64, spec: str) -> str:
    return format(x, spec)
def format_str(x: str, spec: str) -> str:
    return format(x, spec)
"""
PARTS = [
    ["", "<", ">", "^", "=", "*<", "0>", "é^", " ="],
    ["", "+", "-", " "],
    ["", "z"],
    ["", "#"],
    ["", "0"],
    ["", "1", "5", "12", "30"],
    ["", ",", "_"],
    ["", ".0", ".1", ".3", ".17"],
    ["", *"bcdoxXneEfFgG%s"],
]
SPECS = st.tuples(*map(st.sampled_from, PARTS)).map("".join)


@pytest.fixture(scope="module")
def formats(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    path = tmp_path_factory.mktemp("format") / "formats.spy"
    path.write_text(PROGRAM)
    return load(path, engine="native")


@settings(max_examples=1500, deadline=None)
@given(value=st.integers(-(2**63), 2**63 - 1) | st.integers(-999, 99999), spec=SPECS)
def test_int(formats: ModuleType, value: int, spec: str) -> None:
    assert outcome(formats.format_int, value, spec) == outcome(format, value, spec)


@settings(max_examples=1500, deadline=None)
@given(value=st.floats(), spec=SPECS)
def test_float(formats: ModuleType, value: float, spec: str) -> None:
    assert outcome(formats.format_float, value, spec) == outcome(format, value, spec)


@settings(max_examples=500, deadline=None)
@given(value=st.text("aé€ ", max_size=9), spec=SPECS)
def test_str(formats: ModuleType, value: str, spec: str) -> None:
    assert outcome(formats.format_str, value, spec) == outcome(format, value, spec)


def outcome(function: Callable[..., str], value: object, spec: str) -> object:
    """Return the text, or the type of the error."""
    try:
        return function(value, spec)
    except (ValueError, OverflowError) as error:
        return type(error)
