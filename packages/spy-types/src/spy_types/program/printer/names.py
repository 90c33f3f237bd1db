"""How the printed form spells types, functions and globals.

Short: `i32`, `list[i32]` in backquotes, functions of the printed module bare, all else backquoted as users
read it. Full: every name is its whole FQN in backquotes, but for the header of a module's own function.
"""

from spy_types.errors import SpyError
from spy_types.fqn import FQN, Part
from spy_types.program.program import Program
from spy_types.program.types import PRIMITIVES, TypeId

MAX_PARSED = 4096  # no reader wants a longer name in another form


class Names:
    """The names of one program as one printed text spells them, cached."""

    def __init__(self, program: Program | None, module: str, *, full: bool) -> None:
        self.full = full
        self.module = module
        self._aliases = {} if program is None else {t: d.display for t, d in program.types.items()}
        self._types: dict[TypeId, str] = {}
        self._symbols: dict[str, str] = {}

    def type(self, t: TypeId) -> str:
        """Return type `t` as an annotation."""
        if t not in self._types:
            name = _full_type(t) if self.full else self._type_display(t)
            self._types[t] = name if name.isidentifier() else quoted(name)
        return self._types[t]

    def member(self, t: TypeId, attribute: str) -> str:
        """Return a function that belongs to type `t`: `` `mod::P::__make__` ``."""
        return quoted(f"{_full_type(t) if self.full else self._type_display(t)}::{attribute}")

    def function(self, fqn: str) -> str:
        """Return a function where it is called."""
        return quoted(fqn) if self.full else self._own_name(fqn) or self.symbol(fqn)

    def header(self, fqn: str) -> str:
        """Return a function where it is defined."""
        return self._own_name(fqn) or self.function(fqn)

    def symbol(self, fqn: str) -> str:
        """Return a function of another module, a method or a global, backquoted."""
        if fqn not in self._symbols:
            self._symbols[fqn] = quoted(fqn if self.full else self._human(fqn))
        return self._symbols[fqn]

    def operator(self, name: str) -> str:
        """Return a primitive as the function it stands for."""
        return quoted(f"operator::{name}")

    def _own_name(self, fqn: str) -> str:
        module, _, name = fqn.partition("::")
        return name if module == self.module and name.isidentifier() else ""

    def _type_display(self, t: TypeId) -> str:
        return self._aliases.get(t) or self._human(t)

    def _human(self, fqn: str) -> str:
        if len(fqn) > MAX_PARSED:
            return fqn
        try:
            return FQN.parse(fqn).human(self._aliases)
        except SpyError:
            return fqn


def quoted(name: str) -> str:
    """Return `name` in backquotes, on one line whatever it holds."""
    return f"`{name if name.isprintable() else ascii(name)[1:-1]}`"


def _full_type(t: TypeId) -> str:
    if len(t) > MAX_PARSED:
        return t
    try:
        return str(_qualified(FQN.parse(t)))
    except SpyError:
        return t


def _qualified(fqn: FQN) -> FQN:
    if str(fqn) == "None":
        return FQN((Part("types"), Part("NoneType")))
    if str(fqn) in PRIMITIVES:
        return FQN((Part("builtins"), *fqn.parts))
    return FQN(tuple(_qualified_part(p) for p in fqn.parts))


def _qualified_part(part: Part) -> Part:
    inner = None if part.qualifiers is None else tuple(_qualified(q) for q in part.qualifiers)
    return Part(part.name, inner, part.suffix)
