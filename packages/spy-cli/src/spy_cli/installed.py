"""The installed stages: parser, VM and redshift, each imported when it is first used."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from spy_cli.acts import Acts
from spy_cli.cache_dir import cache_dir
from spy_cli.program_errors import ProgramError, program_error
from spy_cli.stages import Purpose, World

if TYPE_CHECKING:
    from spy_types.artifacts import BuiltinModule
    from spy_types.errors import Diagnostic
    from spy_types.loc import Loc
    from spy_types.plugins import Plugins
    from spy_types.program.program import Program
    from spy_types.syntax.module import SyntaxModule
    from spy_vm.executor.executor import Executor
    from spy_vm.host import OverflowWarner
    from spy_vm.modules import HostIO

    from spy_cli.loader import FileLoader
    from spy_cli.options import WorldOptions


@cache
def _plugins() -> "Plugins":
    from spy_cli.plugins import load_plugins

    return load_plugins()


@final
class InstalledStages:
    """See `spy_cli.stages.Stages`."""

    def __init__(self) -> None:
        self._world: World = None  # whose types dynamic operations look up
        self._acts = Acts()

    def did_something(self) -> bool:
        return self._acts.noted

    def plugins(self) -> "Plugins":
        return _plugins()

    def folders(self) -> list[Path]:
        own = [Path(folder) for folder in os.environ.get("SPYPATH", "").split(os.pathsep) if folder]
        return [*own, *(provider.root for provider in _plugins().stdlib_providers().values())]

    def libraries(self) -> dict[Path, str]:
        return {provider.root: name for name, provider in _plugins().stdlib_providers().items()}

    def parse(self, data: bytes, name: str, path: str) -> "SyntaxModule":
        from spy_parser import cached_parse

        return cached_parse(data, name=name, path=path, cache_dir=cache_dir() / "syntax")

    def import_program(self, loader: "FileLoader", options: "WorldOptions") -> World:
        from spy_redshift.abstract import install
        from spy_vm.world import World as VMWorld

        main = loader.main()
        world = VMWorld(
            loader,
            providers=_plugins().stdlib_providers().values(),
            builtin_modules=[self._acts.noting(module) for module in self._builtin_modules.values()],
            overflow=options.overflow,
            blue_fuel=options.blue_fuel,
        )
        world.keep_going = options.keep_going
        world.warn_overflow = self._warn_overflow
        world.on_breakpoint = self._breakpoint
        install(world)
        with _program_errors():
            world.import_main(main)
        world.freeze()
        self._world = world
        return world

    def redshift(
        self, world: World, options: "WorldOptions", *, purpose: Purpose = "run", also: Iterable[Any] = ()
    ) -> "Program":
        from spy_redshift.redshift import redshift

        return redshift(
            world,
            read_source=world.loader.source_text,
            library=purpose == "library" or (purpose != "run" and "main" not in world.main_module.attrs),
            everything=purpose != "run",
            mode=options.error_mode,
            overflow=options.overflow,
            also=also,
            warn=self._warn_static,
        )

    def interpret(self, world: World, argv: Sequence[str]) -> int:
        from spy_types.errors import SpyError

        self._io.argv[:] = argv
        try:
            with _program_errors():
                return int(world.run_main(list(argv)))
        except SpyError as error:
            first = error.diagnostic
            raise ProgramError(first.etype, first.title) from error

    def execute(self, program: "Program", argv: Sequence[str]) -> int:
        self._io.argv[:] = argv
        executor = self.executor(program)
        with _program_errors():
            return executor.run_main(program)

    def execute_saved(self, saved: bytes, argv: Sequence[str]) -> int:
        from spy_vm.executor.saved import load_saved

        self._io.argv[:] = argv
        run = load_saved(saved, self._io)
        with _program_errors():
            return run()

    def executor(self, program: "Program") -> "Executor":
        from spy_vm.executor.executor import Executor

        dynamic_op = None if self._world is None else self._world.dynamic_operator()
        return Executor.from_program(program, self._io, externs=self._externs(), dynamic_op=dynamic_op)

    def _warn_static(self, diagnostic: "Diagnostic") -> None:
        """Tell of a static error that is left for the run."""
        from spy_cli.render import render
        from spy_cli.style import palette_for

        self._acts.noted = True
        print(render(diagnostic, palette=palette_for(sys.stderr), severity="warning"), file=sys.stderr)

    def _breakpoint(self, frame: Any, loc: Any) -> None:
        from spy_cli.blue_debugger import stop

        self._acts.noted = True
        stop(frame, loc)

    def _warn_overflow(self, message: str, loc: "Loc | None") -> None:
        """Warn of `i32 addition overflowed`, once a place."""
        if loc is not None:
            self._acts.noted = True
            t, _, word = message.removesuffix(" overflowed").partition(" ")
            _warner().warn(t, word, loc.file, loc.line)

    @cached_property
    def _io(self) -> "HostIO":
        from spy_vm.modules import HostIO

        return HostIO()

    @cached_property
    def _builtin_modules(self) -> "dict[str, BuiltinModule]":
        """The VM's own modules on this program's input and output, and those of other plugins."""
        from spy_vm.modules import builtin_modules

        own = {module.name: module for module in builtin_modules(self._io)}
        return {**_plugins().builtin_modules(), **own}

    def _externs(self) -> dict[str, Callable[..., Any]]:
        modules = self._builtin_modules.values()
        return {host.fqn: host.python for module in modules for host in module.functions.values()}


@cache
def _warner() -> "OverflowWarner":
    from spy_vm.host import OverflowWarner

    return OverflowWarner()


@contextmanager
def _program_errors() -> Iterator[None]:
    """Turn what the user's code raised into a ProgramError."""
    from spy_vm.exceptions import Raised

    try:
        yield
    except Raised as error:
        raise program_error(error) from error
