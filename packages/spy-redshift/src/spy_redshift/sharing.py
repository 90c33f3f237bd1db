"""Which variables of a function inner functions share with it through cells.

x = 1                                   x = 1
f = lambda: x      -> by value          f = lambda: x      -> a cell: f must see 2
return f                                x = 2

A variable is captured by value if it surely has its last value wherever a function captures it. All others
live in a cell; those that may have no value yet where they are captured need a flag as well.
"""

from collections.abc import Iterator, Sequence
from typing import final, get_args

import msgspec
from spy_types.syntax import nodes as n
from spy_types.syntax.scopes import Scope
from spy_vm.frame.poison import bound_names

Scopes = Sequence[Scope]
LOOPS = (n.For, n.While)
STATEMENTS = get_args(n.Stmt)
CONSUMERS = {
    "all",
    "any",
    "bytes",
    "dict",
    "frozenset",
    "list",
    "max",
    "min",
    "set",
    "sorted",
    "sum",
    "tuple",
}


@final
class Sharing:
    """Names of one scope. `cells` are shared through cells, `unsure` those of them that may have no value
    when they are captured, `static` the inner functions that are bound once, by their scope.
    """

    def __init__(self) -> None:
        self.cells: set[str] = set()
        self.unsure: set[str] = set()
        self.static: dict[str, int] = {}


def sharing_of(owner: n.Node, scope: Scope, scopes: Scopes) -> Sharing:
    """Return what inner functions share with the function or comprehension `owner`."""
    if not any(symbol.captured and symbol.scope == scope.id for symbol in scope.symbols.values()):
        return Sharing()
    return _Analysis(scope, scopes).run(owner)


@final
class _Analysis:
    def __init__(self, scope: Scope, scopes: Scopes) -> None:
        self.scope = scope
        self.scopes = scopes
        self.result = Sharing()
        self.clock = 0
        self.loops: list[int] = []  # those around, by the time they began
        self.bindings: dict[str, list[tuple[int, list[int]]]] = {}
        self.captures: list[tuple[str, int, list[int]]] = []

    def run(self, owner: n.Node) -> Sharing:
        match owner:
            case n.FunctionDef(params=params, body=body):
                self._block(body, self._parameters(params))
            case n.Lambda(params=params, body=value):
                self._expression(value, self._parameters(params))
            case _:
                self.loops.append(0)
                self._generators(owner)
        for name, when, loops in self.captures:
            symbol = self.scope.symbols[name]
            if symbol.captured_write or any(
                bound > when or set(around) & set(loops) for bound, around in self.bindings.get(name, ())
            ):
                self.result.cells.add(name)
        for name in self.result.unsure:
            self.result.cells.add(name)
        for name in self.result.static:
            self.result.cells.discard(name)
            self.result.unsure.discard(name)
        return self.result

    def _parameters(self, params: n.Parameters) -> set[str]:
        every = [*params.posonly, *params.args, *params.kwonly, params.vararg, params.kwarg]
        return {param.name for param in every if param is not None}

    def _block(self, body: Sequence[n.Stmt], bound: set[str]) -> None:
        """Walk statements that run one after another; `bound` are the names that surely have a value."""
        for stmt in body:
            self._statement(stmt, bound)

    def _statement(self, stmt: n.Stmt, bound: set[str]) -> None:
        static = self._static(stmt)
        if static is not None:
            name, scope_id = static
            self.result.static[name] = scope_id
            bound.add(name)
        loop = isinstance(stmt, LOOPS)
        if loop:
            self.loops.append(self._tick())
        targets = set(_bound(stmt))
        inside = bound | targets if isinstance(stmt, n.For | n.With) else set(bound)
        for part in _parts(stmt):
            if isinstance(part, tuple):
                self._block(part, set(inside))
            else:
                self._expression(part, bound)
        if isinstance(stmt, n.FunctionDef | n.ClassDef):
            self._capture(stmt.scope, bound)
        if isinstance(stmt, n.Delete):
            self.result.unsure |= {name for name in targets if self.scope.symbols[name].captured}
        for name in targets:
            self._bind(name)
        if not loop and not isinstance(stmt, n.Delete) and not _only_declares(stmt):
            bound |= targets
        if loop:
            self.loops.pop()

    def _static(self, stmt: n.Stmt) -> tuple[str, int] | None:
        """Return the name and the scope of an inner function that `stmt` binds for good."""
        match stmt:
            case n.FunctionDef(name=name, decorators=(), scope=scope_id):
                pass
            case (
                n.Assign(targets=(n.Name(id=name),), value=n.Lambda(scope=scope_id))
                | n.AnnAssign(target=n.Name(id=name), value=n.Lambda(scope=scope_id))
            ):
                pass
            case _:
                return None
        symbol = self.scope.symbols.get(name)
        return (name, scope_id) if symbol is not None and symbol.varkind == "const" else None

    def _expression(self, node: object, bound: set[str]) -> None:
        match node:
            case n.Lambda(params=params, scope=scope_id):
                for param in (*params.posonly, *params.args, *params.kwonly):
                    self._expression(param.default, bound)
                self._capture(scope_id, bound)
            case n.NamedExpr(target=target, value=value):
                self._expression(value, bound)
                self._bind(target.id)
            case n.GeneratorExp(elt=elt, generators=generators, scope=scope_id):
                self._expression(generators[0].iter, bound)
                self._capture(scope_id, bound)
                self._children((elt, *generators), bound)
            case n.Call(func=func, args=(n.GeneratorExp() as items, *more)) if self._consumes(func):
                self._children((func, *more, items.elt, *items.generators), bound)
            case n.ListComp() | n.SetComp() | n.DictComp():
                self.loops.append(self._tick())
                self._children(node, bound)
                self.loops.pop()
            case _:
                self._children(node, bound)

    def _consumes(self, func: n.Expr) -> bool:
        """Whether a call of `func` takes all it wants of an iterator, and keeps nothing."""
        match func:
            case n.Name(id=name) if name in CONSUMERS:
                symbol = self.scope.symbols.get(name)
                return symbol is None or symbol.scope == -1
            case n.Attribute(attr="join"):
                return True
            case _:
                return False

    def _generators(self, node: n.Node) -> None:
        for part in msgspec.structs.astuple(node):
            if isinstance(part, tuple):
                for generator in part:
                    if isinstance(generator, n.Comprehension):
                        self._bind_targets(generator.target)
        self._children(node, set(self.bindings))

    def _bind_targets(self, target: n.Expr) -> None:
        for name in _names(target):
            self._bind(name)

    def _children(self, node: object, bound: set[str]) -> None:
        if isinstance(node, tuple):
            for part in node:
                self._expression(part, bound)
        elif isinstance(node, msgspec.Struct) and not isinstance(node, n.Name):
            for part in msgspec.structs.astuple(node):
                self._expression(part, bound)

    def _capture(self, scope_id: int, bound: set[str]) -> None:
        when = self._tick()
        for symbol in self.scopes[scope_id].symbols.values():
            if symbol.scope != self.scope.id:
                continue
            self.captures.append((symbol.name, when, list(self.loops)))
            if symbol.name not in bound:
                self.result.unsure.add(symbol.name)

    def _bind(self, name: str) -> None:
        self.bindings.setdefault(name, []).append((self._tick(), list(self.loops)))

    def _tick(self) -> int:
        self.clock += 1
        return self.clock


