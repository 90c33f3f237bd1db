"""A closed program: what spy-redshift hands to every backend, what `.spyir` files hold."""

from typing import Literal, final

import msgspec

from spy_types.program.constants import ConstValue
from spy_types.program.nodes import Pos, Stmt
from spy_types.program.types import TypeDef, TypeId

PROGRAM_VERSION = 1


@final
class Features(msgspec.Struct, frozen=True, array_like=True):
    """What a reader must know to run the program: what signed overflow does, whether counts are inserted."""

    overflow: Literal["wrap", "check"] = "wrap"
    refcount: bool = False


@final
class Source(msgspec.Struct, frozen=True, array_like=True):
    """A source file: its path as shown to users, the digest (sha256 hex) of its text, and the text."""

    path: str
    digest: str
    text: str


@final
class Param(msgspec.Struct, frozen=True, array_like=True):
    """A parameter, or a local variable, of a function."""

    name: str
    t: TypeId


@final
class Effects(msgspec.Struct, frozen=True, array_like=True):
    """What a call may do. `pure`: no effect but raising, and the result depends on the arguments alone."""

    raises: bool
    allocates: bool
    pure: bool


@final
class Function(msgspec.Struct, frozen=True, array_like=True):
    """A function with its body.

    `display` is the name users read in tracebacks; `locals` lists every name assigned in the body that is
    not a parameter, in order of first assignment. Reaching the end returns None; where `result` is not
    None, the end is never reached (the producer puts a Raise there).

    With `generator`, a call makes a generator of the GeneratorType `result` and runs nothing of the body
    yet; what `Return` has then is the result of that type.
    """

    fqn: str
    display: str
    params: tuple[Param, ...]
    result: TypeId
    locals: tuple[Param, ...]
    body: tuple[Stmt, ...]
    pos: Pos
    effects: Effects
    inline: Literal["auto", "always", "never"]
    doc: str | None
    generator: bool = False


@final
class Extern(msgspec.Struct, frozen=True, array_like=True):
    """A function of a builtin module: every engine has its own body for it, found by its FQN."""

    fqn: str
    params: tuple[TypeId, ...]
    result: TypeId
    effects: Effects


@final
class Global(msgspec.Struct, frozen=True, array_like=True):
    """A module variable that changes at run time, with the value it has after import time."""

    fqn: str
    t: TypeId
    init: ConstValue


@final
class Block(msgspec.Struct, frozen=True, array_like=True):
    """A block of the live image: memory that exists when the program starts; mutable, may be cyclic."""

    item: TypeId
    kind: Literal["gc", "raw"]
    values: tuple[ConstValue, ...]


@final
class Object(msgspec.Struct, frozen=True, array_like=True):
    """An object of class `t` in the live image; a field that has no value yet is None."""

    t: TypeId
    values: tuple[ConstValue | None, ...]


@final
class Impl(msgspec.Struct, frozen=True, array_like=True):
    """What objects whose class is exactly `t` run for a method: a function of the program."""

    t: TypeId
    func: str


@final
class Method(msgspec.Struct, frozen=True, array_like=True):
    """What CallVirtual calls: `impls` has an entry for every class of which the program makes objects.

    Each function takes an object of its class, or of an ancestor of that, and the other `params`.
    """

    fqn: str
    params: tuple[TypeId, ...]
    result: TypeId
    impls: tuple[Impl, ...]


@final
class Export(msgspec.Struct, frozen=True, array_like=True):
    """A function that callers from outside see as `name`."""

    name: str
    fqn: str


@final
class Program(msgspec.Struct, frozen=True, array_like=True):
    """A closed program. `entry` is the FQN of `main`: takes nothing or `list[str]`, gives None or i32."""

    schema: Literal["spyir"]
    version: int
    producer: str
    features: Features
    sources: tuple[Source, ...]
    types: dict[TypeId, TypeDef]
    blocks: tuple[Block, ...]
    globals: tuple[Global, ...]
    externs: tuple[Extern, ...]
    functions: tuple[Function, ...]
    entry: str | None
    exports: tuple[Export, ...]
    objects: tuple[Object, ...] = ()
    methods: tuple[Method, ...] = ()
