"""Any tree of msgspec structs as indented text.

Return(
    value=BinOp(op='+', left=Name(id='x'), right=IntLit(text='1')),
)
"""

import msgspec
from spy_types.loc import Span

WIDTH = 100
INDENT = "    "


def tree_text(node: object, *, locations: bool = False, depth: int = 0) -> str:
    """Return `node` as text; what fits on a line stays on it."""
    match node:
        case msgspec.Struct():
            fields = [(name, getattr(node, name)) for name in node.__struct_fields__]
            fields = [(name, value) for name, value in fields if not isinstance(value, Span)]
            texts = [tree_text(value, locations=locations, depth=depth + 1) for _, value in fields]
            parts = [f"{name}={text}" for (name, _), text in zip(fields, texts, strict=True)]
            span = getattr(node, "span", None)
            place = f"@{span.line}:{span.col}" if locations and isinstance(span, Span) else ""
            return _bracket(f"{type(node).__name__}{place}(", parts, ")", depth)
        case tuple() | list():
            parts = [tree_text(item, locations=locations, depth=depth + 1) for item in node]
            return _bracket("[", parts, "]", depth)
        case _:
            return repr(node)


def _bracket(start: str, parts: list[str], end: str, depth: int) -> str:
    line = start + ", ".join(parts) + end
    if len(line) + len(INDENT) * depth <= WIDTH and "\n" not in line:
        return line
    inner = INDENT * (depth + 1)
    return start + "\n" + "".join(f"{inner}{part},\n" for part in parts) + INDENT * depth + end
