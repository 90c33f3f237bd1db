"""Expressions of parsimonious that match faster and build the tree as they go.

parsimonious reads the grammar and makes its web of expressions; `quicken` (next door) makes of each a
subclass from here, with a `match_core` of its own: the hook that parsimonious has for this. Three things
differ from the stock classes:

- no packrat cache: the grammar hardly ever looks twice at one place (its argument carries the `Source`);
- a choice looks at the next character and tries only the alternatives that can begin with it, an optional
  part is skipped where the next character says so (`skip` holds the characters that cannot begin it);
- the result is not a parse node but `(end, value)`: a rule's builder turns the values of its parts into
  a node of the Syntax IR as soon as the rule matches. Punctuation and keywords have no value.

`error` remembers the furthest place where a terminal failed, as in parsimonious.
"""

import re
from collections.abc import Callable
from typing import Any, final

from parsimonious.exceptions import ParseError
from parsimonious.expressions import Expression, Lookahead, OneOf, Quantifier, Regex, Sequence

from spy_parser.marks import DEDENT, END, INDENT, after_blanks
from spy_parser.recovery import recover
from spy_parser.source import Source

Result = tuple[int, Any] | None
Matcher = Callable[[str, int, Source, ParseError], Result]
Scanner = Callable[[str, int], "Any"]
Builder = Callable[..., Any]
Chars = frozenset[str]


@final
class Terminal(Regex):
    """A regular expression; its builder may refuse the match by returning None (a keyword is no name)."""

    __slots__ = ("builder", "first", "scan")
    builder: Builder | None

    def __init__(self, name: str, pattern: str, first: Chars) -> None:
        Expression.__init__(self, name)  # past Regex, which would compile the pattern with another library
        self.re = re.compile(pattern)
        self.scan: Scanner = self.re.match
        self.first = first
        self.builder = None

    def match_core(self, text: str, pos: int, source: Source, error: ParseError) -> Result:  # type: ignore[override]  # see module
        """Match the pattern."""
        match = self.scan(text, pos)
        if match is not None:
            if self.builder is None:
                return match.end(), match
            value = self.builder(source, match)
            if value is not None:
                return match.end(), value
        if pos >= error.pos:
            error.pos = pos
            error.expr = self
        return None


@final
class Series(Sequence):
    """Parts one after the other. Without a builder, one telling part lends its value to the whole.

    A step is (scanner, matcher, telling, expression); terminals without a builder are scanned in place.
    """

    __slots__ = ("builder", "steps", "telling")
    steps: tuple[tuple[Scanner | None, Matcher, bool, Expression], ...]
    builder: Builder | None
    telling: int

    def match_core(self, text: str, pos: int, source: Source, error: ParseError) -> Result:  # type: ignore[override]  # see module
        """Match all parts."""
        values = []
        end = pos
        for scan, step, telling, expression in self.steps:
            if scan is not None:
                match = scan(text, end)
                if match is None:
                    if end >= error.pos:
                        error.pos = end
                        error.expr = expression
                    return None
                end = match.end()
                if telling:
                    values.append(match)
            else:
                result = step(text, end, source, error)
                if result is None:
                    return None
                end, value = result
                if telling:
                    values.append(value)
        if self.builder is not None:
            return end, self.builder(source, values, pos, end)
        if self.telling == 1:
            return end, values[0]
        return end, values


@final
class Chain(Sequence):
    """`first rest*`, where the builder is needed only if there is any rest; it gets (end, value) of each."""

    __slots__ = ("builder", "first", "rest", "skip")
    first: Matcher
    rest: Matcher
    skip: Chars
    builder: Builder

    def match_core(self, text: str, pos: int, source: Source, error: ParseError) -> Result:  # type: ignore[override]  # see module
        """Match the first part and as many others as there are."""
        result = self.first(text, pos, source, error)
        if result is None:
            return None
        end = result[0]
        if text[end] in self.skip:
            return result
        rest = self.rest
        more = rest(text, end, source, error)
        if more is None:
            return result
        parts = []
        while more is not None:
            parts.append(more)
            end = more[0]
            if text[end] in self.skip:
                break
            more = rest(text, end, source, error)
        return end, self.builder(source, result[1], parts, pos, end)


@final
class Choice(OneOf):
    """The first alternative that matches, of those that can begin with the next character."""

    __slots__ = ("by_first", "others")
    by_first: dict[str, tuple[Matcher, ...]]
    others: tuple[Matcher, ...]

    def match_core(self, text: str, pos: int, source: Source, error: ParseError) -> Result:  # type: ignore[override]  # see module
        """Try the alternatives in order."""
        for alternative in self.by_first.get(text[pos], self.others):
            result = alternative(text, pos, source, error)
            if result is not None:
                return result
        if pos >= error.pos:
            error.pos = pos
            error.expr = self
        return None


@final
class Repeat(Quantifier):
    """`part*` and `part+`: the list of values."""

    __slots__ = ("part", "skip")
    part: Matcher
    skip: Chars

    def match_core(self, text: str, pos: int, source: Source, error: ParseError) -> Result:  # type: ignore[override]  # see module
        """Match as often as possible."""
        values: list[Any] = []
        while text[pos] not in self.skip:
            result = self.part(text, pos, source, error)
            if result is None:
                break
            pos, value = result
            values.append(value)
        if len(values) < self.min:
            if pos >= error.pos:
                error.pos = pos
                error.expr = self
            return None
        return pos, values


@final
class Maybe(Quantifier):
    """`part?`: its value or None."""

    __slots__ = ("part", "skip")
    part: Matcher
    skip: Chars

    def match_core(self, text: str, pos: int, source: Source, error: ParseError) -> Result:  # type: ignore[override]  # see module
        """Match once or not at all."""
        if text[pos] not in self.skip:
            result = self.part(text, pos, source, error)
            if result is not None:
                return result
        return pos, None


@final
class Ahead(Lookahead):
    """`&part`: matches nothing, but only where `part` would."""

    __slots__ = ("part",)
    part: Matcher

    def match_core(self, text: str, pos: int, source: Source, error: ParseError) -> Result:  # type: ignore[override]  # see module
        """Look ahead."""
        return None if self.part(text, pos, source, error) is None else (pos, None)


@final
class Statements(Quantifier):
    """`statement+` up to the end of the block; a statement with a fault is reported and left out."""

    __slots__ = ("part",)
    part: Matcher

    def match_core(self, text: str, pos: int, source: Source, error: ParseError) -> Result:  # type: ignore[override]  # see module
        """Match statements, starting again after each fault."""
        body: list[Any] = []
        while (char := text[pos]) != DEDENT and char != END:
            result = self.part(text, pos, source, error)
            if result is None:
                pos = recover(source, pos, error)
                if text[pos] == INDENT:
                    result = self.match_core(text, after_blanks(text, pos + 1), source, error)
                    pos = result[0] if result else pos + 1
                    if text[pos] == DEDENT:
                        pos = after_blanks(text, pos + 1)
            else:
                pos, value = result
                body += value
        return pos, body
