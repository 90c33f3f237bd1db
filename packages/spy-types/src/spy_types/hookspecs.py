"""The hooks SPy calls. A plugin is any module with `@hookimpl` functions under the `spy` entry point."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    import argparse
    from typing import Protocol

    from spy_types.artifacts import Backend, BuiltinModule, StdlibProvider

    class Command(Protocol):
        """A subcommand of `spy`."""

        name: str
        help: str

        def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...
        def run(self, args: argparse.Namespace) -> int: ...


hookspec = pluggy.HookspecMarker("spy")
hookimpl = pluggy.HookimplMarker("spy")


@hookspec
def spy_backends() -> "Sequence[Backend]":  # type: ignore[empty-body]  # a specification has no body
    """Offer backends for `spy build --backend NAME`.

    Called when a command needs a backend. Must not do I/O.
    """


@hookspec
def spy_stdlib_providers() -> "Sequence[StdlibProvider]":  # type: ignore[empty-body]  # a specification has no body
    """Offer libraries written in SPy.

    Called once before the first module is loaded. Must not read the modules.
    """


@hookspec
def spy_builtin_modules() -> "Sequence[BuiltinModule]":  # type: ignore[empty-body]  # a specification has no body
    """Offer builtin modules: host functions with a Python body and a C source.

    Called once before the first module is loaded. Must not do I/O.
    """


@hookspec
def spy_commands() -> "Sequence[Command]":  # type: ignore[empty-body]  # a specification has no body
    """Offer subcommands of `spy`.

    Called once, before the command line is parsed. Must not do I/O.
    """
