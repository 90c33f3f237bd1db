"""Which functions may call each other: the strongly connected components of the call graph (Tarjan, without
recursion).
"""

from collections.abc import Iterable, Mapping


def recursion(edges: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:  # noqa: C901  # Tarjan's algorithm is one loop
    """Return for each function the strongly connected component it is in; empty for one that never calls
    itself.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    result: dict[str, frozenset[str]] = {}
    for root in edges:
        if root in index:
            continue
        work = [(root, iter(edges[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, successors = work[-1]
            for successor in successors:
                if successor not in edges:
                    continue
                if successor not in index:
                    index[successor] = low[successor] = len(index)
                    stack.append(successor)
                    on_stack.add(successor)
                    work.append((successor, iter(edges[successor])))
                    break
                if successor in on_stack:
                    low[node] = min(low[node], index[successor])
            else:
                work.pop()
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[node])
                if low[node] == index[node]:
                    component: set[str] = set()
                    while node not in component:
                        member = stack.pop()
                        on_stack.discard(member)
                        component.add(member)
                    alone = component == {node} and node not in edges[node]
                    for member in component:
                        result[member] = frozenset() if alone else frozenset(component)
    return result
