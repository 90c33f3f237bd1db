"""The control flow of one function.

while a:          [start] -> <while a> --yes--> [i = i + 1] --> <while a>
    i = i + 1                <while a> --no---> [return i]
return i
"""

from collections.abc import Iterator, Sequence
from typing import assert_never

from msgspec.structs import replace
from spy_types.nesting import room_to_nest
from spy_types.program.nodes import (
    Assign,
    Break,
    Continue,
    Eval,
    ForRange,
    GlobalSet,
    If,
    Raise,
    Return,
    Stmt,
    Store,
    While,
)
from spy_types.program.printer import print_body
from spy_types.program.program import Function, Program

from spy_graphviz_backend.dot import cluster, code

Exits = list[tuple[str, str]]  # (node, label): edges that lead to whatever comes next


def draw_flow(program: Program, function: Function, number: int) -> Iterator[str]:
    """Yield the cluster of `function`, whose nodes are named after `number`."""
    lines = _Flow(program, function, f"f{number}").draw()
    return cluster(f"f{number}", function.fqn, lines)


class _Flow:
    """Draws the statements of one function; `loops` has the node and the breaks of each loop around."""

    def __init__(self, program: Program, function: Function, prefix: str) -> None:
        self.program = program
        self.function = function
        self.module = function.fqn.partition("::")[0]
        self.prefix = prefix
        self.lines: list[str] = []
        self.nodes = 0
        self.loops: list[tuple[str, Exits]] = []

    def draw(self) -> list[str]:
        """Return the lines of all nodes and edges."""
        params = ", ".join(f"{p.name}: {p.t}" for p in self.function.params)
        start = self._node(f"{self.function.display}({params})", "oval", [])
        with room_to_nest():
            exits = self._body(self.function.body, [(start, "")])
        if exits:
            self._node("end", "oval", exits)
        return self.lines

    def _body(self, body: Sequence[Stmt], entries: Exits) -> Exits:
        waiting: list[Stmt] = []
        for stmt in body:
            match stmt:
                case Assign() | GlobalSet() | Store() | Eval():
                    waiting.append(stmt)
                    continue
                case If() | While() | ForRange() | Return() | Raise() | Break() | Continue():
                    entries = self._compound(stmt, self._box(waiting, entries))
                    waiting = []
                case _:
                    assert_never(stmt)
        return self._box(waiting, entries)

    def _compound(
        self, stmt: If | While | ForRange | Return | Raise | Break | Continue, entries: Exits
    ) -> Exits:
        match stmt:
            case If():
                test = self._header(stmt, entries)
                return self._body(stmt.then, [(test, "yes")]) + self._body(stmt.orelse, [(test, "no")])
            case While() | ForRange():
                return self._loop(stmt, entries)
            case Return() | Raise():
                self._node(self._text([stmt]), "box", entries, "style=bold")
                return []
            case Break():
                self.loops[-1][1].extend((node, f"{label} break".strip()) for node, label in entries)
                return []
            case Continue():
                self._edges(
                    [(node, f"{label} continue".strip()) for node, label in entries], self.loops[-1][0]
                )
                return []
            case _:
                assert_never(stmt)

    def _loop(self, stmt: While | ForRange, entries: Exits) -> Exits:
        test = self._header(stmt, entries)
        self.loops.append((test, []))
        self._edges(self._body(stmt.body, [(test, "yes")]), test)
        _, breaks = self.loops.pop()
        return self._body(stmt.orelse, [(test, "no")]) + breaks

    def _box(self, stmts: Sequence[Stmt], entries: Exits) -> Exits:
        return [(self._node(self._text(stmts), "box", entries), "")] if stmts else entries

    def _header(self, stmt: If | While | ForRange, entries: Exits) -> str:
        match stmt:
            case If():
                bare: Stmt = replace(stmt, then=(), orelse=())
            case While() | ForRange():
                bare = replace(stmt, body=(), orelse=())
            case _:
                assert_never(stmt)
        header = self._text([bare]).removesuffix(":\n    pass\n")
        return self._node(header, "diamond", entries)

    def _text(self, stmts: Sequence[Stmt]) -> str:
        return print_body(stmts, self.program, module=self.module)

    def _node(self, text: str, shape: str, entries: Exits, style: str = "") -> str:
        name = f"{self.prefix}_{self.nodes}"
        self.nodes += 1
        attributes = [f"label={code(text)}", f"shape={shape}", *([style] if style else [])]
        self.lines.append(f"{name} [{', '.join(attributes)}];")
        self._edges(entries, name)
        return name

    def _edges(self, entries: Exits, target: str) -> None:
        for node, label in entries:
            attributes = f' [label="{label}"]' if label else ""
            self.lines.append(f"{node} -> {target}{attributes};")
