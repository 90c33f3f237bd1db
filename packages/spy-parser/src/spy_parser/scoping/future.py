"""`from __future__ import ...`: accepted as in Python, without effect on the tree."""

import __future__

from spy_types.syntax.nodes import ImportFrom

from spy_parser.errors import scopes as errors
from spy_parser.source import Source


def check_future(source: Source, node: ImportFrom, *, late: bool) -> None:
    """Report features that do not exist, and the import if it is `late`, behind other statements."""
    if late:
        source.report(errors.late_future(source.loc(node.span)))
    for alias in node.names:
        if alias.name not in __future__.all_feature_names:
            source.report(errors.unknown_future(source.loc(alias.span), alias.name))
