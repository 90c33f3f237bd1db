"""F-strings as text."""

import re
from collections.abc import Callable
from typing import Final

from spy_types.syntax import nodes as n

_BRACE: Final = re.compile(r"[{}]")


def fstring(node: n.JoinedStr, expression: Callable[[n.Expr], str]) -> str:
    """Return an f-string in double quotes; fields may hold the same quotes, as in Python 3.12."""
    return f'f"{"".join(_part(value, expression, spec=False) for value in node.values)}"'


def _part(value: n.StrLit | n.FormattedValue, expression: Callable[[n.Expr], str], *, spec: bool) -> str:
    if isinstance(value, n.StrLit):
        text = _escaped(value.value)
        if spec:
            return _BRACE.sub(lambda brace: f"\\x{ord(brace[0]):02x}", text)
        return _BRACE.sub(lambda brace: brace[0] * 2, text)
    if value.debug:
        inside = value.debug
    else:
        inside = expression(value.value)
        inside = f" {inside}" if inside.startswith("{") else inside
    implied = value.debug and value.format_spec is None and value.conversion == "r"
    conversion = f"!{value.conversion}" if value.conversion and not implied else ""
    if value.format_spec is None:
        return f"{{{inside}{conversion}}}"
    parts = "".join(_part(part, expression, spec=True) for part in value.format_spec.values)
    return f"{{{inside}{conversion}:{parts}}}"


def _escaped(text: str) -> str:
    """Return `text` as it stands between double quotes."""
    return repr('"' + text)[2:-1].replace("\\'", "'").replace('"', '\\"')
