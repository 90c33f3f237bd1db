"""From a file to what a command wants of it: a frozen World, a Program, a run."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, final

from spy_types.errors import SpyError

from spy_cli.loader import FileLoader
from spy_cli.nesting import nesting_limit
from spy_cli.options import WorldOptions
from spy_cli.project_files import project_files
from spy_cli.read_program import read_program
from spy_cli.settings import Settings
from spy_cli.stages import Purpose, Stages, World

if TYPE_CHECKING:
    from spy_types.program.program import Program

Engine = Literal["auto", "interp", "redshift"]
Keep = Callable[["Session", "Program"], "bytes | None"]


@final
class Session:
    """One program on its way through the stages; each stage runs at most once, when it is first needed."""

    def __init__(self, main: Path, settings: Settings, options: WorldOptions, stages: Stages) -> None:
        self.main = main
        self.settings = settings
        self.options = options
        self.stages = stages
        self.held: list[tuple[str, str, object]] = []  # conditions of the program in the cache
        self.loader = FileLoader(
            main, [*settings.folders(), *stages.folders()], stages.parse, stages.libraries()
        )

    @property
    def project_files(self) -> list[Path]:
        """Where a project file was looked for."""
        return project_files(self.main)

    @cached_property
    def world(self) -> World:
        """The frozen World."""
        with nesting_limit(self.main):
            return self.stages.import_program(self.loader, self.options)

    @cached_property
    def program(self) -> "Program":
        """What `main` reaches; SpyError with every static error of it."""
        return self._redshift("run")

    @cached_property
    def library(self) -> "Program":
        """The main module as a library: all its functions are exports, and none is the entry."""
        return self._redshift("library")

    def library_with(self, functions: Iterable[object]) -> "Program":
        """The main module as a library, with functions of the World that are not its own."""
        world = self.world
        with nesting_limit(self.main):
            return self.stages.redshift(world, self.options, purpose="library", also=functions)

    @cached_property
    def whole(self) -> "Program":
        """The program with all functions of the main module, reached or not; it needs no `main`."""
        return self._redshift("check")

    def run(self, engine: Engine, argv: Sequence[str], keep: Keep | None = None) -> int:
        """Run `main`; return its exit code. `keep` may note the program, and say that it runs from its notes.

        `auto` runs the redshifted program. Where that has static errors, they concern only who
        reaches them: the evaluator runs the program, on the same World, and finds out.
        """
        if engine == "interp":
            return self.stages.interpret(self.world, argv)
        self._prepare()
        try:
            program = self.program
        except SpyError:
            if engine == "redshift":
                raise
            return self.stages.interpret(self.world, argv)
        saved = keep(self, program) if keep is not None else None
        if saved is not None:
            return self.stages.execute_saved(saved, argv)
        return self.stages.execute(program, argv)

    def _prepare(self) -> None:
        """Run import time: what goes wrong there is not for the evaluator to try again."""
        if self.main.suffix != ".spyir":
            _ = self.world

    def _redshift(self, purpose: Purpose) -> "Program":
        """Return the redshifted program, or the one that a `.spyir` file holds."""
        if "world" not in self.__dict__:
            self.options = replace(self.options, keep_going=True)
        if self.main.suffix == ".spyir":
            return read_program(self.main)
        world = self.world
        with nesting_limit(self.main):
            return self.stages.redshift(world, self.options, purpose=purpose)
