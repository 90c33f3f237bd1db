"""The operations on dynamic values that `DynamicOp` may name."""

from typing import final

import msgspec

from spy_types.prims.scalars import TypeId


@final
class DynamicOperation(msgspec.Struct, frozen=True):
    """`arity` operands, all dynamic; the result has one of the types of `results`."""

    arity: int
    results: tuple[TypeId, ...]


_BINARY = ("+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^")
_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=", "in")

DYNAMIC_OPS: dict[str, DynamicOperation] = {
    **dict.fromkeys(_BINARY, DynamicOperation(2, ("dynamic",))),
    **dict.fromkeys(_COMPARISONS, DynamicOperation(2, ("bool", "dynamic"))),
    **dict.fromkeys(("neg", "pos", "invert"), DynamicOperation(1, ("dynamic",))),
    "getitem": DynamicOperation(2, ("dynamic",)),
    "str": DynamicOperation(1, ("str",)),
    "repr": DynamicOperation(1, ("str",)),
    "to_bool": DynamicOperation(1, ("bool",)),
    "len": DynamicOperation(1, ("i32",)),
    "hash": DynamicOperation(1, ("i32",)),
}
