"""SPy source text to Syntax IR."""

from spy_parser.parse import parse

__all__ = ["parse"]
