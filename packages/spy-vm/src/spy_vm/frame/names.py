"""Reading names: locals, captured names, module names, builtins."""

from spy_types.loc import Loc, Span
from spy_types.syntax.scopes import Symbol

from spy_vm import errors
from spy_vm.dispatch import attribute
from spy_vm.frame.poison import Poisoned
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.closure import Closure
from spy_vm.objects.modules import Cell
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.unsettled import is_unsettled


class Names(Frame):
    """Names and what they stand for."""

    def read_name(self, name: str, span: Span) -> Operand:
        """Return the value of `name`."""
        loc = self.loc(span)
        symbol = self.scope.symbols.get(name)
        if symbol is None or symbol.scope == -1:
            return self.read_builtin(name, loc)
        if symbol.scope == self.scope.id and self.scope.kind != "module":
            return self.read_local(name, loc)
        owner = owner_of(self, symbol)
        if owner is None or owner.scope.kind == "module":
            return self._read_module(name, loc)
        return self.read_captured(owner, name, loc)

    def read_builtin(self, name: str, loc: Loc) -> Operand:
        if name == "Self":
            w_T = self._class_around()
            if w_T is not None:
                return blue(b.W_TYPE, w_T, loc)
        found = self.world.lookup_builtin(name, loc)
        if found is None:
            if name in self.module.attrs:
                return self._read_module(name, loc)
            names = [*self.scope.symbols, *self.module.attrs, *self.world.builtin_names()]
            names = [n for n in names if n != name]
            raise errors.name_not_defined(name, loc, self.world.close_match(name, names))
        return found.at(loc)

    def concrete(self, op: Operand, loc: Loc) -> Operand:
        """Refuse what has no type of its own: large literals, empty displays nobody typed."""
        if op.w_T is b.W_INT_LITERAL:
            raise errors.literal_out_of_range(op.val, None, op.loc)
        if self.blue_frame:
            return op
        if is_unsettled(op) and op.pending is None:
            return Operand(op.w_T, op.val, op.blue, op.loc, op.expr, op.loc)
        return op

    def fresh(self, hint: str) -> str:
        """Return a name for a hidden local."""
        self.hidden += 1
        return f"_${hint}{self.hidden}"

    def _class_around(self) -> W_Type | None:
        frame: Closure | None = self
        while frame is not None:
            w_T = frame.class_type or frame.self_type
            if w_T is not None:
                return w_T
            frame = frame.parent
        return None

    def _read_module(self, name: str, loc: Loc) -> Operand:
        found = self.module.attrs.get(name)
        if isinstance(found, Cell):
            return self.read_cell(found, loc)
        if found is not None and found.w_T is b.W_MODULE_PROPERTY:
            return attribute.read_property(self, found, loc)
        if found is not None:
            result = self.world.settled_value(found, loc, red=not self.blue_frame).at(loc)
            result.declared = self.module.locs.get(name)
            return result
        if name in self.module.poisoned:
            raise Poisoned(name)
        shadowed = self.world.lookup_builtin(name, loc)
        if shadowed is not None:
            return shadowed.at(loc)
        candidates = [n for n in self.module.attrs if n != name]
        raise errors.name_not_defined(name, loc, self.world.close_match(name, candidates))


def owner_of(frame: Frame, symbol: Symbol) -> Closure | None:
    """Return the frame that binds `symbol`: this one or one around it."""
    owner: Closure | None = frame
    while owner is not None and owner.scope.id != symbol.scope:
        owner = owner.parent
    return owner
