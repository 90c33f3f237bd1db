"""What the driver and plugins exchange besides Program IR: requests, artifacts, libraries, host functions."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, final

import msgspec

from spy_types.program.program import Effects
from spy_types.program.types import TypeId


@final
class BuildRequest(msgspec.Struct, frozen=True):
    """What to build.

    `options` are the backend's own, by name; `c_sources` the C bodies of externs that plugins bring, by FQN.
    """

    name: str
    out: Path | None
    kind: str = "exe"
    target: str = "native"
    release: bool = False
    build_dir: Path | None = None
    cache_dir: Path | None = None
    options: Mapping[str, str] = {}
    c_sources: Mapping[str, str] = {}


@final
class Artifact(msgspec.Struct, frozen=True):
    """What a backend made: the main file, and others that go with it by role (`c`, `header`, `manifest`).

    `tools` are programs of the machine that had a part in it: with another compiler it is another artifact.
    """

    path: Path
    kind: str
    files: Mapping[str, Path] = {}
    cached: bool = False
    tools: Sequence[Path] = ()


class Backend(Protocol):
    """Turns a program into something that runs, or that helps to see it."""

    name: str
    kinds: Sequence[str]
    targets: Sequence[str]
    ir_versions: Sequence[int]

    def build(self, program: bytes, request: BuildRequest) -> Artifact:
        """Read Program IR (MessagePack) and write the artifact.

        Raise SpyError if the program or the machine is at fault.
        """
        ...


@final
class StdlibProvider(msgspec.Struct, frozen=True):
    """A library of SPy modules.

    `root` is the folder with `NAME.spy` files. `builtin_names` maps names that every module sees to
    `module::attribute`; `type_methods` maps a primitive type to the `module::struct` that holds its methods;
    `module_parts` maps a builtin module to the module of the library whose public names it has too.
    """

    name: str
    root: Path
    builtin_names: Mapping[str, str] = {}
    type_methods: Mapping[str, str] = {}
    module_parts: Mapping[str, str] = {}


class HostFunction(msgspec.Struct, frozen=True):
    """A function of a builtin module with a body for each engine. `python` takes and returns unboxed values.

    `c_source` defines a C function named by the mangled FQN; None when the C runtime has it already.
    """

    fqn: str
    params: tuple[TypeId, ...]
    result: TypeId
    python: Callable[..., Any]
    effects: Effects = Effects(raises=False, allocates=False, pure=False)
    c_source: str | None = None
    doc: str = ""


@final
class BuiltinModule(msgspec.Struct, frozen=True):
    """A builtin module: host functions by name and constants (type, value)."""

    name: str
    functions: Mapping[str, HostFunction] = {}
    constants: Mapping[str, tuple[TypeId, Any]] = {}
    doc: str = ""