def _names(target: n.Expr) -> Iterator[str]:
    match target:
        case n.Name(id=name):
            yield name
        case n.Tuple(elts=elts) | n.List(elts=elts):
            for elt in elts:
                yield from _names(elt)
        case n.Starred(value=value):
            yield from _names(value)
        case _:
            pass


def _bound(stmt: n.Stmt) -> Iterator[str]:
    """Yield the names that `stmt` itself binds or unbinds."""
    match stmt:
        case n.AugAssign(target=target):
            yield from _names(target)
        case n.With(items=items):
            for item in items:
                if item.target is not None:
                    yield from _names(item.target)
        case n.Delete(targets=targets):
            for target in targets:
                yield from _names(target)
        case _:
            yield from bound_names(stmt)


def _only_declares(stmt: n.Stmt) -> bool:
    return isinstance(stmt, n.AnnAssign | n.VarDef) and stmt.value is None


def _parts(stmt: n.Stmt) -> Iterator[object]:
    """Yield what stands in a statement: expressions, and blocks as tuples of statements."""
    match stmt:
        case n.FunctionDef(decorators=decorators, params=params):
            yield from decorators
            yield from (p.default for p in (*params.posonly, *params.args, *params.kwonly))
        case n.ClassDef(decorators=decorators, bases=bases):
            yield from (*decorators, *bases)
        case n.Try(body=body, handlers=handlers, orelse=orelse, finalbody=finalbody):
            yield body
            yield from (handler.body for handler in handlers)
            yield orelse
            yield finalbody
        case n.With(items=items, body=body):
            yield from (item.context for item in items)
            yield body
        case n.Match(subject=subject, cases=cases):
            yield subject
            yield from (case.body for case in cases)
        case _:
            for part in msgspec.structs.astuple(stmt):
                blocks = isinstance(part, tuple) and bool(part) and isinstance(part[0], STATEMENTS)
                yield part if blocks else (part if not isinstance(part, tuple) else n.Tuple(stmt.span, part))
