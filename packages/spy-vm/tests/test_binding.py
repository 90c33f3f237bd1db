"""Binding of arguments to parameters, against CPython's own."""

import inspect
from collections.abc import Callable
from itertools import product

import pytest
from spy_types.errors import SpyError
from spy_vm.dispatch.binding import Bound, bind
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import Param, ParamKind, W_Func
from spy_vm.objects.operand import Operand, blue
from spy_vm.world import World

SIGNATURES: dict[str, Callable[..., None]] = {
    "none": lambda: None,
    "two": lambda a, b: None,
    "default": lambda a, b=2: None,
    "positional": lambda a, /, b: None,
    "positional default": lambda a=1, /, b=2: None,
    "variadic": lambda a, *rest: None,
    "keyword": lambda a, *, k: None,
    "keyword default": lambda *, k=3: None,
    "all": lambda a, /, b=2, *rest, k, **others: None,
    "keywords": lambda **others: None,
}
CALLS = [
    (args, names) for args, names in product(range(4), [(), ("a",), ("b",), ("k",), ("b", "k"), ("z", "k")])
]
KINDS: dict[inspect._ParameterKind, ParamKind] = {
    inspect.Parameter.POSITIONAL_ONLY: "posonly",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "normal",
    inspect.Parameter.VAR_POSITIONAL: "vararg",
    inspect.Parameter.KEYWORD_ONLY: "kwonly",
    inspect.Parameter.VAR_KEYWORD: "kwarg",
}


def spy_function(python: Callable[..., None]) -> W_Func:
    params = []
    for param in inspect.signature(python).parameters.values():
        default = None if param.default is param.empty else blue(b.W_I32, param.default)
        params.append(Param(param.name, b.W_I32, KINDS[param.kind], default))
    return W_Func("demo::f", params, b.W_NONE)


def as_python(bound: Bound, w_func: W_Func) -> dict[str, object]:
    result: dict[str, object] = {name: op.val for name, op in bound.args.items()}
    for param in w_func.params:
        if param.kind == "vararg":
            result[param.name] = tuple(op.val for op in bound.varargs)
        elif param.kind == "kwarg":
            result[param.name] = {name: op.val for name, op in bound.extra.items()}
    return result


@pytest.mark.parametrize("signature", SIGNATURES)
@pytest.mark.parametrize("arguments", CALLS, ids=str)
def test_arguments_go_where_python_puts_them(
    load: Callable[[str], World], signature: str, arguments: tuple[int, tuple[str, ...]]
) -> None:
    count, names = arguments
    values = list(range(10, 10 + count))
    keywords = {name: 20 + i for i, name in enumerate(names)}
    w_func = spy_function(SIGNATURES[signature])
    ops: list[Operand] = [blue(b.W_I32, value) for value in values]
    named = {name: blue(b.W_I32, value) for name, value in keywords.items()}
    try:
        expected = inspect.signature(SIGNATURES[signature]).bind(*values, **keywords)
    except TypeError:
        with pytest.raises(SpyError) as caught:
            bind(load("empty"), w_func, ops, named, None)
        assert caught.value.diagnostic.code in ("VM010", "VM011", "VM012", "VM123", "VM124")
        return
    expected.apply_defaults()
    assert as_python(bind(load("empty"), w_func, ops, named, None), w_func) == dict(expected.arguments)


def test_a_misspelt_keyword_is_guessed(load: Callable[[str], World]) -> None:
    w_func = W_Func("demo::f", [Param("colour", b.W_I32)], b.W_NONE)
    with pytest.raises(SpyError) as caught:
        bind(load("empty"), w_func, [], {"color": blue(b.W_I32, 1)}, None)
    assert caught.value.diagnostic.hint == "did you mean `colour`?"
