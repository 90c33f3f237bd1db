"""Types of Program IR. A type is named by its FQN (`TypeId`); the primitive ones need no definition.

Primitive TypeIds: `i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 complex128 bool str bytes None dynamic exception`.
Every other TypeId has an entry in `Program.types`.
"""

from typing import Literal, final

import msgspec

from spy_types.prims.scalars import FLOATS, INTS, PRIMITIVES, SIGNED, TypeId

__all__ = [
    "FLOATS",
    "INTS",
    "PRIMITIVES",
    "SIGNED",
    "ClassType",
    "Field",
    "FuncType",
    "GeneratorType",
    "PtrType",
    "StructType",
    "TypeDef",
    "TypeId",
    "TypeNode",
    "UnionType",
]


class TypeNode(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """What all type definitions share. `display` is the name a user reads: `list[i32]`, `test::P`."""

    display: str


@final
class Field(msgspec.Struct, frozen=True, array_like=True):
    """A field of a struct."""

    name: str
    t: TypeId


@final
class StructType(TypeNode, frozen=True):
    """An immutable value with C layout: fields in order, natural alignment. No fields is legal."""

    fields: tuple[Field, ...]


@final
class PtrType(TypeNode, frozen=True):
    """A pointer into a block of `item`s: `gc` memory is managed, `raw` memory is not."""

    kind: Literal["gc", "raw"]
    item: TypeId


@final
class FuncType(TypeNode, frozen=True):
    """A function value."""

    params: tuple[TypeId, ...]
    result: TypeId


@final
class UnionType(TypeNode, frozen=True):
    """One of several types, by value, and which: distinct members, no unions among them, at least two.

    Zeroed memory holds None if that is a member, else no member at all.
    """

    members: tuple[TypeId, ...]


@final
class ClassType(TypeNode, frozen=True):
    """A reference to a heap object with identity.

    `base` is the class whose fields come first; `ancestors` are all classes that this one is a subtype of,
    mixins and protocols included; `fields` are all fields, those of `base` first.
    """

    base: TypeId | None
    ancestors: tuple[TypeId, ...]
    fields: tuple[Field, ...]


@final
class GeneratorType(TypeNode, frozen=True):
    """A generator, by reference: a function that was started and waits.

    It yields `item`s, takes a `sent` each time it goes on (None: nothing), and returns a `result` in the end.
    """

    item: TypeId
    sent: TypeId
    result: TypeId


TypeDef = StructType | PtrType | FuncType | UnionType | ClassType | GeneratorType
