"""From what scopes bind and read to the table of symbols."""

from typing import Final, final

from spy_types.syntax.scopes import Origin, Scope, Symbol

from spy_parser.errors import scopes as errors
from spy_parser.scoping.bindings import Binding, ScopeNotes
from spy_parser.source import Source

UNBOUND: Final = -1


def resolve(source: Source, notes: list[ScopeNotes]) -> tuple[Scope, ...]:
    """Return the scopes with their symbols; report `nonlocal` names that nobody binds."""
    return _Resolver(source, notes).run()


@final
class _Resolver:
    """`homes[id]` says for each name that scope `id` mentions which scope binds it."""

    def __init__(self, source: Source, notes: list[ScopeNotes]) -> None:
        self.source = source
        self.notes = notes
        self.module = notes[0]
        self.homes: list[dict[str, int]] = [{} for _ in notes]
        self.module_vars = {name for name, b in self.module.bindings.items() if b.origin == "var"}

    def run(self) -> tuple[Scope, ...]:
        """Resolve all scopes, parents first: a scope knows what those around it bind."""
        for scope in self.notes:
            self._adopt_globals(scope)
        for scope in self.notes:
            homes = self.homes[scope.id]
            for name in {**scope.bindings, **scope.reads, **scope.globals, **scope.nonlocals}:
                homes[name] = self._home(scope, name)
        for scope in reversed(self.notes):
            self._pass_through(scope)
        merged, captured, written = self._uses()
        symbols = {
            (home, name): self._symbol(name, home, binding, (home, name) in captured, (home, name) in written)
            for (home, name), binding in merged.items()
        }
        unbound: Origin = "auto"
        return tuple(
            Scope(
                scope.id,
                scope.kind,
                scope.name,
                scope.parent.id if scope.parent else -1,
                {
                    name: symbols.get((home, name)) or Symbol(name, UNBOUND, unbound, "const", None)
                    for name, home in self.homes[scope.id].items()
                },
                scope.is_generator,
            )
            for scope in self.notes
        )

    def _adopt_globals(self, scope: ScopeNotes) -> None:
        """A name that a function sends to the module with `global` is bound there."""
        for name, span in scope.globals.items():
            if name in scope.bindings and name not in self.module.bindings:
                self.module.bindings[name] = Binding("auto", scope.bindings[name].declared or span)
        if scope is self.module:
            scope.globals.clear()

    def _home(self, scope: ScopeNotes, name: str) -> int:
        if scope is self.module:
            return 0 if name in scope.bindings else UNBOUND
        if name in scope.globals:
            return 0 if name in self.module.bindings else UNBOUND
        if name in scope.nonlocals:
            home = self._around(scope, name)
            loc = self.source.loc(scope.nonlocals[name])
            if home <= 0 and name != "__class__":
                self.source.report(errors.unbound_nonlocal(loc, name))
            elif self.notes[home].kind == "type_params":
                self.source.report(errors.nonlocal_type_parameter(loc, name))
            return home
        binding = scope.bindings.get(name)
        if binding is None:
            return self._around(scope, name)
        if binding.explicit or scope.kind != "function" or name not in self.module_vars:
            return scope.id
        return 0 if self._around(scope, name) == 0 else scope.id

    def _around(self, scope: ScopeNotes, name: str) -> int:
        """Return the scope around `scope` that binds `name`. Only type parameters see a class around."""
        inner, outer = scope, scope.parent
        while outer is not None and outer.parent is not None:
            visible = outer.kind != "class" or (inner is scope and scope.kind == "type_params")
            if visible:
                if name in outer.globals:
                    break
                if name in outer.bindings or name in outer.nonlocals:
                    return self.homes[outer.id][name]
            inner, outer = outer, outer.parent
        return 0 if name in self.module.bindings else UNBOUND

    def _pass_through(self, scope: ScopeNotes) -> None:
        """A name of an outer function is also known to the scopes between."""
        for name, home in self.homes[scope.id].items():
            parent = scope.parent
            if home > 0 and home != scope.id and parent is not None and parent.id != home:
                self.homes[parent.id].setdefault(name, home)

    def _uses(self) -> tuple[dict[tuple[int, str], Binding], set[tuple[int, str]], set[tuple[int, str]]]:
        """Return the bindings by home, which of them are captured, and which are written from inside."""
        merged = {
            (scope.id, name): binding
            for scope in self.notes
            for name, binding in scope.bindings.items()
            if self.homes[scope.id].get(name) == scope.id
        }
        for name, binding in self.module.bindings.items():
            merged[0, name] = binding
        captured: set[tuple[int, str]] = set()
        written: set[tuple[int, str]] = set()
        for scope in self.notes:
            for name, home in self.homes[scope.id].items():
                if home in (scope.id, UNBOUND):
                    continue
                captured.add((home, name))
                if name in scope.bindings:
                    written.add((home, name))
        return merged, captured, written

    def _symbol(self, name: str, home: int, binding: Binding, captured: bool, written: bool) -> Symbol:
        if binding.origin in ("var", "const"):
            constant = binding.origin == "const"
        elif home == 0:
            constant = not written
        else:
            constant = binding.count == 1 and not binding.repeated and not written
        varkind: Final = "const" if constant else "var"
        return Symbol(name, home, binding.origin, varkind, binding.declared, captured, written)
