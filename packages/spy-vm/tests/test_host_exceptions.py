"""The hierarchy of exception types."""

import builtins

import pytest
from spy_vm.exceptions import ALIASES, PARENTS, Raised, is_subexception

CPYTHON = {
    name: value
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException) and name == value.__name__
}


@pytest.mark.parametrize("name", sorted(PARENTS))
def test_the_hierarchy_is_cpythons(name: str) -> None:
    if name not in CPYTHON:
        assert name in {"StaticError", "ScopeError", "ParseError", "PanicError", "WIP"}
        return
    for other, ancestor in CPYTHON.items():
        if name != "ExceptionGroup":
            assert is_subexception(name, other) == issubclass(CPYTHON[name], ancestor), other


def test_every_exception_of_cpython_311_is_known() -> None:
    later = {"PythonFinalizationError", "_IncompleteInputError"}
    assert set(CPYTHON) - later == (set(PARENTS) | {"BaseException"}) & set(CPYTHON)


def test_a_type_error_is_a_static_error() -> None:
    assert is_subexception("TypeError", "StaticError")
    assert not is_subexception("ValueError", "StaticError")


def test_aliases_are_cpythons() -> None:
    for alias, name in ALIASES.items():
        assert getattr(builtins, alias).__name__ == name


def test_text_of_an_exception() -> None:
    assert str(Raised("ValueError", "hello")) == "ValueError: hello"
    assert str(Raised("ValueError")) == "ValueError"
