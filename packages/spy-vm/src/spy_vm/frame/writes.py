"""Which names and attribute paths a piece of syntax may rebind: what was known of them holds no longer."""

from collections.abc import Iterator
from typing import Any

import msgspec
from spy_types.loc import Span
from spy_types.syntax import nodes as n

Path = tuple[str, ...]


def path_of(node: n.Expr) -> Path | None:
    """Return the path that `node` reads: `x`, `self.left`; that of its name for `x := value`."""
    match node:
        case n.Name(id=name):
            return (name,)
        case n.NamedExpr(target=n.Name(id=name)):
            return (name,)
        case n.Attribute(value=value, attr=attr):
            head = path_of(value) if not isinstance(value, n.NamedExpr) else None
            return None if head is None else (*head, attr)
        case _:
            return None


def written_paths(*parts: Any) -> frozenset[Path]:
    """Return the paths that running `parts` may rebind; functions defined in them are not run."""
    return frozenset(path for part in parts for node in nodes_in(part) for path in _written_by(node))


def count_breaks(body: tuple[n.Stmt, ...]) -> int:
    """Return how many `break` leave the loop around `body`."""
    count = 0
    for stmt in body:
        match stmt:
            case n.Break():
                count += 1
            case n.While(orelse=orelse) | n.For(orelse=orelse):
                count += count_breaks(orelse)
            case n.If(body=inner, orelse=orelse):
                count += count_breaks(inner) + count_breaks(orelse)
            case n.With(body=inner):
                count += count_breaks(inner)
            case n.Try(body=inner, handlers=handlers, orelse=orelse, finalbody=final):
                count += sum(map(count_breaks, (inner, orelse, final, *(h.body for h in handlers))))
            case n.Match(cases=cases):
                count += sum(count_breaks(case.body) for case in cases)
            case _:
                pass
    return count


def surely_leaves(body: tuple[n.Stmt, ...]) -> bool:
    """Whether the last statement of `body` leaves it, as anyone can see."""
    return bool(body) and isinstance(body[-1], n.Return | n.Raise | n.Break | n.Continue)


def nodes_in(part: Any) -> Iterator[Any]:
    """Yield all nodes below `part`, those of functions in it too."""
    stack = [part]
    while stack:
        node = stack.pop()
        if isinstance(node, tuple):
            stack.extend(node)
        elif isinstance(node, msgspec.Struct) and not isinstance(node, Span):
            yield node
            if not isinstance(node, n.FunctionDef | n.ClassDef | n.Lambda):
                stack.extend(getattr(node, name) for name in node.__struct_fields__)


def _written_by(node: Any) -> Iterator[Path]:
    match node:
        case n.Assign(targets=targets) | n.Delete(targets=targets):
            for target in targets:
                yield from _targets(target)
        case n.AugAssign(target=target) | n.AnnAssign(target=target) | n.VarDef(target=target):
            yield from _targets(target)
        case n.For(target=target) | n.NamedExpr(target=target):
            yield from _targets(target)
        case n.WithItem(target=target) if target is not None:
            yield from _targets(target)
        case n.FunctionDef(name=name) | n.ClassDef(name=name):
            yield (name,)
        case n.ExceptHandler(name=name) | n.MatchAs(name=name) | n.MatchStar(name=name) if name is not None:
            yield (name,)
        case n.MatchMapping(rest=rest) if rest is not None:
            yield (rest,)
        case _:
            return


def _targets(target: n.Expr) -> Iterator[Path]:
    match target:
        case n.Tuple(elts=elts) | n.List(elts=elts):
            for elt in elts:
                yield from _targets(elt)
        case n.Starred(value=value):
            yield from _targets(value)
        case _:
            path = path_of(target)
            if path is not None:
                yield path
