"""Patterns as text."""

from typing import assert_never

from spy_types.syntax import nodes as n

from spy_parser.unparsing.expressions import expression


def pattern(node: n.Pattern, *, nested: bool = False) -> str:  # noqa: PLR0911  # one per class
    """Return `node` as text; `nested` puts brackets around `a | b` and `a as b`."""
    match node:
        case n.MatchValue():
            return expression(node.value)
        case n.MatchSingleton():
            return repr(node.value)
        case n.MatchSequence():
            return f"[{', '.join(map(pattern, node.patterns))}]"
        case n.MatchStar():
            return f"*{node.name or '_'}"
        case n.MatchMapping():
            return _mapping(node)
        case n.MatchClass():
            keywords = zip(node.kwd_attrs, node.kwd_patterns, strict=True)
            parts = [*map(pattern, node.patterns), *(f"{name}={pattern(part)}" for name, part in keywords)]
            return f"{expression(node.cls)}({', '.join(parts)})"
        case n.MatchAs():
            if node.pattern is None:
                return node.name or "_"
            text = f"{pattern(node.pattern, nested=True)} as {node.name}"
        case n.MatchOr():
            text = " | ".join(pattern(part, nested=True) for part in node.patterns)
        case _:
            assert_never(node)
    return f"({text})" if nested else text


def _mapping(node: n.MatchMapping) -> str:
    pairs = zip(node.keys, node.patterns, strict=True)
    parts = [f"{expression(key)}: {pattern(part)}" for key, part in pairs]
    if node.rest is not None:
        parts.append(f"**{node.rest}")
    return f"{{{', '.join(parts)}}}"
