"""Deep and long input: a diagnostic or a tree, never a RecursionError, and in time."""

import contextlib
import sys
import threading
import time
from collections.abc import Callable

import pytest
from spy_parser import parse, same_tree, unparse
from spy_types.errors import SpyError
from spy_types.syntax import codec

DEEP: dict[str, Callable[[int], str]] = {
    "parentheses": lambda n: "(" * n + "1" + ")" * n,
    "lists": lambda n: "[" * n + "]" * n,
    "sets": lambda n: "{" * n + "1" + "}" * n,
    "calls": lambda n: "f(" * n + ")" * n,
    "calls and operators": lambda n: "-f(1 + " * n + "1" + ")" * n,
    "sums": lambda n: " + ".join(["1"] * n),
    "powers": lambda n: "**".join(["1"] * n),
    "signs": lambda n: "-" * n + "1",
    "nots": lambda n: "not " * n + "1",
    "attributes": lambda n: "a" + ".b" * n,
    "subscripts": lambda n: "a" + "[0]" * n,
    "call chains": lambda n: "a" + "()" * n,
    "conditionals": lambda n: "1 if 2 else " * n + "3",
    "lambdas": lambda n: "lambda: " * n + "1",
    "elifs": lambda n: "if a:\n  b\n" + "elif c:\n  d\n" * n,
    "f-strings": lambda n: "f'{" * n + "1" + "}'" * n,
    "patterns": lambda n: "match x:\n case " + "[" * n + "]" * n + ": pass",
    "awaits": lambda n: "await " * n + "a",
    "blocks": lambda n: "".join(" " * i + "if x:\n" for i in range(min(n, 400))) + " " * min(n, 400) + "y",
    "unclosed": lambda n: "(" * n,
    "unclosed f-strings": lambda n: "f'{" * n,
}


@pytest.mark.parametrize("kind", DEEP)
def test_ten_thousand_deep_is_a_diagnostic(kind: str) -> None:
    with pytest.raises(SpyError) as caught:
        parse(DEEP[kind](10_000))
    assert all(diagnostic.labels for diagnostic in caught.value.diagnostics)


@pytest.mark.parametrize("kind", sorted(DEEP.keys() - {"blocks", "awaits", "unclosed", "unclosed f-strings"}))
def test_ninety_deep_is_no_problem(kind: str) -> None:
    module = parse(DEEP[kind](90))
    assert codec.decode(codec.encode(module)) == module
    assert same_tree(parse(unparse(module)), module)


def test_as_deep_as_cpython_allows() -> None:
    parse("(" * 200 + "1" + ")" * 200)
    parse("".join(" " * i + "def f():\n" for i in range(99)) + " " * 99 + "x")


def test_deep_input_from_deep_in_a_program() -> None:
    def at(depth: int) -> None:
        if depth:
            return at(depth - 1)
        parse("(" * 150 + "1" + ")" * 150)
        return None

    at(sys.getrecursionlimit() - 150)


def test_recursion_limit_is_left_as_it_was() -> None:
    before = sys.getrecursionlimit()
    parse("x")
    with pytest.raises(SpyError):
        parse("lambda: " * 10_000 + "1")
    assert sys.getrecursionlimit() == before


def test_threads_may_parse_at_the_same_time() -> None:
    before = sys.getrecursionlimit()
    done: list[int] = []
    threads = [
        threading.Thread(target=lambda: done.append(len(parse("x = [(1)]\n" * 200).body))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [200] * 4
    assert sys.getrecursionlimit() == before


@pytest.mark.parametrize(
    "text",
    [
        "x = [" + "1, " * 60_000 + "]",
        "x = '" + "a" * 1_000_000 + "'",
        "x = " + "a" * 1_000_000,
        "x = [" + "1 1, " * 200_000 + "]",
        "'''" * 100_001,
        ("'''\n") * 50_001,
        "x = = 1\n" * 5_000,
        "f'{a}" * 20_000,
        "\\\n" * 50_000,
        "a;" * 20_000,
        "(\n" * 100_000,
        "#" * 1_000_000,
        "\n" * 500_000,
        "x = 1 +" + " " * 1_000_000,
    ],
    ids=lambda text: text[:8],
)
def test_long_input_takes_time_in_proportion(text: str) -> None:
    start = time.perf_counter()
    with contextlib.suppress(SpyError):
        parse(text)
    assert time.perf_counter() - start < 30
