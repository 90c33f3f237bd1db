"""What a function captures, found before it is specialised: callers pass it in front of the arguments.

A function captures the variables of activations under specialisation that its scope mentions, and what the
functions capture that these variables are known to hold.
"""

from typing import Any, final

from spy_types.program import nodes as ir
from spy_types.syntax.scopes import Scope
from spy_vm.frame.scoping import scope_at, scope_of
from spy_vm.objects.closure import Closure
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.meta import BlueDict, BlueList
from spy_vm.objects.modules import W_Module
from spy_vm.objects.operand import Operand, W_Type

from spy_redshift.residual.cells import Cells, cell_name
from spy_redshift.residual.state import ResidualFrame


@final
class Captured:
    """A variable of an activation, a temporary of it, or a cell, by the name it has there."""

    __slots__ = ("name", "owner", "w_T")

    def __init__(self, owner: ResidualFrame, name: str, w_T: W_Type) -> None:
        self.owner = owner
        self.name = name
        self.w_T = w_T

    @property
    def key(self) -> tuple[int, str]:
        """What tells variables apart."""
        return id(self.owner), self.name


@final
class Search:
    """What functions capture: `found`; `pending` are empty displays whose type no use has told yet."""

    def __init__(self) -> None:
        self.found: dict[tuple[int, str], Captured] = {}
        self.pending: list[str] = []
        self._seen: set[Any] = set()

    def function(self, w_func: W_ASTFunc) -> None:
        """Look at all that `w_func` mentions."""
        if w_func in self._seen:
            return
        self._seen.add(w_func)
        defaults = [param.default for param in w_func.params if param.default is not None]
        for op in (*w_func.preset.values(), *defaults):
            self._operand(op, w_func.holder)
        self._scope(w_func.module, scope_of(w_func), w_func.closure)

    def _scope(self, module: W_Module, scope: Scope, closure: Closure | None) -> None:
        for symbol in scope.symbols.values():
            if symbol.scope in (-1, 0, scope.id):
                continue
            owner = closure
            while owner is not None and owner.scope.id != symbol.scope:
                owner = owner.parent
            if isinstance(owner, Cells):
                self._variable(module, owner, symbol.name)
            elif owner is not None and symbol.name in owner.locals:
                self._operand(owner.locals[symbol.name], None)

    def _variable(self, module: W_Module, owner: Cells, name: str) -> None:
        op = owner.locals.get(name)
        if op is not None and op.pending is not None:
            self.pending.append(name)
        elif op is not None and op.known:
            self._operand(op, None)
        elif name in owner.sharing.cells:
            self._add(Captured(owner, cell_name(name), owner.cell_type(name, op.loc if op else None)))
        elif op is not None:
            self._add(Captured(owner, name, op.w_T))
        elif name in owner.sharing.static:
            scope = scope_at(module, owner.sharing.static[name])
            if (id(owner), name) not in self._seen:
                self._seen.add((id(owner), name))
                self._scope(module, scope, owner)

    def _operand(self, op: Operand, holder: Closure | None) -> None:
        if op.known:
            self._value(op.val)
        elif isinstance(op.expr, ir.Local) and isinstance(holder, Cells):
            self._add(Captured(holder.root, op.expr.name, op.w_T))

    def _value(self, val: Any) -> None:
        match val:
            case W_ASTFunc():
                self.function(val)
            case tuple():
                for item in val:
                    self._value(item)
            case BlueList(items=items):
                for op in items:
                    self._operand(op, None)
            case BlueDict(items=entries):
                for _, op in entries.values():
                    self._operand(op, None)
            case _:
                pass

    def _add(self, captured: Captured) -> None:
        self.found.setdefault(captured.key, captured)
