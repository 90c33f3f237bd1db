"""Syntax trees that come from the inside of a string literal stand where the literal stands."""

from typing import TypeVar

import msgspec
from spy_types.loc import Span

Node = TypeVar("Node")


def relocate(node: Node, span: Span) -> Node:
    """Return the tree `node` with every node at `span`."""
    match node:
        case Span():
            return span  # type: ignore[return-value]  # it is a Span
        case msgspec.Struct():
            fields = {name: relocate(getattr(node, name), span) for name in node.__struct_fields__}
            return type(node)(**fields)
        case tuple():
            return tuple(relocate(item, span) for item in node)  # type: ignore[return-value]  # it is a tuple
        case _:
            return node
