"""The table of scopes of a module: which names each scope binds, how, and where the others come from."""

from typing import Literal, final

import msgspec

from spy_types.loc import Span

ScopeKind = Literal["module", "function", "lambda", "class", "comprehension", "type_params"]

Origin = Literal[
    "auto", "var", "const", "param", "function", "class", "import", "for", "type_param", "except"
]


@final
class Symbol(msgspec.Struct, frozen=True, array_like=True):
    """A name as one scope sees it.

    `scope` is the id of the scope that binds the name: the symbol's own scope when the name is local
    to it, an enclosing one when it is captured or global, -1 when no scope of the module binds it
    (a builtin, or an error found when it is evaluated).

    The rest describes the binding and is copied into every symbol that refers to it: `origin` says
    what introduced the name, `varkind` is `const` iff it is bound exactly once and not inside a loop
    (or declared `const`), `declared` marks the first binding. `captured` is True when an inner
    function, lambda or comprehension refers to it, `captured_write` when one of them rebinds it.
    A name that `global` or a module-level `var` sends to the module scope has that scope's id.
    """

    name: str
    scope: int
    origin: Origin
    varkind: Literal["var", "const"]
    declared: Span | None
    captured: bool = False
    captured_write: bool = False


@final
class Scope(msgspec.Struct, frozen=True, array_like=True):
    """One scope; `parent` is -1 for the module. Inner functions skip class scopes when they resolve names."""

    id: int
    kind: ScopeKind
    name: str
    parent: int
    symbols: dict[str, Symbol]
    is_generator: bool = False
