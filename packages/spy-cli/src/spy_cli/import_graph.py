"""The static import graph: every `import` of every module, also those in functions and branches."""

from spy_types.syntax.module import ImportEdge, SyntaxModule

from spy_cli.loader import FileLoader


def import_graph(loader: FileLoader) -> dict[str, list[str]]:
    """Return what each module imports, for the main module and all that can be found from it."""
    graph: dict[str, list[str]] = {}
    waiting = [loader.main()]
    while waiting:
        module = waiting.pop()
        graph[module.name] = _targets(module, loader)
        for name in graph[module.name]:
            found = loader.find(name) if name not in graph else None
            if found is not None and all(found.name != other.name for other in waiting):
                waiting.append(found)
    return graph


def order(main: str, graph: dict[str, list[str]]) -> list[str]:
    """Return the modules in the order in which they are executed: depth first, imports before importers."""
    done: list[str] = []
    entered: set[str] = set()

    def visit(name: str) -> None:
        if name in entered:
            return
        entered.add(name)
        for imported in graph.get(name, []):
            visit(imported)
        done.append(name)

    visit(main)
    return done


def _targets(module: SyntaxModule, loader: FileLoader) -> list[str]:
    names: dict[str, None] = {}
    for edge in module.imports:
        base = _absolute(edge, module, loader)
        names |= dict.fromkeys(_with_packages(base))
        submodules = [f"{base}.{name}" for name in edge.names if loader.is_package(base)]
        names |= dict.fromkeys(name for name in submodules if loader.find(name) is not None)
    names.pop(module.name, None)
    return list(names)


def _with_packages(name: str) -> list[str]:
    """Return `name` after the packages it is in: `a`, `a.b`, `a.b.c`."""
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts) + 1)]


def _absolute(edge: ImportEdge, module: SyntaxModule, loader: FileLoader) -> str:
    if not edge.level:
        return edge.module
    parts = module.name.split(".")
    up = edge.level - 1 if loader.is_package(module.name) else edge.level
    base = parts[: len(parts) - up]
    return ".".join([*base, edge.module] if edge.module else base)
