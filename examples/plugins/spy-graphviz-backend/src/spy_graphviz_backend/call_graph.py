"""Who calls whom, and what each function may do.

demo::main -> demo::half       a call
demo::main ..> demo::compare   a function used as a value
"""

from collections.abc import Iterator, Sequence

from spy_types.program.constants import FuncConst
from spy_types.program.nodes import Call, Const
from spy_types.program.program import Effects, Function, Program
from spy_types.program.walk import walk

from spy_graphviz_backend.dot import cluster, quoted


def draw_calls(program: Program, functions: Sequence[Function]) -> Iterator[str]:
    """Yield the cluster of the call graph: `functions`, what they use, and the edges between."""
    edges = [edge for function in functions for edge in _uses(function)]
    mentioned = {f.fqn for f in functions} | {used for _, used, _ in edges}
    return cluster("calls", "calls", [*_nodes(program, mentioned), *_edges(edges)])


def _nodes(program: Program, mentioned: set[str]) -> Iterator[str]:
    important = {program.entry, *(export.fqn for export in program.exports)}
    for function in program.functions:
        if function.fqn in mentioned:
            border = ", peripheries=2" if function.fqn in important else ""
            label = f"{function.fqn}\n{describe(function.effects)}"
            colour = fill(function.effects)
            yield f"{quoted(function.fqn)} [label={quoted(label)}, style=filled, fillcolor={colour}{border}];"
    for extern in program.externs:
        if extern.fqn in mentioned:
            yield f"{quoted(extern.fqn)} [shape=ellipse, style=filled, fillcolor={fill(extern.effects)}];"


def _uses(function: Function) -> Iterator[tuple[str, str, str]]:
    """Yield (user, used, style), each once, in the order of first use."""
    seen = set()
    for node in walk(*function.body):
        match node:
            case Call(func=used):
                use = (function.fqn, used, "solid")
            case Const(value=FuncConst(fqn=used)):
                use = (function.fqn, used, "dashed")
            case _:
                continue
        if use not in seen:
            seen.add(use)
            yield use


def _edges(uses: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    return (f"{quoted(user)} -> {quoted(used)} [style={style}];" for user, used, style in uses)


def describe(effects: Effects) -> str:
    """Return what a call may do, in words."""
    if effects.pure and not effects.raises:
        return "pure"
    words = [*(["pure"] if effects.pure else []), *(["raises"] if effects.raises else [])]
    return ", ".join([*words, *(["allocates"] if effects.allocates else [])]) or "has effects"


def fill(effects: Effects) -> str:
    """Return the colour of a function."""
    match effects.raises, effects.allocates:
        case True, True:
            return "salmon"
        case True, False:
            return "orange"
        case False, True:
            return "lightyellow"
        case _:
            return "palegreen" if effects.pure else "white"
