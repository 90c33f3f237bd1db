"""The passes, in order. Each takes a valid program and returns one that means the same."""

from collections.abc import Callable

from spy_types.program.program import Program

from spy_redshift.passes.devirtualise import devirtualise
from spy_redshift.passes.effects import effects
from spy_redshift.passes.inline import inline
from spy_redshift.passes.prune import prune

Pass = Callable[[Program], Program]

PASSES: tuple[Pass, ...] = (devirtualise, effects, inline, prune, effects)


def run_passes(program: Program) -> Program:
    """Return `program` after all passes."""
    for run in PASSES:
        program = run(program)
    return program
