"""What is wrong with the names and the reach of `match` patterns, beyond their grammar."""

from typing import assert_never

from spy_types.syntax import nodes as n

from spy_parser.errors import scopes as errors
from spy_parser.errors import tree as tree_errors
from spy_parser.source import Source


def check_match(source: Source, node: n.Match) -> None:
    """Report patterns that bind a name twice, differ in what they bind, or hide those behind them."""
    for case in node.cases:
        _bound(source, case.pattern)
    for case in node.cases[:-1]:
        if case.guard is None and _catches_all(case.pattern):
            source.report(errors.unreachable_pattern(source.loc(case.pattern.span), _capture(case.pattern)))


def _bound(source: Source, pattern: n.Pattern) -> dict[str, n.Pattern]:  # noqa: PLR0911  # one per class
    """Return the names that `pattern` binds and where."""
    match pattern:
        case n.MatchValue() | n.MatchSingleton():
            return {}
        case n.MatchStar():
            return {pattern.name: pattern} if pattern.name is not None else {}
        case n.MatchAs():
            inner = [] if pattern.pattern is None else [pattern.pattern]
            names = _merged(source, inner)
            return _added(source, names, pattern.name, pattern)
        case n.MatchSequence():
            return _merged(source, pattern.patterns)
        case n.MatchMapping():
            _check_keys(source, pattern)
            return _added(source, _merged(source, pattern.patterns), pattern.rest, pattern)
        case n.MatchClass():
            return _merged(source, (*pattern.patterns, *pattern.kwd_patterns))
        case n.MatchOr():
            return _alternatives(source, pattern)
        case _:
            assert_never(pattern)


def _merged(source: Source, patterns: "tuple[n.Pattern, ...] | list[n.Pattern]") -> dict[str, n.Pattern]:
    names: dict[str, n.Pattern] = {}
    for pattern in patterns:
        for name, place in _bound(source, pattern).items():
            _added(source, names, name, place)
    return names


def _added(
    source: Source, names: dict[str, n.Pattern], name: str | None, place: n.Pattern
) -> dict[str, n.Pattern]:
    if name is not None and name in names:
        source.report(errors.bound_twice(source.loc(place.span), name))
    elif name is not None:
        names[name] = place
    return names


def _alternatives(source: Source, pattern: n.MatchOr) -> dict[str, n.Pattern]:
    first, *others = [_bound(source, part) for part in pattern.patterns]
    for other in others:
        if other.keys() != first.keys():
            source.report(errors.different_names(source.loc(pattern.span)))
            break
    for part in pattern.patterns[:-1]:
        if _catches_all(part):
            source.report(errors.unreachable_pattern(source.loc(part.span), _capture(part)))
            break
    return first


def _check_keys(source: Source, pattern: n.MatchMapping) -> None:
    seen: set[object] = set()
    for key in pattern.keys:
        if isinstance(key, n.JoinedStr | n.Name):
            source.report(tree_errors.computed_pattern(source.loc(key.span)))
        if isinstance(key, n.Attribute):
            continue
        value = _constant(key)
        if value in seen:
            source.report(errors.repeated_key(source.loc(key.span), str(value)))
        seen.add(value)


def _constant(node: n.Expr) -> object:  # noqa: PLR0911  # one per class
    """Return the value of a literal key; equal values of different types are one key, as in a dict."""
    match node:
        case n.StrLit(value=value) | n.BytesLit(value=value) | n.BoolLit(value=value):
            return value
        case n.IntLit():
            return int(node.text, 0)
        case n.FloatLit():
            return float(node.text)
        case n.ImagLit():
            return complex(0, float(node.text))
        case n.UnaryOp():
            operand = _constant(node.operand)
            return -operand if isinstance(operand, int | float | complex) else operand
        case n.BinOp():
            left, right = _constant(node.left), _constant(node.right)
            if isinstance(left, int | float | complex) and isinstance(right, int | float | complex):
                return left + right if node.op == "+" else left - right
            return None
        case _:
            return None


def _catches_all(pattern: n.Pattern) -> bool:
    """Return whether nothing can fail to match."""
    match pattern:
        case n.MatchAs():
            return pattern.pattern is None or _catches_all(pattern.pattern)
        case n.MatchOr():
            return _catches_all(pattern.patterns[-1])
        case _:
            return False


def _capture(pattern: n.Pattern) -> str | None:
    return pattern.name if isinstance(pattern, n.MatchAs) else None
