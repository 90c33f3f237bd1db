"""Fully qualified names: `mod::outer[i32, str]::inner#1`.

    fqn  = part ("::" part)*
    part = name ["[" [fqn ("," fqn)*] "]"] ["#" suffix]

The first part is the module. Qualifiers are the type arguments of a blue call. A suffix tells apart what
would have the same name otherwise (`#1`, `#2`) or marks the undecorated original (`#__bare__`).
"""

import re
from collections.abc import Mapping
from typing import final

import msgspec

from spy_types.ir_errors import malformed_fqn

_TOKEN = re.compile(r"::|\[|\]|#|, ?|[^\[\],#:\s`]+")
_FUNCTION_TYPES = {
    "def": "def",
    "blue.def": "@blue def",
    "blue.generic.def": "@blue.generic def",
    "blue.metafunc.def": "@blue.metafunc def",
}
MAX_NESTING = 50
_NO_ALIASES: Mapping[str, str] = {}


@final
class Part(msgspec.Struct, frozen=True):
    """One step of a name. `qualifiers` is None without brackets: `f` and `f[]` differ."""

    name: str
    qualifiers: "tuple[FQN, ...] | None" = None
    suffix: str = ""

    def __str__(self) -> str:
        brackets = "" if self.qualifiers is None else f"[{', '.join(map(str, self.qualifiers))}]"
        return self.name + brackets + (f"#{self.suffix}" if self.suffix else "")


@final
class FQN(msgspec.Struct, frozen=True):
    """A parsed name; `str` gives its canonical text."""

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return "::".join(map(str, self.parts))

    @property
    def module(self) -> str:
        """The module that the name belongs to."""
        return self.parts[0].name

    @classmethod
    def parse(cls, text: str) -> "FQN":
        """Read the canonical text of a name; raise SpyError IR004 on what is none."""
        return _Parser(text).parse()

    def human(self, aliases: Mapping[str, str] = _NO_ALIASES) -> str:
        """Return the name as users read it.

        `builtins::` goes, function types look like headers, and the longest leading parts that `aliases`
        knows, with or without their qualifiers, are replaced: `_list::list` by `list`,
        `mod::f[i32]::Impl` by `mod::f[i32]`.
        """
        for end in range(len(self.parts), 0, -1):
            alias = aliases.get(str(FQN(self.parts[:end])))
            if alias is not None:
                return "::".join([alias, *(_human_part(p, aliases) for p in self.parts[end:])])
            *front, last = self.parts[:end]
            alias = aliases.get(str(FQN((*front, Part(last.name)))))
            if alias is not None:
                head = _human_part(Part(alias, last.qualifiers, last.suffix), aliases)
                return "::".join([head, *(_human_part(p, aliases) for p in self.parts[end:])])
        if self.module == "builtins" and len(self.parts) > 1:
            return _human_builtin(self.parts[1:], aliases)
        return "::".join(_human_part(p, aliases) for p in self.parts)


def _human_builtin(parts: tuple[Part, ...], aliases: Mapping[str, str]) -> str:
    first = parts[0]
    keyword = _FUNCTION_TYPES.get(first.name)
    if keyword is None or not first.qualifiers or len(parts) > 1:
        return "::".join(_human_part(p, aliases) for p in parts)
    *params, result = (q.human(aliases) for q in first.qualifiers)
    return f"{keyword}({', '.join(params)}) -> {result}"


def _human_part(part: Part, aliases: Mapping[str, str]) -> str:
    brackets = "" if part.qualifiers is None else f"[{', '.join(q.human(aliases) for q in part.qualifiers)}]"
    return part.name + brackets + (f"#{part.suffix}" if part.suffix else "")


class _Parser:
    """Reads a name token by token."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _TOKEN.findall(text)
        self.next = 0

    def parse(self) -> FQN:
        """Return the whole text as a name."""
        fqn = self._fqn(0)
        if self.next != len(self.tokens) or "".join(self.tokens) != self.text:
            raise malformed_fqn(self.text)
        return fqn

    def _fqn(self, depth: int) -> FQN:
        if depth > MAX_NESTING:
            raise malformed_fqn(self.text)
        parts = [self._part(depth)]
        while self._take("::"):
            parts.append(self._part(depth))
        return FQN(tuple(parts))

    def _part(self, depth: int) -> Part:
        name = self._name()
        qualifiers = self._qualifiers(depth + 1) if self._take("[") else None
        return Part(name, qualifiers, self._name() if self._take("#") else "")

    def _qualifiers(self, depth: int) -> tuple[FQN, ...]:
        if self._take("]"):
            return ()
        found = [self._fqn(depth)]
        while self._take(","):
            found.append(self._fqn(depth))
        if not self._take("]"):
            raise malformed_fqn(self.text)
        return tuple(found)

    def _name(self) -> str:
        if self.next == len(self.tokens) or self.tokens[self.next][0] in "[],#:":
            raise malformed_fqn(self.text)
        self.next += 1
        name: str = self.tokens[self.next - 1]
        return name

    def _take(self, token: str) -> bool:
        if self.next < len(self.tokens) and self.tokens[self.next].strip() == token:
            self.next += 1
            return True
        return False


def mangle(fqn: str) -> str:
    """Return a C identifier for `fqn`, another one for every other text.

    `mod::f[i32]` is `spy_mod$f$$li32$$r`: letters, digits and `_` stand for themselves, `$` for `::`, and
    `$$` with a letter for the rest. A text without `::` starts with `spy_$$n`, so that no name of C's own
    libraries or of a runtime that keeps to `spy_` and words can be meant.
    """
    escaped = _C_TOKEN.sub(_c_code, fqn)
    return f"spy_{escaped}" if "::" in fqn else f"spy_$$n{escaped}"


def _c_code(match: "re.Match[str]") -> str:
    text = match.group()
    return _C_CODES.get(text) or f"$$u{ord(text):x}$"


# `::` goes letter by letter where no plain name follows: a single `$` is always followed by one.
_C_TOKEN = re.compile(r"::(?=[A-Za-z0-9_])|[^A-Za-z0-9_]")
_C_CODES = {
    "::": "$",
    "[": "$$l",
    "]": "$$r",
    ",": "$$c",
    " ": "$$s",
    "#": "$$h",
    ".": "$$d",
    "@": "$$a",
}
