"""The operations on dynamic values that `DynamicOp` may name."""

from typing import final

import msgspec

from spy_types.prims.scalars import TypeId


@final
class DynamicOperation(msgspec.Struct, frozen=True):
    """`operands` is how the printed form calls them: all dynamic, `*` for any number more.

    The result has one of the types of `results`.
    """

    operands: tuple[str, ...]
    results: tuple[TypeId, ...]

    def accepts(self, count: int) -> bool:
        """Tell whether the operation takes `count` operands."""
        if self.operands[-1].startswith("*"):
            return count >= len(self.operands) - 1
        return count == len(self.operands)


_BINARY = ("+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^")
_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")

DYNAMIC_OPS: dict[str, DynamicOperation] = {
    **dict.fromkeys(_BINARY, DynamicOperation(("a", "b"), ("dynamic",))),
    **dict.fromkeys(_COMPARISONS, DynamicOperation(("a", "b"), ("dynamic", "bool"))),
    **dict.fromkeys(("is", "is not"), DynamicOperation(("a", "b"), ("bool",))),
    "in": DynamicOperation(("item", "container"), ("bool",)),
    **dict.fromkeys(("neg", "pos", "invert", "not"), DynamicOperation(("a",), ("dynamic",))),
    "getitem": DynamicOperation(("a", "index"), ("dynamic",)),
    "setitem": DynamicOperation(("a", "index", "value"), ("None",)),
    "getattr": DynamicOperation(("a", "name"), ("dynamic",)),
    "call": DynamicOperation(("function", "*args"), ("dynamic",)),
    "call_method": DynamicOperation(("a", "name", "*args"), ("dynamic",)),
    "isinstance": DynamicOperation(("a", "type"), ("bool",)),
    "str": DynamicOperation(("a",), ("str",)),
    "repr": DynamicOperation(("a",), ("str",)),
    "to_bool": DynamicOperation(("a",), ("bool",)),
    "len": DynamicOperation(("a",), ("i32",)),
    "hash": DynamicOperation(("a",), ("i32",)),
}
