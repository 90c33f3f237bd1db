"""Syntax IR back to source text: `parse(unparse(tree))` is the same tree, positions aside."""

from spy_parser.unparsing.statements import unparse

__all__ = ["unparse"]
