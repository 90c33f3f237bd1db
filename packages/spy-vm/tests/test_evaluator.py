"""The plain evaluator, against CPython where the program is Python, else against the definition."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from spy_types.errors import SpyError
from spy_vm.world import World

Load, Call = Callable[..., World], Callable[..., Any]
WALK = Path(__file__).parent / "programs" / "walk.spy"
CALLS = [
    ("gcd", (48, 36)),
    ("gcd", (17, 0)),
    ("collatz", (27,)),
    *(("between", (1, x, 5)) for x in (0, 1, 4, 5)),
    *(("first_true", (a, b, c)) for a in (True, False) for b in (True, False) for c in (True, False)),
    *(("sign", (x,)) for x in (-2.5, -0.0, 0.0, 1e300)),
    *(("shout", ("ab", n)) for n in (-1, 0, 1, 3)),
    *(("search", (n,)) for n in (2, 9, 35, 97)),
    ("ackermann", (2, 3)),
    ("called_with_keywords", (7,)),
    ("named", (6,)),
]


@pytest.mark.parametrize(("name", "args"), CALLS, ids=str)
def test_a_function_gives_what_python_gives(load: Load, call: Call, name: str, args: tuple[Any, ...]) -> None:
    python: dict[str, Any] = {}
    exec(WALK.read_text(), python)
    expected = python[name](*args)
    result = call(load("walk"), name, *args)
    assert (result, type(result)) == (expected, type(expected))


def test_generics_structs_and_operators(load: Load, call: Call) -> None:
    world = load("generics")
    assert call(world, "cube", 5) == 5**3
    assert call(world, "through", 2.5) == 2.5
    assert call(world, "add_points", 3, 4) == 7 * 1000 + 7
    assert [call(world, "equal_points", 3, 4), call(world, "equal_points", 4, 4)] == [False, True]


def test_main_gives_the_exit_code(load: Load) -> None:
    assert load("exits").run_main(["exits"]) == 42


def test_a_wrong_main_is_one_error_with_all_that_is_wrong(load: Load) -> None:
    with pytest.raises(SpyError) as caught:
        load("exits_badly").run_main(["exits_badly"])
    assert [label.text for label in caught.value.diagnostic.labels] == [
        "parameters must be `main(argv: list[str])`",
        "the only valid return types are `None`, `int` and `i32`",
    ]


def test_a_module_without_main_says_how_a_program_starts(load: Load) -> None:
    with pytest.raises(SpyError) as caught:
        load("empty").run_main(["empty"])
    assert caught.value.diagnostic.title == "empty.spy has no function `main`"
    assert caught.value.diagnostic.hint == "a program starts in `def main() -> None:`"
