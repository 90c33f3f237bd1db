"""Operators: a flat list of operands becomes a tree by precedence climbing, without recursion."""

from typing import Any, Final

from spy_types.syntax.nodes import (
    Await,
    BinOp,
    BoolOp,
    Compare,
    Expr,
    IfExp,
    Name,
    NamedExpr,
    UnaryOp,
)

from spy_parser.build.names import Match
from spy_parser.errors import grammar as grammar_errors
from spy_parser.errors import tree as errors
from spy_parser.source import Source

Parts = list[tuple[int, Any]]

_LEVELS: Final = {
    "or": 1, "and": 2,
    "==": 4, "!=": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "is": 4, "is not": 4, "in": 4, "not in": 4,
    "|": 5, "^": 6, "&": 7, "<<": 8, ">>": 8, "+": 9, "-": 9, "*": 10, "/": 10, "//": 10, "%": 10, "@": 10,
}  # fmt: skip
_COMPARISON: Final = 4


def operation(source: Source, first: Any, parts: Parts, start: int, end: int) -> Expr:
    """`a + b * c < d and e`"""
    if len(parts) == 1:
        match, right = parts[0][1]
        _refuse_not(source, match, right)
        return _join(source, start, [first, right], [match], end)
    tower = _Tower(source)
    tower.operands.append((start, end, first))
    for stop, (match, right) in parts:
        _refuse_not(source, match, right)
        tower.push(match)
        tower.operands.append((match.end(), stop, right))
    return tower.finish()


class _Tower:
    """Operands and operators that wait for their right side; levels rise from bottom to top."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.operands: list[tuple[int, int, Expr]] = []
        self.operators: list[tuple[int, Match]] = []

    def push(self, match: Match) -> None:
        level = _level(match)
        while self.operators and self.operators[-1][0] > level:
            self._reduce()
        if level > _COMPARISON and self.operators and self.operators[-1][0] == level:
            self._reduce()
        self.operators.append((level, match))

    def finish(self) -> Expr:
        while self.operators:
            self._reduce()
        return self.operands[0][2]

    def _reduce(self) -> None:
        """Join the operators of the top level with their operands."""
        level = self.operators[-1][0]
        matches = []
        while self.operators and self.operators[-1][0] == level:
            matches.append(self.operators.pop()[1])
        matches.reverse()
        operands = self.operands[-len(matches) - 1 :]
        del self.operands[-len(matches) - 1 :]
        start, end = operands[0][0], operands[-1][1]
        node = _join(self.source, start, [operand for _, _, operand in operands], matches, end)
        self.operands.append((start, end, node))


def _level(match: Match) -> int:
    text = match[1]
    level = _LEVELS.get(text)
    return _COMPARISON if level is None else level


def _join(source: Source, start: int, operands: list[Any], matches: list[Match], end: int) -> Expr:
    span = source.span(start, end)
    text: Any = matches[0][1]
    level = _LEVELS.get(text, _COMPARISON)
    if level > _COMPARISON:
        op_span = source.span(matches[0].start(1), matches[0].end(1))
        return BinOp(span, operands[0], text, operands[1], op_span)
    if level < _COMPARISON:
        return BoolOp(span, text, tuple(operands))
    ops: Any = tuple(" ".join(match[1].split()) for match in matches)
    return Compare(span, operands[0], ops, tuple(operands[1:]))


def _refuse_not(source: Source, match: Match, right: Any) -> None:
    """`a + not b` is no expression, `a and not b` and `a + (not b)` are."""
    negated = type(right) is UnaryOp and right.op == "not" and match[1] not in ("and", "or")
    if negated and source.text.startswith("not", match.end()):
        loc = source.loc(source.span(match.end(), match.end() + 3))
        source.report(errors.misplaced_not(loc))


def signed(source: Source, values: list[Any], start: int, end: int) -> Expr:
    """`-x`, `- + ~x`"""
    signs, node = values
    return _prefixed(source, signs, "-+~", node, end)


def inverted(source: Source, values: list[Any], start: int, end: int) -> Expr:
    """`not x`, `not not x`"""
    signs, node = values
    return _prefixed(source, signs, "n", node, end)


def _prefixed(source: Source, signs: Match, heads: str, node: Expr, end: int) -> Expr:
    offset = signs.start()
    places = [offset + i for i, char in enumerate(signs[0]) if char in heads]
    for place in reversed(places):
        op: Any = "not" if heads == "n" else source.text[place]
        node = UnaryOp(source.span(place, end), op, node)
    return node


def conditional(source: Source, first: Any, parts: Parts, start: int, end: int) -> Expr:
    """`a if b else c if d else e`"""
    node: Expr = parts[-1][1][2]
    for index in range(len(parts) - 1, -1, -1):
        test = parts[index][1][0]
        body = parts[index - 1][1][2] if index else first
        begin = parts[index - 1][1][1].end() if index else start
        node = IfExp(source.span(begin, end), test, body, node)
    return node


def named_expression(source: Source, first: Any, parts: Parts, start: int, end: int) -> Expr:
    """`x := value`"""
    if type(first) is not Name or source.text[start] == "(":
        source.report(errors.bad_walrus_target(source.loc(first.span)))
        value: Expr = parts[0][1]
        return value
    if len(parts) > 1:
        source.report(grammar_errors.invalid_syntax(source.loc(source.span(parts[0][0], end)), ":="))
    return NamedExpr(source.span(start, parts[0][0]), first, parts[0][1])


def await_expression(source: Source, values: list[Any], start: int, end: int) -> Expr:
    """`await x`"""
    begin = start + len(source.text[start + 5 : end]) - len(source.text[start + 5 : end].lstrip(" \t\f")) + 5
    if type(values[0]) is Await and source.text[begin] != "(":
        source.report(grammar_errors.invalid_syntax(source.loc(values[0].span), "await"))
    return Await(source.span(start, end), values[0])


BUILDERS: Final = {
    "operation": operation,
    "comparison": operation,
    "bit_operation": operation,
    "signed": signed,
    "inverted": inverted,
    "conditional": conditional,
    "named_expression": named_expression,
    "await_expression": await_expression,
}
