"""The `main` of an executable."""

from collections.abc import Iterator

from spy_cbackend.frame import Scope
from spy_cbackend.unit import entry_function


def main_function(scope: Scope, name: str) -> Iterator[str]:
    """Yield C's main: it runs the entry function and reports what nobody caught."""
    entry = entry_function(scope, name)
    call = f"{scope.names[entry.fqn]}"
    raises, returns = scope.facts.raises(entry.fqn), entry.result == "i32"
    yield "int main(int argc, char **argv) {"
    yield "spy_start(argc, argv);"
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
