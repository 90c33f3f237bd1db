"""The grammar put together: made once, when the first file is parsed (it takes some 40 ms)."""

from functools import cache

from parsimonious.exceptions import ParseError
from parsimonious.grammar import Grammar
from spy_types.errors import SpyError
from spy_types.syntax.nodes import Stmt

from spy_parser.build import (
    compound,
    displays,
    names,
    operators,
    parameters,
    patterns,
    primaries,
    simple,
    strings,
)
from spy_parser.errors import text as errors
from spy_parser.grammar import definitions as g_definitions
from spy_parser.grammar import expressions as g_expressions
from spy_parser.grammar import patterns as g_patterns
from spy_parser.grammar import statements as g_statements
from spy_parser.layout import mark_layout
from spy_parser.marks import after_blanks
from spy_parser.matching import Matcher
from spy_parser.quicken import quicken, terminals
from spy_parser.recursion import deep_recursion
from spy_parser.source import Source


@cache
def matcher() -> Matcher:
    """Return the matcher of a whole file."""
    rules = (
        g_statements.STATEMENTS,
        g_definitions.DEFINITIONS,
        g_expressions.EXPRESSIONS,
        g_patterns.PATTERNS,
    )
    modules = (compound, displays, names, operators, parameters, patterns, primaries, simple, strings)
    builders = {rule: builder for module in modules for rule, builder in module.BUILDERS.items()}
    return quicken(
        Grammar("\n".join(rules), **terminals()), builders, g_expressions.CHAINS | g_patterns.CHAINS
    )


def parse_source(source: Source) -> tuple[Stmt, ...]:
    """Return the statements of a file; faults are reported to `source`."""
    mark_layout(source)
    match = matcher()
    error = ParseError(source.text)
    with deep_recursion():
        try:
            result = match(source.text, after_blanks(source.text, 0), source, error)
        except RecursionError:
            place = max(error.pos, 0)
            source.report(errors.too_deep(source.loc(source.span(place, place + 1))))
            raise SpyError.of(source.diagnostics) from None
    assert result is not None
    return tuple(result[1][0])
