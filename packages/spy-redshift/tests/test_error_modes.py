"""Static errors: eager collects them all, lazy and warn let the wrong statement raise when it runs."""

from collections.abc import Callable

import pytest
from spy_types.errors import Diagnostic, SpyError
from spy_types.program.printer import print_function
from spy_types.program.program import Function, Program

Redshift = Callable[..., Program]
LATER = """
def main() -> i32:
    x: i32 = 1
    if x == 2:
        raise TypeError('mismatched types')
    return x
"""


def faults(program: Redshift, name: str) -> list[Diagnostic]:
    with pytest.raises(SpyError) as caught:
        program(name)
    return list(caught.value.diagnostics)


def places(diagnostics: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(d.code, str(d.labels[0].loc)) for d in diagnostics]


def test_all_errors_are_reported_and_their_consequences_are_not(program: Redshift) -> None:
    found = faults(program, "wrong")
    assert places(found) == [
        ("VM001", "wrong.spy:2:12"),
        ("VM001", "wrong.spy:6:14"),
        ("VM013", "wrong.spy:8:12"),
    ]


@pytest.mark.parametrize("mode", ["lazy", "warn"])
def test_a_wrong_statement_raises_when_it_runs(
    program: Redshift, function: Callable[[Program, str], Function], mode: str
) -> None:
    made = program("wrong_later", mode=mode)
    assert print_function(function(made, "wrong_later::main"), made).strip() == LATER.strip()


def test_an_inlined_function_returns_at_its_end(program: Redshift) -> None:
    assert places(faults(program, "faulty_inline")) == [("RS002", "faulty_inline.spy:7:9")]


def test_an_inlined_function_does_not_call_itself(program: Redshift) -> None:
    assert places(faults(program, "recursive_inline"))[0] == ("RS003", "recursive_inline.spy:6:12")
