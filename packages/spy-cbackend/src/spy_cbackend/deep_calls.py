"""Which functions must look at the stack: recursive ones that a program calls where it may catch the error.

try: f(1000000)
except RecursionError: ...       # f, and whatever calls itself below it, raises instead of ending the program
"""

from collections.abc import Iterable, Mapping

from spy_types.program.nodes import Call, CallIndirect, CallVirtual, Stmt, Try
from spy_types.program.program import Program

from spy_cbackend.walk import all_statements, body_expressions

# What a handler names that takes a RecursionError.
_CATCHING = frozenset(("RecursionError", "RuntimeError", "Exception", "BaseException"))


def checked_functions(
    program: Program, edges: Mapping[str, Iterable[str]], recursive: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """Return the functions that check the stack; `edges` is the call graph."""
    recursive_ones = {fqn for fqn, group in recursive.items() if group}
    if not recursive_ones:
        return frozenset()
    found: set[str] = set()
    for function in program.functions:
        for stmt in all_statements(function.body):
            if isinstance(stmt, Try) and _takes_it(stmt):
                found |= _called(stmt, recursive_ones)
    waiting, reached = list(found), set[str]()
    while waiting:
        fqn = waiting.pop()
        if fqn not in reached:
            reached.add(fqn)
            waiting.extend(edges.get(fqn, ()))
    return frozenset(reached & recursive_ones)


def _takes_it(stmt: Try) -> bool:
    return bool(stmt.finalbody) or any(_CATCHING & set(handler.types) for handler in stmt.handlers)


def _called(stmt: Try, recursive_ones: set[str]) -> set[str]:
    """Return what the parts of a try call; through a function value it may be anything that is recursive."""
    parts: tuple[Stmt, ...] = stmt.body
    if stmt.finalbody:
        parts = (*parts, *stmt.orelse, *(inner for handler in stmt.handlers for inner in handler.body))
    found: set[str] = set()
    for expr in body_expressions(parts):
        if isinstance(expr, Call):
            found.add(expr.func)
        elif isinstance(expr, CallIndirect | CallVirtual):
            found |= recursive_ones
    return found
