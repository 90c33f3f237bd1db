"""From a file to what a command wants of it: a frozen World, a Program, a run."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, final

from spy_types.errors import SpyError

from spy_cli.loader import FileLoader
from spy_cli.nesting import nesting_limit
from spy_cli.options import WorldOptions
from spy_cli.read_program import read_program
from spy_cli.settings import Settings
from spy_cli.stages import Stages, World

if TYPE_CHECKING:
    from spy_types.program.program import Program

Engine = Literal["auto", "interp", "redshift"]


@final
class Session:
    """One program on its way through the stages; each stage runs at most once, when it is first needed."""

    def __init__(self, main: Path, settings: Settings, options: WorldOptions, stages: Stages) -> None:
        self.main = main
        self.settings = settings
        self.options = options
        self.stages = stages
        self.loader = FileLoader(
            main, [*settings.folders(), *stages.folders()], stages.parse, stages.libraries()
        )

    @cached_property
    def world(self) -> World:
        """The frozen World."""
        with nesting_limit(self.main):
            return self.stages.import_program(self.loader, self.options)

    @cached_property
    def program(self) -> "Program":
        """The redshifted program, or the one that a `.spyir` file holds; SpyError with every static error."""
        if self.main.suffix == ".spyir":
            return read_program(self.main)
        with nesting_limit(self.main):
            return self.stages.redshift(self.world, self.options)

    @cached_property
    def library(self) -> "Program":
        """The main module as a library: all its functions are exports, and none is the entry."""
        world = self.world
        with nesting_limit(self.main):
            return self.stages.redshift(world, self.options, purpose="library")

    @cached_property
    def shown(self) -> "Program":
        """The program with all functions of the main module, whether `main` reaches them or not; `main` may be missing."""
        if self.main.suffix == ".spyir":
            return read_program(self.main)
        world = self.world
        with nesting_limit(self.main):
            return self.stages.redshift(world, self.options, purpose="show")

    def check(self) -> None:
        """Find every static error, also of a module without `main`: SpyError with all of them."""
        world = self.world
        with nesting_limit(self.main):
            self.stages.redshift(world, self.options, purpose="check")

    def run(self, engine: Engine, argv: Sequence[str]) -> int:
        """Run `main`; return its exit code.

        `auto` runs the redshifted program. Where that has static errors, they concern only who
        reaches them: the evaluator runs the program, on the same World, and finds out.
        """
        if engine == "interp":
            return self.stages.interpret(self.world, argv)
        try:
            program = self.program
        except SpyError:
            if engine == "redshift":
                raise
            return self.stages.interpret(self.world, argv)
        return self.stages.execute(program, argv)
