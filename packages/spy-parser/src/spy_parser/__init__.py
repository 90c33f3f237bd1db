"""SPy source text to Syntax IR and back."""

from typing import TYPE_CHECKING

from spy_parser.cache import cached_parse
from spy_parser.parse import parse, parse_bytes

if TYPE_CHECKING:
    from spy_parser.comparison import same_tree
    from spy_parser.unparsing import unparse

__all__ = ["cached_parse", "parse", "parse_bytes", "same_tree", "unparse"]


def __getattr__(name: str) -> object:
    """Import on first use what running a program does not need."""
    if name == "same_tree":
        from spy_parser.comparison import same_tree  # noqa: PLC0415  # see above

        return same_tree
    if name == "unparse":
        from spy_parser.unparsing import unparse  # noqa: PLC0415  # see above

        return unparse
    raise AttributeError(f"module 'spy_parser' has no attribute '{name}'")
