"""The DOT language: names and texts that cannot break out of their quotes, clusters."""

from collections.abc import Iterable, Iterator

WIDTH = 60


def quoted(text: str) -> str:
    """Return `text` as a DOT string; its lines are centred."""
    return '"' + _escaped(text).replace("\n", "\\n") + '"'


def code(text: str) -> str:
    """Return lines of code as a DOT string, each aligned left and cut to a readable width."""
    lines = [line if len(line) <= WIDTH else f"{line[: WIDTH - 3]}..." for line in text.splitlines()]
    return '"' + "".join(f"{_escaped(line)}\\l" for line in lines) + '"'


def cluster(name: str, label: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield a cluster: a labelled frame around the nodes of `lines`."""
    yield f"subgraph cluster_{name} {{"
    yield f"    label={quoted(label)};"
    yield from indented(lines)
    yield "}"


def indented(lines: Iterable[str]) -> Iterator[str]:
    """Yield `lines` one level deeper."""
    return (f"    {line}" for line in lines)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
