"""The runtime and emitted code under AddressSanitizer and UndefinedBehaviorSanitizer, in one executable."""

import random
from pathlib import Path

from cbackend_support.building import at, const, function, local, prim, program, ret, run, show
from cbackend_support.cases import inputs
from cbackend_support.interpreter import Machine, outcome
from cbackend_support.prim_module import OPS, build_module
from cbackend_support.python_prims import meaning
from cbackend_support.random_programs import random_program
from cbackend_support.running import execute
from spy_types.program.nodes import Call
from spy_types.program.program import Program


def sanitized_program() -> tuple[Program, list[str]]:
    rng = random.Random(4)
    functions, body, wanted = [], [], []
    for op in OPS:
        names = [f"a{i}" for i in range(len(op.params))]
        params = dict(zip(names, op.params, strict=True))
        functions.append(
            function(op.name, params, op.result, [ret(prim(op.name, *map(local, names, op.params)))])
        )
        cases = inputs(op.name, rng)
        for case in rng.sample(cases, min(4, len(cases))):
            try:
                value = meaning(op.name)(*case)
            except (ArithmeticError, ValueError, LookupError, TypeError):
                continue
            if op.result == "f32" and "f32_str" not in op.name:
                continue
            args = tuple(const(v, t) for v, t in zip(case, op.params, strict=True))
            body.append(show(Call(op.result, at(1), f"demo::{op.name}", args)))
            wanted.append(repr(value) if isinstance(value, bytes) else str(value))
    parts = [body[i : i + 100] for i in range(0, len(body), 100)]
    steps = [function(f"part{i}", {}, "None", part) for i, part in enumerate(parts)]
    calls = [run(Call("None", at(1), step.fqn, ())) for step in steps]
    return program(*functions, *steps, function("main", {}, "None", calls)), wanted


def test_primitives_have_no_undefined_behaviour(tmp_path: Path, cache: Path) -> None:
    source, wanted = sanitized_program()
    code, out, err = execute(source, tmp_path, cache, sanitize="address,undefined")
    assert err == "" or all("overflowed and wrapped" in line for line in err.splitlines())
    assert code == 0
    assert out == "".join(f"{line}\n" for line in wanted)


def test_random_functions_have_no_undefined_behaviour(tmp_path: Path, cache: Path) -> None:
    source = random_program(5, 25)
    module = build_module(
        source, tmp_path, "undefined", cache, release=True, sanitize="undefined", cflags="-O1"
    )
    machine = Machine(source)
    for function_ in source.functions:
        if function_.display.startswith("f"):
            found = outcome(getattr(module, function_.display), 3, -4)
            assert found == outcome(lambda *a, fqn=function_.fqn: machine.call(fqn, *a), 3, -4)
