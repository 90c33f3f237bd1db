"""CPython's `symtable` of a text beside our scopes: the differences, for programs without `var`.

Left out: what CPython adds by itself (`__class__` of `super()`, `.0`, `.defaults`, ...), mangled names, and
names that the module gets from `global` in a function, which CPython does not count as its own. Scopes are
matched by name: the orders differ, since CPython visits `else` before `except`.
"""

import symtable
from collections import defaultdict
from collections.abc import Iterator

from spy_types.syntax.module import SyntaxModule
from spy_types.syntax.scopes import Scope

_IMPLICIT = {"__class__", "__classdict__", "__classcell__", "__type_params__"}


def symbol_differences(text: str, module: SyntaxModule) -> Iterator[str]:
    """Yield what differs, in words."""
    table = symtable.symtable(text, "<corpus>", "exec")
    children: dict[int, list[Scope]] = defaultdict(list)
    for scope in module.scopes[1:]:
        children[scope.parent].append(scope)
    yield from _compare(table, module.scopes[0], children, module.name)


def _compare(
    table: symtable.SymbolTable, scope: Scope, children: dict[int, list[Scope]], where: str
) -> Iterator[str]:
    theirs = {
        symbol.get_name(): _place(symbol, table.get_type() == "module")
        for symbol in table.get_symbols()
        if symbol.get_name() not in _IMPLICIT and "." not in symbol.get_name()
    }
    ours = {name: _our_place(scope, name) for name in scope.symbols if name not in _IMPLICIT}
    for name in sorted(theirs.keys() | ours.keys()):
        if scope.id == 0 and theirs.get(name) == "global" and ours.get(name) != "free":
            continue
        if theirs.get(name) != ours.get(name) and not _mangled(name, theirs, ours):
            yield f"{where}: {name} is {ours.get(name)}, in CPython {theirs.get(name)}"
    inner = table.get_children()
    if len(inner) != len(children[scope.id]):
        yield f"{where}: {len(children[scope.id])} scopes inside, in CPython {len(inner)}"
    by_name: dict[str, list[Scope]] = defaultdict(list)
    for child in children[scope.id]:
        by_name[child.name].append(child)
    for child_table in inner:
        name = child_table.get_name()
        if not by_name[name]:
            yield f"{where}: no scope {name}"
            continue
        found = [list(_compare(child_table, child, children, f"{where}.{name}")) for child in by_name[name]]
        best = min(range(len(found)), key=lambda index: len(found[index]))
        by_name[name].pop(best)
        yield from found[best]


def _place(symbol: symtable.Symbol, in_module: bool) -> str:
    if symbol.is_free():
        return "free"
    if in_module:
        return "local" if symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace() else "global"
    return "global" if symbol.is_global() else "local"


def _our_place(scope: Scope, name: str) -> str:
    home = scope.symbols[name].scope
    if home == scope.id:
        return "local"
    return "free" if home > 0 else "global"


def _mangled(name: str, theirs: dict[str, str], ours: dict[str, str]) -> bool:
    if name.startswith("__"):
        return any(other.startswith("_") and other.endswith(name) for other in theirs)
    return any(other.startswith("__") and name.endswith(other) for other in ours)
