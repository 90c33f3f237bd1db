"""Where a World gets its modules from."""

from typing import Protocol

from spy_types.syntax.module import SyntaxModule


class Loader(Protocol):
    """Finds modules for the World, which never parses.

    A loader that can parse may also have `parse_expression` (quoted annotations); without it only the
    simplest of them work.
    """

    def find(self, name: str) -> SyntaxModule | None:
        """Return the module called `name` (dotted), or None; raise SpyError if it cannot be read."""
        ...

    def is_package(self, name: str) -> bool:
        """Whether `name` is a package: its relative imports start from itself."""
        ...
