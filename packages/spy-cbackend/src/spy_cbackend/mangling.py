"""Names: SPy's to C's. Every map is injective, and no result is a C keyword, a macro or a name of the
runtime.

mod::f              spy_mod$f
mod::box[i32]::get  spy_mod$box$$li32$$r$get
local x             x_
local __LINE_       $__LINE__        (what starts like C's own names)
"""

import re

_ESCAPES = {"[": "$$l", "]": "$$r", ",": "$$c", " ": "$$s", "#": "$$h", ".": "$$d", "@": "$$a", "$": "$$_"}
_RESERVED = re.compile(r"[0-9]|_[A-Z_]|_$")
_PLAIN = re.compile(r"[A-Za-z0-9_]+")
_MEMBER_PART = re.compile(r"[A-Za-z0-9_]+|.", re.DOTALL)
_PART = re.compile(r"::(?=[A-Za-z0-9_])|[A-Za-z0-9_]+|.", re.DOTALL)


def fqn_name(fqn: str, prefix: str = "spy_") -> str:
    """Return the C identifier of what `fqn` names; builtin modules and plugins define their C functions
    under it.
    """
    escaped = "".join(_escape(part) for part in _PART.findall(fqn))
    return prefix + escaped if "::" in fqn else f"{prefix}$$n{escaped}"


def member_name(name: str) -> str:
    """Return the C identifier of a local variable or of a field: nothing of C's ends in one underscore."""
    body = name if _PLAIN.fullmatch(name) else "".join(_escape(part) for part in _MEMBER_PART.findall(name))
    return f"${body}_" if _RESERVED.match(body) else f"{body}_"


def string_literal(data: bytes) -> str:
    """Return a C string literal of exactly these bytes."""
    return '"' + "".join(_CHARACTERS[byte] for byte in data) + '"'


def text_literal(text: str) -> str:
    """Return a C string literal of `text` as UTF-8; what UTF-8 cannot hold becomes `?`."""
    return string_literal(text.encode("utf-8", "replace"))


def _escape(part: str) -> str:
    if part == "::":
        return "$"
    if _PLAIN.fullmatch(part):
        return part
    return _ESCAPES.get(part) or f"$$u{ord(part):x}$"


def _character(byte: int) -> str:
    match chr(byte):
        case "\n":
            return "\\n"
        case '"' | "\\" | "?" as special:  # `??` would start a trigraph
            return "\\" + special
        case plain if 32 <= byte < 127:
            return plain
        case _:
            return f"\\{byte:03o}"


_CHARACTERS = [_character(byte) for byte in range(256)]
