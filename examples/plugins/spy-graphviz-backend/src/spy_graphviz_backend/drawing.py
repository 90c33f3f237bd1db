"""A whole program as one directed graph."""

from spy_types.program.program import Program

from spy_graphviz_backend.call_graph import draw_calls
from spy_graphviz_backend.dot import indented
from spy_graphviz_backend.errors import empty_module
from spy_graphviz_backend.flow import draw_flow

HEADER = [
    "digraph program {",
    "    rankdir=TB;",
    '    node [shape=box, fontname="monospace", fontsize=10];',
    '    edge [fontname="sans-serif", fontsize=9];',
]


def draw(program: Program, *, module: str | None = None, flow: bool = True) -> str:
    """Return the DOT text of `program`, or of its functions that belong to `module`."""
    functions = [f for f in program.functions if module is None or f.fqn.partition("::")[0] == module]
    if module is not None and not functions:
        raise empty_module(module)
    lines = [*HEADER, *indented(draw_calls(program, functions))]
    if flow:
        for number, function in enumerate(functions):
            lines += indented(draw_flow(program, function, number))
    return "\n".join([*lines, "}"]) + "\n"
