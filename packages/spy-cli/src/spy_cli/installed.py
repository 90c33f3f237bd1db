"""The installed stages: parser, VM and redshift, each imported when it is first used."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, final

from spy_types.errors import SpyError

from spy_cli.cache_dir import cache_dir
from spy_cli.program_errors import ProgramError
from spy_cli.stages import World
from spy_cli.traceback_text import Entry

if TYPE_CHECKING:
    from spy_types.plugins import Plugins
    from spy_types.program.program import Program
    from spy_types.syntax.module import SyntaxModule

    from spy_cli.loader import FileLoader
    from spy_cli.options import WorldOptions


@cache
def _plugins() -> "Plugins":
    from spy_cli.plugins import load_plugins

    return load_plugins()


@final
class InstalledStages:
    """See `spy_cli.stages.Stages`."""

    def plugins(self) -> "Plugins":
        return _plugins()

    def folders(self) -> list[Path]:
        own = [Path(folder) for folder in os.environ.get("SPYPATH", "").split(os.pathsep) if folder]
        return [*own, *(provider.root for provider in _plugins().stdlib_providers().values())]

    def parse(self, data: bytes, name: str, path: str) -> "SyntaxModule":
        from spy_parser import cached_parse

        return cached_parse(data, name=name, path=path, cache_dir=cache_dir() / "syntax")

    def import_program(self, loader: "FileLoader", options: "WorldOptions") -> World:
        from spy_vm.world import World as VMWorld

        plugins = _plugins()
        world = VMWorld(
            loader,
            providers=plugins.stdlib_providers().values(),
            builtin_modules=plugins.builtin_modules().values(),
            overflow=options.overflow,
            blue_fuel=options.blue_fuel,
        )
        with _program_errors():
            world.import_main(loader.main())
            world.freeze()
        return world

    def redshift(self, world: World, options: "WorldOptions", *, library: bool = False) -> "Program":
        from spy_redshift import redshift

        return redshift(world)

    def interpret(self, world: World, argv: Sequence[str]) -> int:
        with _program_errors():
            return int(world.run_main(list(argv)))

    def execute(self, program: "Program", argv: Sequence[str]) -> int:
        from spy_vm.executor import Executor

        with _program_errors():
            return int(Executor.from_program(program).run_main(list(argv)))


@contextmanager
def _program_errors() -> Iterator[None]:
    """Turn what the user's code raised into a ProgramError."""
    from spy_vm.exceptions import Raised

    try:
        yield
    except Raised as error:
        entries = [Entry(*frame) for frame in error.frames]
        raise ProgramError(error.etype, error.message, entries) from error
    except SpyError as error:
        raise error
