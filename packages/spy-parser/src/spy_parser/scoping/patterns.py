"""`match` statements: patterns bind names."""

from typing import Final

from spy_types.syntax import nodes as n

from spy_parser.scoping.collector import Collector, Visitors
from spy_parser.scoping.pattern_checks import check_match


def _match(c: Collector, node: n.Match) -> None:
    c.visit(node.subject)
    check_match(c.source, node)
    for case in node.cases:
        c.visit(case.pattern)
        c.visit(case.guard)
        c.body(case.body)


def _match_value(c: Collector, node: n.MatchValue) -> None:
    c.visit(node.value)


def _match_sequence(c: Collector, node: n.MatchSequence | n.MatchOr) -> None:
    c.visit_all(node.patterns)


def _match_star(c: Collector, node: n.MatchStar) -> None:
    if node.name is not None:
        c.bind(node.name, "auto", node.span)


def _match_mapping(c: Collector, node: n.MatchMapping) -> None:
    c.visit_all(node.keys)
    c.visit_all(node.patterns)
    if node.rest is not None:
        c.bind(node.rest, "auto", node.span)


def _match_class(c: Collector, node: n.MatchClass) -> None:
    c.visit(node.cls)
    c.visit_all(node.patterns)
    c.visit_all(node.kwd_patterns)


def _match_as(c: Collector, node: n.MatchAs) -> None:
    c.visit(node.pattern)
    if node.name is not None:
        c.bind(node.name, "auto", node.span)


def _leaf(c: Collector, node: n.MatchSingleton) -> None:
    pass


VISITORS: Final[Visitors] = {
    n.Match: _match,
    n.MatchValue: _match_value,
    n.MatchSingleton: _leaf,
    **dict.fromkeys((n.MatchSequence, n.MatchOr), _match_sequence),
    n.MatchStar: _match_star,
    n.MatchMapping: _match_mapping,
    n.MatchClass: _match_class,
    n.MatchAs: _match_as,
}
