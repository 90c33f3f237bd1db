"""Reading and binding names: locals, captured names, module names, builtins."""

from spy_types.loc import Loc, Span
from spy_types.syntax.scopes import Symbol

from spy_vm import errors
from spy_vm.dispatch.convert import convert
from spy_vm.frame.base import FrameBase
from spy_vm.frame.memory_ops import MemoryOps
from spy_vm.frame.poison import Poisoned
from spy_vm.objects import builtin as b
from spy_vm.objects.modules import Cell, W_Module
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.types import W_Type


class Names(MemoryOps):
    """Names and what they stand for."""

    def read_name(self, name: str, span: Span) -> Operand:
        """Return the value of `name`."""
        loc = self.loc(span)
        symbol = self.scope.symbols.get(name)
        if symbol is None or symbol.scope == -1:
            return self._read_builtin(name, loc)
        if symbol.scope == self.scope.id and self.scope.kind != "module":
            return self.read_local(name, loc)
        owner = self._owner(symbol)
        if owner is None or owner.scope.kind == "module":
            return self._read_module(name, loc)
        return self.read_captured(owner, name, loc)

    def read_captured(self, owner: FrameBase, name: str, loc: Loc) -> Operand:
        """Read a name of an enclosing frame."""
        return owner.read_local(name, loc)

    def assign_name(self, name: str, op: Operand, span: Span) -> None:
        """Do `name = op`."""
        loc = self.loc(span)
        symbol = self.scope.symbols[name]
        if self.scope.kind == "module" or symbol.scope != self.scope.id:
            owner = self._owner(symbol)
            if owner is None or owner.scope.kind == "module":
                self._assign_module(name, op, loc, symbol)
                return
            self.assign_captured(owner, name, op, loc)
            return
        if self.blue_frame:
            self._assign_blue_frame(name, op, loc, symbol)
            return
        self.assign_local(name, op, loc, symbol)

    def assign_captured(self, owner: FrameBase, name: str, op: Operand, loc: Loc) -> None:
        """Rebind a name of an enclosing function."""
        assert isinstance(owner, Names)
        owner.assign_local(name, op, loc, owner.scope.symbols[name])

    def assign_local(self, name: str, op: Operand, loc: Loc, symbol: Symbol) -> None:
        """Bind a local of a red function: its first assignment gives the type, the symbol the colour."""
        if name in self.declared:
            w_T, because = self.declared[name]
            if symbol.origin == "const" and name in self.locals:
                raise errors.invalid_assignment(name, loc, because, "explicit", None)
            op = convert(self, op, w_T, because, "type declaration")  # type: ignore[arg-type]
        else:
            op = self.concrete(op, loc)
            if op.w_T in (b.W_EMPTY_LIST, b.W_EMPTY_DICT) and op.pending is None:
                self.hold_empty(name, op, loc)
                return
            op = self._first_type(name, op, loc, symbol)
            self.declared[name] = (op.w_T, loc)
        if (symbol.varkind == "const" or op.w_T in b.BLUE_ONLY) and op.blue:
            self.bind_blue(name, op)
        else:
            self.write_local(name, op, loc)

    def _first_type(self, name: str, op: Operand, loc: Loc, symbol: Symbol) -> Operand:
        """The type is that of the first assignment in program order, even if another one runs first."""
        first = symbol.declared
        if self.engine != "eval" or first is None or (first.line, first.col) == (loc.line, loc.col):
            return op
        if self.w_func is None or self.world.infer_locals is None or symbol.origin == "param":
            return op
        w_T = self.world.infer_locals(self.w_func).get(name)
        return op if w_T is None else convert(self, op, w_T, self.loc(first), "type declaration")  # type: ignore[arg-type]

    def declare(self, name: str, w_T: W_Type, loc: Loc) -> None:
        """Give a local its declared type."""
        previous = self.declared.get(name)
        if previous is not None and not self.blue_frame and (previous[0] is not w_T):
            raise errors.already_declared(name, loc, previous[1])
        self.declared[name] = (w_T, loc if previous is None else previous[1])

    def concrete(self, op: Operand, loc: Loc) -> Operand:
        """Refuse what has no type of its own: large literals, empty displays nobody typed."""
        if op.w_T is b.W_INT_LITERAL:
            raise errors.literal_out_of_range(op.val, None, op.loc)
        if self.blue_frame:
            return op
        if op.w_T is b.W_EMPTY_LIST or op.w_T is b.W_EMPTY_DICT:
            return Operand(op.w_T, op.val, op.blue, op.loc, op.expr, op.loc)
        return op

    def set_module_attr(self, module: W_Module, name: str, value: Operand, loc: Loc | None) -> None:
        """Do `module.name = value`: any change is fine until the world freezes, then only to a `var`."""
        target = module.attrs.get(name)
        if isinstance(target, Cell):
            self.write_cell(target, convert(self, value, target.w_T, target.loc, "type declaration"), loc)  # type: ignore[arg-type]
            return
        if self.world.frozen or not self.blue_frame:
            raise errors.frozen(
                f"`{module.name}.{name}`",
                loc,
                module.locs.get(name),
                f"declare it as `var {name} = ...` in its module",
            )
        module.attrs[name] = blue(value.w_T, value.val, loc)

    def set_type_attr(self, w_T: W_Type, name: str, value: Operand, loc: Loc | None) -> None:
        """Do `T.name = value`."""
        if self.world.frozen or not self.blue_frame:
            raise errors.frozen(
                f"the class attribute `{w_T.display}.{name}`",
                loc,
                w_T.loc,
                "keep what changes in a module `var`",
            )
        w_T.attrs[name] = blue(value.w_T, value.val, loc)

    # --- inside --------------------------------------------------------------------------------------

    def _owner(self, symbol: Symbol) -> FrameBase | None:
        frame: FrameBase | None = self
        while frame is not None and frame.scope.id != symbol.scope:
            frame = frame.parent
        return frame

    def _read_builtin(self, name: str, loc: Loc) -> Operand:
        found = self.world.lookup_builtin(name, loc)
        if found is None:
            if name in self.module.attrs:
                return self._read_module(name, loc)
            names = [*self.scope.symbols, *self.module.attrs, *self.world.builtin_names()]
            names = [n for n in names if n != name]
            raise errors.name_not_defined(name, loc, self.world.close_match(name, names))
        return found.at(loc)

    def _read_module(self, name: str, loc: Loc) -> Operand:
        found = self.module.attrs.get(name)
        if isinstance(found, Cell):
            return self.read_cell(found, loc)
        if found is not None:
            result = found.at(loc)
            result.declared = self.module.locs.get(name)
            return result
        if name in self.module.poisoned:
            raise Poisoned(name)
        shadowed = self.world.lookup_builtin(name, loc)
        if shadowed is not None:
            return shadowed.at(loc)
        candidates = [n for n in self.module.attrs if n != name]
        raise errors.name_not_defined(name, loc, self.world.close_match(name, candidates))

    def _assign_module(self, name: str, op: Operand, loc: Loc, symbol: Symbol) -> None:
        found = self.module.attrs.get(name)
        if isinstance(found, Cell):
            self.write_cell(found, convert(self, op, found.w_T, found.loc, "type declaration"), loc)  # type: ignore[arg-type]
            return
        at_module_level = self.scope.kind == "module"
        if not at_module_level:
            declared = self.module.locs.get(name)
            raise errors.invalid_assignment(
                name, loc, declared, "global-const", f"declare it as variable: `var {name} ...`"
            )
        if name in self.declared:
            w_T, because = self.declared[name]
            op = convert(self, op, w_T, because, "type declaration")  # type: ignore[arg-type]
        else:
            op = self.concrete(op, loc)
        if symbol.origin == "var":
            cell = Cell(f"{self.module.name}::{name}", op.w_T, op.val, loc)
            self.world.cells[cell.fqn] = cell
            self.module.attrs[name] = cell
        else:
            self.module.attrs[name] = blue(op.w_T, op.val, loc)
        self.module.locs[name] = loc

    def _assign_blue_frame(self, name: str, op: Operand, loc: Loc, symbol: Symbol) -> None:
        if (
            symbol.origin == "param"
            and self.scope.kind == "function"
            and name in self.locals
            and self.param_is_const(name)
        ):
            raise errors.invalid_assignment(
                name,
                loc,
                self.w_func.loc if self.w_func else None,
                "blue-param",
                "blue function arguments are const by default",
            )
        if name in self.declared:
            w_T, because = self.declared[name]
            op = convert(self, op, w_T, because, "type declaration")  # type: ignore[arg-type]
        elif op.w_T is b.W_INT_LITERAL:
            raise errors.literal_out_of_range(op.val, None, op.loc)
        self.bind_blue(name, Operand(op.w_T, op.val, True, loc, None, loc))

    def param_is_const(self, name: str) -> bool:
        """Whether `name` is a parameter of this blue function."""
        return self.w_func is not None and any(p.name == name for p in self.w_func.params)
