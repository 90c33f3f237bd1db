"""Functions of Program IR as C functions."""

from collections.abc import Iterator
from itertools import islice

from spy_types.program.nodes import Assign, Pos, Stmt
from spy_types.program.program import Function

from spy_cbackend.declarations import declared_by_assignment
from spy_cbackend.expressions import write_expression
from spy_cbackend.frame import Frame, Scope
from spy_cbackend.generators import kept_locals, write_entry, write_maker
from spy_cbackend.leaving import go_on
from spy_cbackend.loops import private_loop_vars
from spy_cbackend.mangling import member_name
from spy_cbackend.statements import falls_through, write_statements
from spy_cbackend.value import Code
from spy_cbackend.walk import body_expressions

# Nodes of a function that C should not copy into its callers.
_LARGE = 100


def prototype(scope: Scope, function: Function) -> str:
    """Return the declaration of a function, without `;`."""
    recursive = bool(scope.facts.recursive.get(function.fqn))
    return f"static {'SPY_RECURSIVE ' if recursive else ''}{_head(scope, function)}"


def _head(scope: Scope, function: Function) -> str:
    params = [scope.types.declare(param.t, member_name(param.name)) for param in function.params]
    name = scope.names[function.fqn]
    signature = scope.types.signature(name, params, function.result, scope.facts.raises(function.fqn))
    recursive = bool(scope.facts.recursive.get(function.fqn))
    return f"{_inlining(function, recursive=recursive)}{signature}"


def write_function(scope: Scope, function: Function) -> Iterator[tuple[str, Pos | None]]:
    """Yield the lines of a function, each with its place in the source."""
    if function.generator:
        yield from _write_generator(scope, function)
        return
    frame = Frame(
        scope,
        function,
        scope.facts.unsure[function.fqn],
        write_expression,
        write_statements,
        scope.facts.raises(function.fqn),
        private_loop_vars(function),
        declared_by_assignment(function),
    )
    declared = {
        stmt.name for stmt in function.body if isinstance(stmt, Assign) and id(stmt) in frame.declaring
    }
    declared -= frame.unsure.names
    code = Code()
    write_statements(frame, function.body, code)
    yield f"static {_head(scope, function)} {{", function.pos
    if function.fqn in scope.facts.checked:
        yield "if (SPY_UNLIKELY(spy_stack_is_full())) return spy_raise_recursion();", function.pos
    for local in function.locals:
        if local.name in frame.loop_vars or local.name in declared:
            continue
        unsure = local.name in frame.unsure.names
        declaration = scope.types.declare(local.t, member_name(local.name))
        yield f"{declaration} = {_zero(scope, local.t)};" if unsure else f"{declaration};", function.pos
        if unsure:
            yield f"bool {frame.set_flag(local.name)} = false;", function.pos
    if frame.keeps_result:
        yield f"{scope.types.declare(function.result, 'result')};", function.pos
    yield from code.lines
    if falls_through(function.body):
        yield from _end(frame)
    yield "}", None


def _write_generator(scope: Scope, function: Function) -> Iterator[tuple[str, Pos | None]]:
    """Yield the lines of the two functions that a generator function becomes."""
    frame = Frame(
        scope,
        function,
        scope.facts.unsure[function.fqn],
        write_expression,
        write_statements,
        True,
        private_loop_vars(function),
        kept=kept_locals(function),
    )
    code = Code()
    write_statements(frame, function.body, code)
    if falls_through(function.body):
        go_on(frame, "return", function.pos, code)
    yield from write_entry(frame)
    yield from code.lines
    yield "}", None
    yield "", None
    yield f"static {_head(scope, function)} {{", function.pos
    yield from write_maker(scope, function)


def _end(frame: Frame) -> Iterator[tuple[str, Pos | None]]:
    if frame.function.result != "None":
        yield "spy_unreachable();", None
    elif frame.raises:
        yield "return false;", None


def _zero(scope: Scope, t: str) -> str:
    name = scope.types.name(t)
    return (
        "{0}"
        if (name.startswith("struct ") and not name.endswith("*")) or t in ("complex128", "dynamic")
        else "0"
    )


def _inlining(function: Function, *, recursive: bool) -> str:
    match function.inline:
        case "always":
            return "SPY_ALWAYS_INLINE "
        case "never":
            return "SPY_NOINLINE "
        case "auto":
            return "" if recursive or _is_large(function.body) else "inline "


def _is_large(body: tuple[Stmt, ...]) -> bool:
    return sum(1 for _ in islice(body_expressions(body), _LARGE)) == _LARGE
