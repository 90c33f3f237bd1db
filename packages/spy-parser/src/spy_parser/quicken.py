"""From the web of expressions that parsimonious makes of a grammar to the expressions of `matching`."""

import re
from collections.abc import Mapping
from typing import Final, final

from parsimonious.expressions import Expression, Lookahead, OneOf, Quantifier, Sequence
from parsimonious.grammar import Grammar

from spy_parser.grammar.terminals import (
    BLANKS,
    KEYWORDS,
    NOT_BEFORE,
    OTHER,
    PUNCTUATION,
    TERMINALS,
    WITHOUT_BLANKS,
    WORD_END,
)
from spy_parser.matching import (
    Ahead,
    Builder,
    Chain,
    Chars,
    Choice,
    Matcher,
    Maybe,
    Repeat,
    Series,
    Statements,
    Terminal,
)

_KNOWN: Final = frozenset(map(chr, range(128)))
"""The characters that FIRST sets name; all others are OTHER."""


def terminals() -> dict[str, Terminal]:
    """Return the terminals of the grammar by name."""
    made = {}
    for name, (pattern, first) in TERMINALS.items():
        blanks = "" if name in WITHOUT_BLANKS else BLANKS
        made[name] = Terminal(name, pattern + blanks, frozenset(first))
    for word in KEYWORDS:
        made[f"{word}_kw"] = Terminal(f"{word}_kw", word + WORD_END + BLANKS, frozenset(word[0]))
    for name, text in PUNCTUATION.items():
        guard = f"(?!{re.escape(NOT_BEFORE[name])})" if name in NOT_BEFORE else ""
        blanks = "" if name in WITHOUT_BLANKS else BLANKS
        made[name] = Terminal(name, re.escape(text) + guard + blanks, frozenset(text[0]))
    return made


def quicken(grammar: Grammar, builders: Mapping[str, Builder], chains: frozenset[str]) -> Matcher:
    """Return the matcher of the first rule of `grammar`; `builders` and `chains` go by name of rule."""
    unknown = builders.keys() - grammar.keys()
    assert not unknown, f"no rule is called {sorted(unknown)}"
    return _Quickener(builders, chains).convert(grammar.default_rule)


@final
class _Quickener:
    """The expressions made so far, by identity of the original: the web has cycles."""

    def __init__(self, builders: Mapping[str, Builder], chains: frozenset[str]) -> None:
        self.builders = builders
        self.chains = chains
        self.made: dict[int, Matcher] = {}
        self.firsts: dict[int, tuple[Chars, bool]] = {}

    def convert(self, old: Expression) -> Matcher:  # noqa: PLR0911  # one per class
        """Return the matcher that stands for `old`."""
        if id(old) in self.made:
            return self.made[id(old)]
        builder = self.builders.get(old.name)
        match old:
            case Terminal():
                old.builder = builder
                return old.match_core
            case Sequence() if old.name in self.chains:
                return self._chain(old)
            case Sequence():
                return self._series(old, builder)
            case OneOf():
                return self._choice(old)
            case Quantifier():
                return self._quantifier(old)
            case Lookahead():
                ahead = Ahead(*old.members, name=old.name)
                self.made[id(old)] = ahead.match_core
                ahead.part = self.convert(old.members[0])
                return ahead.match_core
        raise AssertionError(f"the grammar uses {old}, for which there is no fast form")

    def _series(self, old: Sequence, builder: Builder | None) -> Matcher:
        series = Series(*old.members, name=old.name)
        self.made[id(old)] = series.match_core
        steps = []
        for part in old.members:
            scan = part.scan if isinstance(part, Terminal) and part.name not in self.builders else None
            steps.append((scan, self.convert(part), not _is_silent(part), part))
        series.steps = tuple(steps)
        series.telling = sum(step[2] for step in steps)
        series.builder = builder
        return series.match_core

    def _chain(self, old: Sequence) -> Matcher:
        first, rest = old.members
        assert isinstance(rest, Quantifier), f"{old.name} is no chain"
        chain = Chain(*old.members, name=old.name)
        self.made[id(old)] = chain.match_core
        chain.first = self.convert(first)
        chain.rest = self.convert(rest.members[0])
        chain.skip = _KNOWN - self._first(rest.members[0])[0]
        chain.builder = self.builders[old.name]
        return chain.match_core

    def _choice(self, old: OneOf) -> Matcher:
        choice = Choice(*old.members, name=old.name)
        self.made[id(old)] = choice.match_core
        alternatives = [(self.convert(part), self._first(part)[0]) for part in old.members]
        choice.by_first = {
            char: tuple(matcher for matcher, first in alternatives if char in first)
            for char in _KNOWN | {OTHER}
        }
        choice.others = choice.by_first[OTHER]
        return choice.match_core

    def _quantifier(self, old: Quantifier) -> Matcher:
        part = old.members[0]
        if old.name == "statements":
            statements = Statements(part, name=old.name)
            self.made[id(old)] = statements.match_core
            statements.part = self.convert(part)
            return statements.match_core
        made = (Maybe if old.max == 1 else Repeat)(part, min=old.min, name=old.name)
        self.made[id(old)] = made.match_core
        made.part = self.convert(part)
        made.skip = _KNOWN - self._first(part)[0]
        return made.match_core

    def _first(self, old: Expression) -> tuple[Chars, bool]:
        """Return the characters with which `old` can begin, and whether it can match nothing."""
        if id(old) not in self.firsts:
            self.firsts[id(old)] = self._compute_first(old)
        return self.firsts[id(old)]

    def _compute_first(self, old: Expression) -> tuple[Chars, bool]:
        match old:
            case Terminal():
                return old.first, False
            case OneOf():
                firsts = [self._first(part) for part in old.members]
                return frozenset[str]().union(*(first for first, _ in firsts)), any(
                    empty for _, empty in firsts
                )
            case Quantifier():
                first, empty = self._first(old.members[0])
                return first, empty or old.min == 0
            case Lookahead():
                return frozenset(), True
            case Sequence():
                chars: Chars = frozenset()
                for part in old.members:
                    first, empty = self._first(part)
                    chars |= first
                    if not empty:
                        return chars, False
                return chars, True
        raise AssertionError(f"{old} is no expression of ours")


def _is_silent(part: Expression) -> bool:
    return isinstance(part, Lookahead) or part.name.endswith("_kw") or part.name in PUNCTUATION
