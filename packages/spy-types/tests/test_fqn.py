import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spy_types.errors import SpyError
from spy_types.fqn import FQN, Part, mangle

NAMES = st.text("abz_09.é", min_size=1, max_size=4)
FQNS = st.recursive(
    st.builds(FQN, st.lists(st.builds(Part, NAMES), min_size=1, max_size=2).map(tuple)),
    lambda inner: st.builds(
        FQN,
        st.lists(
            st.builds(Part, NAMES, st.none() | st.lists(inner, max_size=3).map(tuple), st.just("") | NAMES),
            min_size=1,
            max_size=3,
        ).map(tuple),
    ),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("mod", (Part("mod"),)),
        ("mod::f", (Part("mod"), Part("f"))),
        ("a.b::C::m#__bare__", (Part("a.b"), Part("C"), Part("m", None, "__bare__"))),
        (
            "m::f[i32, m::P]#1",
            (Part("m"), Part("f", (FQN((Part("i32"),)), FQN((Part("m"), Part("P")))), "1")),
        ),
        ("m::t[]::Impl", (Part("m"), Part("t", ()), Part("Impl"))),
    ],
)
def test_parse(text, parts):
    assert FQN.parse(text) == FQN(parts)
    assert str(FQN.parse(text)) == text


def test_blanks_after_commas_are_free():
    assert str(FQN.parse("m::f[a,b]")) == "m::f[a, b]"


@given(FQNS)
def test_every_name_survives_its_text(fqn):
    assert FQN.parse(str(fqn)) == fqn


@pytest.mark.parametrize(
    "text",
    [
        "",
        "::",
        "a::",
        "::a",
        "a:b",
        "a[",
        "a]",
        "a[,]",
        "a[b,]",
        "a[b",
        "a#",
        "a#b#c",
        "a b",
        " a",
        "a`b",
        "a\n",
        "a[b]c",
    ],
)
def test_what_is_no_name_is_refused(text):
    with pytest.raises(SpyError) as caught:
        FQN.parse(text)
    assert caught.value.diagnostic.code == "IR004"


@pytest.mark.parametrize("text", ["[" * 100_000, "a[" * 100_000, "a::" * 100_000, "a[" * 60 + "b" + "]" * 60])
def test_absurd_names_are_refused_in_time(text):
    with pytest.raises(SpyError):
        FQN.parse(text)


@given(st.text(":[]#,ab ` ", max_size=12))
def test_any_text_is_a_name_or_refused(text):
    try:
        fqn = FQN.parse(text)
    except SpyError:
        return
    assert FQN.parse(str(fqn)) == fqn


@pytest.mark.parametrize(
    ("fqn", "human"),
    [
        ("builtins::i32", "i32"),
        ("builtins::def[i32, builtins::bool]", "def(i32) -> bool"),
        ("builtins::blue.generic.def[i32]", "@blue.generic def() -> i32"),
        ("_list::list[builtins::i32]", "list[i32]"),
        ("_list::list[_list::list[i32]]::append", "list[list[i32]]::append"),
        ("m::make[i32]::Impl", "m::make[i32]"),
        ("m::make[i32]::Impl::get#1", "m::make[i32]::get#1"),
        ("m::make[str]::Impl", "m::make[str]::Impl"),
        ("m::f", "m::f"),
    ],
)
def test_human(fqn, human):
    aliases = {"_list::list": "list", "m::make[i32]::Impl": "m::make[i32]"}
    assert FQN.parse(fqn).human(aliases) == human


@pytest.mark.parametrize(
    ("fqn", "identifier"),
    [
        ("mod::f", "spy_mod$f"),
        ("mod::box[i32]::get", "spy_mod$box$$li32$$r$get"),
        ("mod::f#1", "spy_mod$f$$h1"),
        ("a.b::__init__", "spy_a$$db$__init__"),
        ("main", "spy_$$nmain"),
        ("m::é", "spy_m$$u3a$$$u3a$$$ue9$"),
    ],
)
def test_mangle(fqn, identifier):
    assert mangle(fqn) == identifier


def unmangle(identifier: str) -> str:
    """Read a mangled name token by token: it can be done, so no two names share one."""
    letters = {"l": "[", "r": "]", "c": ",", "s": " ", "h": "#", "d": ".", "a": "@", "n": ""}

    def token(match: re.Match[str]) -> str:
        text = match.group()
        if text == "$":
            return "::"
        return chr(int(text[3:-1], 16)) if text[2] == "u" else letters[text[2]]

    return re.sub(r"\$\$u[0-9a-f]+\$|\$\$[a-z]|\$", token, identifier.removeprefix("spy_"))


@given(st.text(":[]#,. @$_abuln19é\U0001f600", max_size=12))
def test_mangling_is_injective(text):
    identifier = mangle(text)
    assert re.fullmatch(r"spy_[A-Za-z0-9_$]*", identifier)
    assert unmangle(identifier) == text
