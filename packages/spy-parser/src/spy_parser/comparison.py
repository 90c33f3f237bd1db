"""Comparison of trees that does not look at positions."""

from typing import Any, Final

import msgspec
from spy_types.loc import Span
from spy_types.syntax.module import ImportEdge, SyntaxModule

from spy_parser.recursion import deep_recursion

_PLACES: Final[dict[type, frozenset[str]]] = {
    SyntaxModule: frozenset(("path", "digest")),
    ImportEdge: frozenset(("line", "col", "end_col")),
}


def same_tree(a: object, b: object) -> bool:
    """Return whether two modules, nodes or tuples of nodes are equal but for spans, path and digest."""
    with deep_recursion():
        return _same(a, b)


def _same(a: Any, b: Any) -> bool:
    if type(a) is not type(b):
        return False
    if isinstance(a, Span):
        return True
    if isinstance(a, msgspec.Struct):
        ignored = _PLACES.get(type(a), frozenset())
        names = [name for name in a.__struct_fields__ if name not in ignored]
        return all(_same(getattr(a, name), getattr(b, name)) for name in names)
    if isinstance(a, tuple):
        return len(a) == len(b) and all(map(_same, a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(_same(a[key], b[key]) for key in a)
    return bool(a == b)
