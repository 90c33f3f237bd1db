"""Tracebacks of the user's program, as CPython writes them."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from spy_cli.sources import Sources

REPEATS = 3


class Entry(NamedTuple):
    """A frame of a traceback: where, and in which function."""

    path: str
    line: int
    function: str


def traceback_text(entries: Sequence[Entry], etype: str, message: str, sources: Sources) -> str:
    """Return the whole report: frames from caller to callee, then the exception."""
    lines = ["Traceback (most recent call last):", *_frames(entries, sources)] if entries else []
    return "\n".join([*lines, f"{etype}: {message}" if message else etype])


def _frames(entries: Iterable[Entry], sources: Sources) -> list[str]:
    lines: list[str] = []
    for entry, group in groupby(entries):
        count = len(list(group))
        lines += _frame(entry, sources) * min(count, REPEATS)
        if count > REPEATS:
            more = count - REPEATS
            lines.append(f"  [Previous line repeated {more} more time{'s' if more > 1 else ''}]")
    return lines


def _frame(entry: Entry, sources: Sources) -> list[str]:
    head = f'  File "{entry.path}", line {entry.line}, in {entry.function}'
    source = sources.line(entry.path, entry.line)
    return [head, f"    {source.strip()}"] if source and source.strip() else [head]
