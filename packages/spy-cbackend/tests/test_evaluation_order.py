from pathlib import Path

import pytest
from cbackend_support.interpreter import Machine, outcome
from cbackend_support.prim_module import build_module
from cbackend_support.random_programs import random_program


@pytest.mark.parametrize(("seed", "release", "count"), [(1, False, 40), (2, True, 15)])
def test_random_functions_run_as_the_ir_says(
    seed: int, release: bool, count: int, tmp_path: Path, cache: Path
) -> None:
    program = random_program(seed, count)
    module = build_module(program, tmp_path, f"random{seed}", cache, release=release)
    machine = Machine(program)
    kinds = set()
    for function in program.functions:
        if not function.display.startswith("f"):
            continue
        for args in ((0, 0), (1, 2), (-7, 50), (100, -1)):
            found = outcome(getattr(module, function.display), *args), module.last()
            wanted = (
                outcome(lambda *a, fqn=function.fqn: machine.call(fqn, *a), *args),
                machine.call("demo::last"),
            )
            assert found == wanted, (function.display, args)
            kinds.add(wanted[0][0])
    assert {"value", "ValueError", "ZeroDivisionError", "UnboundLocalError"} <= kinds
