"""C code under construction: expressions with what they touch, and the statements that must run before
them.
"""

from dataclasses import dataclass, field
from typing import final

from spy_types.program.nodes import Pos

# Binding strength of C operators, weakest first.
COMMA, CONDITIONAL, OR, AND, BIT_OR, BIT_XOR, BIT_AND, EQUALITY, ORDER, SHIFT, SUM, PRODUCT, UNARY, ATOM = (
    range(14)
)

# What code may do, apart from locals: read memory, write memory or do I/O, raise, or not return.
READS, WRITES, RAISES, CALLS = 1, 2, 4, 8

_NONE: frozenset[str] = frozenset()


@final
@dataclass(frozen=True, slots=True)
class Touch:
    """What evaluating some code touches: flags, and the locals that it reads and assigns."""

    flags: int = 0
    reads: frozenset[str] = _NONE
    writes: frozenset[str] = _NONE

    def __or__(self, other: "Touch") -> "Touch":
        if other is NOTHING:
            return self
        if self is NOTHING:
            return other
        return Touch(self.flags | other.flags, self.reads | other.reads, self.writes | other.writes)


NOTHING = Touch()


def must_precede(first: Touch, second: Touch) -> bool:
    """Say whether the order of the two matters."""
    if first is NOTHING or second is NOTHING:
        return False
    if not first.writes.isdisjoint(second.reads | second.writes) or not first.reads.isdisjoint(second.writes):
        return True
    if first.flags & WRITES:
        return second.flags != 0
    if first.flags & CALLS and second.flags & (WRITES | RAISES):
        return True
    return bool(first.flags & READS and second.flags & WRITES)


@final
@dataclass(frozen=True, slots=True)
class Value:
    """A C expression: its code, how strongly its outermost operator binds, and what evaluating it touches."""

    code: str
    strength: int = ATOM
    touch: Touch = NOTHING

    def at(self, strength: int) -> str:
        """Return the code, in parentheses if it binds weaker than `strength`."""
        return self.code if self.strength >= strength else f"({self.code})"


@final
@dataclass(slots=True)
class Code:
    """Statements in order, each with its place in the SPy source, and all that they touch."""

    lines: list[tuple[str, Pos | None]] = field(default_factory=list)
    touch: Touch = NOTHING

    def add(self, line: str, pos: Pos | None) -> None:
        """Append a line."""
        self.lines.append((line, pos))

    def extend(self, other: "Code") -> None:
        """Append all of `other`."""
        self.lines.extend(other.lines)
        self.touch = self.touch | other.touch
