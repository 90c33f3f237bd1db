"""The `main` of an executable."""

from collections.abc import Iterator

from spy_types.program.nodes import Call

from spy_cbackend.dynamic_expansion import HELPER
from spy_cbackend.frame import Scope
from spy_cbackend.unit import entry_function
from spy_cbackend.walk import body_expressions


def main_function(scope: Scope, name: str) -> Iterator[str]:
    """Yield C's main: it runs the entry function and reports what nobody caught."""
    entry = entry_function(scope, name)
    call = f"{scope.names[entry.fqn]}"
    raises, returns = scope.facts.raises(entry.fqn), entry.result == "i32"
    recursions = list(_recursions(scope))
    if recursions:
        yield "static const spy_Recursion spy_recursions[] = {"
        yield from recursions
        yield "};"
        yield ""
    yield "int main(int argc, char **argv) {"
    yield f"spy_start(argc, argv, {'spy_recursions' if recursions else 'NULL'}, {len(recursions)});"
    if returns and raises:
        yield "int32_t code;"
        yield f"if ({call}(&code)) return spy_error_report();"
    elif raises:
        yield f"if ({call}()) return spy_error_report();"
    elif returns:
        yield f"int32_t code = {call}();"
    else:
        yield f"{call}();"
    yield f"return spy_finish({'code' if returns else '0'});"
    yield "}"


def _recursions(scope: Scope) -> Iterator[str]:
    """Yield where recursive functions call on: what a RecursionError shows, since a full stack cannot be
    unwound.
    """
    for function in scope.program.functions:
        group = scope.facts.recursive.get(function.fqn)
        if not group or function.display == HELPER:
            continue
        calls = (e for e in body_expressions(function.body) if isinstance(e, Call) and e.func in group)
        first = min(
            (call.pos for call in calls), key=lambda pos: (pos.source, pos.line), default=function.pos
        )
        yield f"{{(const char *){scope.names[function.fqn]}, {scope.places.refer(function.display, first)}}},"
