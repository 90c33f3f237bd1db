import re

from hypothesis import given
from hypothesis import strategies as st
from spy_cbackend.mangling import fqn_name, member_name, string_literal

IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
PIECES = st.sampled_from(
    ["a", "_", "b1", "::", "[", "]", ", ", ",", "#", ".", "$", " ", "é", "__", "X", "1", ":"]
)
NAMES = st.one_of(st.text(min_size=1), st.lists(PIECES, min_size=1, max_size=8).map("".join))


def test_names_are_readable() -> None:
    assert fqn_name("mod::f") == "spy_mod$f"
    assert fqn_name("mod::box[i32]::get") == "spy_mod$box$$li32$$r$get"
    assert member_name("x") == "x_"
    assert member_name("int") == "int_"
    assert member_name("__LINE_") == "$__LINE__"


@given(first=NAMES, second=NAMES)
def test_different_names_stay_different(first: str, second: str) -> None:
    assert (fqn_name(first) == fqn_name(second)) == (first == second)
    assert (member_name(first) == member_name(second)) == (first == second)


@given(name=NAMES)
def test_every_name_is_a_c_identifier(name: str) -> None:
    assert IDENTIFIER.fullmatch(fqn_name(name))
    assert IDENTIFIER.fullmatch(member_name(name))


@given(name=NAMES)
def test_no_local_looks_like_a_name_of_c(name: str) -> None:
    made = member_name(name)
    assert made.endswith("_")
    assert not re.match(r"__|_[A-Z]", made)


@given(data=st.binary())
def test_string_literals_hold_exactly_their_bytes(data: bytes) -> None:
    literal = string_literal(data)
    assert literal.isascii()
    assert "\n" not in literal
    assert "??" not in literal
    # Python reads these escapes as C does.
    assert eval("b" + literal.replace("\\?", "?")) == data
