"""The stages of the compiler, as the driver composes them."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from spy_types.plugins import Plugins
    from spy_types.program.program import Program
    from spy_types.syntax.module import SyntaxModule

    from spy_cli.loader import FileLoader
    from spy_cli.options import WorldOptions

World = Any
Purpose = Literal["run", "check", "library"]
"""To `run`, a program needs `main` and what it reaches; to `check`, all functions of the main module as well,
and no `main`; a `library` has no `main`, and exports the functions of the main module."""


class Stages(Protocol):
    """What the driver needs: parsing, import time, redshift, two ways to run. It never opens a World."""

    def did_something(self) -> bool:
        """Whether import time or redshift did what a run can see: read a file or a clock, wrote something."""

    def plugins(self) -> "Plugins":
        """Return the installed plugins."""

    def folders(self) -> list[Path]:
        """Return where modules are found after the project's own folders: SPYPATH, then the libraries."""

    def libraries(self) -> dict[Path, str]:
        """Return the folders among them that belong to a library, with its name."""

    def parse(self, data: bytes, name: str, path: str) -> "SyntaxModule":
        """Return the Syntax IR of a module; raise SpyError with all its syntax errors."""

    def import_program(self, loader: "FileLoader", options: "WorldOptions") -> World:
        """Run import time from the main module on; return the frozen World."""

    def redshift(
        self, world: World, options: "WorldOptions", *, purpose: Purpose = "run", also: Iterable[Any] = ()
    ) -> "Program":
        """Return the program, with the functions `also`; raise SpyError with all its static errors."""

    def interpret(self, world: World, argv: Sequence[str]) -> int:
        """Run `main` in the evaluator; return the exit code, or raise ProgramError."""

    def executor(self, program: "Program") -> Any:
        """Return what runs `program` in process: its `function(fqn)` is a Python function."""

    def execute_saved(self, saved: bytes, argv: Sequence[str]) -> int:
        """Run a program that `spy_vm.executor.saving` saved; return the exit code, or raise ProgramError."""

    def execute(self, program: "Program", argv: Sequence[str]) -> int:
        """Run the redshifted program in process; return the exit code, or raise ProgramError."""
