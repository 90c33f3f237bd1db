"""A parsed module: what spy-parser hands over, what `.spyast` files hold."""

from typing import Literal, final

import msgspec

from spy_types.syntax.nodes import Stmt
from spy_types.syntax.scopes import Scope

SYNTAX_VERSION = 2


@final
class ImportEdge(msgspec.Struct, frozen=True, array_like=True):
    """An import anywhere in the module: `module` with `level` leading dots, `names` of a from-import."""

    module: str
    level: int
    names: tuple[str, ...]
    line: int
    col: int
    end_col: int


@final
class SyntaxModule(msgspec.Struct, frozen=True, array_like=True):
    """A module as written, its scopes by id (0 is the module), and its static imports in program order."""

    schema: Literal["spyast"]
    version: int
    name: str
    path: str
    digest: str
    docstring: str | None
    body: tuple[Stmt, ...]
    scopes: tuple[Scope, ...]
    imports: tuple[ImportEdge, ...]
