"""Constant values of Program IR. Their type comes from where they stand."""

from typing import final

import msgspec


class Constant(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """What all constants share."""


@final
class IntConst(Constant, frozen=True):
    """An integer of the type's range."""

    value: int


@final
class FloatConst(Constant, frozen=True):
    """A float, bit for bit: `float.hex()`, `nan`, `inf` or `-inf`."""

    hex: str


@final
class ComplexConst(Constant, frozen=True):
    """A complex number, both parts as in FloatConst."""

    real: str
    imag: str


@final
class BoolConst(Constant, frozen=True):
    """`True`, `False`"""

    value: bool


@final
class NoneConst(Constant, frozen=True):
    """`None`"""


@final
class StrConst(Constant, frozen=True):
    """Text."""

    value: str


@final
class BytesConst(Constant, frozen=True):
    """Bytes."""

    value: bytes


@final
class StructConst(Constant, frozen=True):
    """A struct, its fields in order."""

    fields: "tuple[ConstValue, ...]"


@final
class NullConst(Constant, frozen=True):
    """The null pointer, or in memory that nobody wrote yet, no function and no object."""


@final
class PtrConst(Constant, frozen=True):
    """A pointer to item `index` of `Program.blocks[block]`."""

    block: int
    index: int


@final
class FuncConst(Constant, frozen=True):
    """A function of the program, as a value."""

    fqn: str


@final
class DynamicConst(Constant, frozen=True):
    """A value of type dynamic: its own type and its value."""

    t: str
    value: "ConstValue"


@final
class UnionConst(Constant, frozen=True):
    """A member of a union: the member's type and its value."""

    t: str
    value: "ConstValue"


@final
class ObjectConst(Constant, frozen=True):
    """A reference to `Program.objects[object]`."""

    object: int


ConstValue = (
    IntConst
    | FloatConst
    | ComplexConst
    | BoolConst
    | NoneConst
    | StrConst
    | BytesConst
    | StructConst
    | NullConst
    | PtrConst
    | FuncConst
    | DynamicConst
    | UnionConst
    | ObjectConst
)
