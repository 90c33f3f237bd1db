"""Redshifted programs mean what their sources mean: run by the executor, against Python's answers."""

from collections.abc import Callable
from typing import Any

import pytest
from spy_redshift.pipeline import run_passes
from spy_types.program.program import Program
from spy_vm.exceptions import Raised
from spy_vm.executor import Executor
from spy_vm.modules import HostIO

Redshift = Callable[..., Program]
CALLS = [
    ("simple", "chosen", (3,), 3),
    ("simple", "sure", (True,), 1),
    ("simple", "sure", (False,), 2),
    ("simple", "unknown", (True,), 1),
    ("simple", "forward", (6,), 72),
    *(("simple", "chain", (a, b, 2), a < b < 2) for a in range(3) for b in range(4)),
    ("simple", "countdown", (5,), 0),
    ("unrolled", "doubled", (5,), 30),
    ("unrolled", "summed", (7,), 21),
    *(("unrolled", "left_early", (x,), 10 * x) for x in range(3)),
    ("unrolled", "left_early", (9,), 30),
    ("unrolled", "square", (12,), 144),
    ("image", "around", (), 41),
    ("image", "same", (), True),
    ("image", "middle", (), 7),
]


def executor(program: Program) -> Executor:
    return Executor.from_program(program, HostIO(["test"]))


@pytest.mark.parametrize("optimise", [False, True])
@pytest.mark.parametrize(("module", "name", "args", "expected"), CALLS, ids=str)
def test_a_function_gives_what_python_gives(  # noqa: PLR0913, PLR0917  # a case is five things
    program: Redshift, module: str, name: str, args: tuple[Any, ...], expected: object, optimise: bool
) -> None:
    made = program(module, everything=True)
    if optimise:
        made = run_passes(made)
    assert executor(made).function(f"{module}::{name}")(*args) == expected


def test_a_local_without_a_value_raises_as_in_python(program: Redshift) -> None:
    with pytest.raises(Raised, match="UnboundLocalError: cannot access local variable 'x'"):
        executor(program("simple")).function("simple::unknown")(False)


def test_arguments_are_evaluated_from_left_to_right_whatever_their_order(program: Redshift) -> None:
    made = program("order")
    assert executor(made).run_main(made) == 0
