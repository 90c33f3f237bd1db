"""What the walk over a module notes about each scope, before names are resolved."""

from dataclasses import dataclass, field
from typing import final

from spy_types.loc import Span
from spy_types.syntax.scopes import Origin, ScopeKind


@final
@dataclass(slots=True)
class Binding:
    """How one scope binds one name: `count` times, perhaps `repeated` (in a loop, as `for` target, ...).

    `explicit` is False while all bindings are plain assignments, which may mean a module `var`.
    """

    origin: Origin
    declared: Span
    count: int = 0
    repeated: bool = False
    explicit: bool = False


@final
@dataclass(slots=True)
class ScopeNotes:
    """One scope: its own bindings, the names it reads, its `global` and `nonlocal` statements.

    `loops`, `iterables` and `star_handlers` count the loops, iterables of comprehensions and `except*`
    blocks around the place where the walk stands, `star_loops` the loops outside the last of these;
    `returned` is the first `return` with a value.
    """

    id: int
    kind: ScopeKind
    name: str
    parent: "ScopeNotes | None"
    bindings: dict[str, Binding] = field(default_factory=dict)
    reads: dict[str, Span] = field(default_factory=dict)
    globals: dict[str, Span] = field(default_factory=dict)
    nonlocals: dict[str, Span] = field(default_factory=dict)
    is_generator: bool = False
    is_async: bool = False
    loops: int = 0
    iterables: int = 0
    star_handlers: int = 0
    star_loops: int = 0
    returned: Span | None = None

    def bind(self, name: str, origin: Origin, span: Span, *, counts: bool = True) -> None:
        """Note that `span` binds `name`."""
        binding = self.bindings.get(name)
        explicit = origin != "auto"
        if binding is None:
            binding = self.bindings[name] = Binding(origin, span, explicit=explicit)
        elif explicit:
            binding.explicit = True
            if origin in ("var", "const"):
                binding.origin = origin
        if counts:
            binding.count += 1
        if self.loops or origin in ("for", "except", "var"):
            binding.repeated = True
