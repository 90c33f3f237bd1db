"""Program IR of an example: what a function reaches, and its text with names that do not matter taken out."""

import re
from collections.abc import Iterator
from pathlib import Path

from spy_cli.session import open_session
from spy_types.program.nodes import Call, CallIndirect, CallVirtual, DynamicOp, FromDynamic, ToDynamic
from spy_types.program.printer import print_function
from spy_types.program.program import Function, Program
from spy_types.program.walk import walk

LATE = (DynamicOp, ToDynamic, FromDynamic, CallIndirect, CallVirtual)


def library(path: Path) -> Program:
    """Return the program of all functions that Python can call in `path`."""
    return open_session(path).library


def reached(program: Program, fqn: str) -> Iterator[Function]:
    """Yield the function `fqn` and all that its calls lead to."""
    functions = {function.fqn: function for function in program.functions}
    seen, left = {fqn}, [fqn]
    while left:
        function = functions[left.pop()]
        yield function
        called = {node.func for node in walk(*function.body) if isinstance(node, Call)}
        new = (called & functions.keys()) - seen
        seen |= new
        left += sorted(new)


def late_nodes(functions: Iterator[Function]) -> list[str]:
    """Return what is decided only at run time in `functions`."""
    found = []
    for function in functions:
        found += [f"{function.fqn}: {node}" for node in walk(*function.body) if isinstance(node, LATE)]
    return found


def anonymous(program: Program, fqn: str, renamed: dict[str, str]) -> str:
    """Return the text of a function: calls renamed by `renamed`, temporaries numbered alike."""
    function = next(f for f in program.functions if f.fqn == fqn)
    text = print_function(function)
    for old, new in renamed.items():
        text = text.replace(f"`{old}`", new)
    return re.sub(r"\$[a-z]+\d+", "$", text)
