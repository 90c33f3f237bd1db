"""SPy from Python: `spy_cli.load(path)` returns a module whose functions Python calls.

demo = spy_cli.load("demo.spy", engine="native")
demo.add(1, 2)
"""

from pathlib import Path
from typing import Literal

from spy_cli.embed.containers import Containers, visible_types
from spy_cli.embed.engines import Engine, Evaluator, InProcess
from spy_cli.embed.module import SpyModule
from spy_cli.session import open_session

__all__ = ["EngineName", "SpyModule", "load"]

EngineName = Literal["interp", "redshift", "native"]


def load(path: str | Path, engine: EngineName = "redshift", *, release: bool = True) -> SpyModule:
    """Import a SPy file into Python.

    Functions take and return Python values; structs come back as objects with fields and methods; module
    variables are attributes. What SPy raises arrives as the Python exception of that name, or as a subclass
    of Exception with that name. A static error raises SpyError: in `interp` when it is reached, else here.

    :param release: optimise, when the engine is native
    """
    session = open_session(Path(path))
    world = session.world
    module = world.main_module
    containers = Containers(world)
    found: Engine
    match engine:
        case "interp":
            found = Evaluator(world)
        case "redshift":
            found = InProcess(world, session, containers.functions(visible_types(module)))
        case "native":
            from spy_cli.embed.native import Native

            found = Native(world, session, release=release)
        case _:
            raise ValueError(f"engine must be 'interp', 'redshift' or 'native', not {engine!r}")
    return SpyModule(module, containers, found, Path(path))
