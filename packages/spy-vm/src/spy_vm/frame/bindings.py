"""Binding names: the first assignment gives the type, the scope the colour."""

from spy_types.loc import Loc, Span, is_library
from spy_types.syntax.scopes import Symbol

from spy_vm import errors
from spy_vm.dispatch.convert import convert, member_for
from spy_vm.frame.names import owner_of
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.modules import Cell
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_UnionType
from spy_vm.objects.unsettled import is_unsettled

THROWAWAY = "_"  # the name of values that nobody reads: each may have a type of its own


class Bindings(Frame):
    """`name = value`."""

    def assign_name(self, name: str, op: Operand, span: Span) -> None:
        """Do `name = op`."""
        loc = self.loc(span)
        keeps_state = not self.blue_frame and op.w_T.lookup("_keeps_state") is not None
        if keeps_state and not is_library(self.file):
            op = self.call(self.world.library("iter", loc), [op], {}, loc)
        symbol = self.scope.symbols[name]
        if self.scope.kind == "module" or symbol.scope != self.scope.id:
            owner = owner_of(self, symbol)
            if owner is None or owner.scope.kind == "module":
                self._assign_module(name, op, loc, symbol)
                return
            self.assign_captured(owner, name, op, loc, symbol)
            return
        if self.blue_frame:
            self._assign_blue_frame(name, op, loc, symbol)
            return
        self.assign_local(name, op, loc, symbol)

    def assign_local(self, name: str, op: Operand, loc: Loc, symbol: Symbol) -> None:
        """Bind a local of a red function: its first assignment gives the type, the symbol the colour."""
        if self.optionals is not None and name in self.optionals and op.w_T is not b.W_NONE:
            self.optionals[name].append(op.w_T)
            self.declared.pop(name, None)
        if op.w_T is b.W_FUNCTION and symbol.varkind != "const":
            op = self._only_function(name, op)
        if name == THROWAWAY and name in self.declared and self.declared[name][0] is not op.w_T:
            del self.declared[name]
        if name in self.declared:
            w_T, because = self.declared[name]
            if symbol.origin == "const" and name in self.locals:
                raise errors.invalid_assignment(name, loc, because, "explicit", None)
            op = self._as_declared(name, op, w_T, because)
        else:
            op = self.concrete(op, loc)
            self.note_write((name,), None)
            w_wide = self._wide_type(name, op, symbol)
            if w_wide is not None:
                self.declared[name] = (w_wide, loc)
                self.write_local(name, self._as_declared(name, op, w_wide, loc), loc)
                return
            if is_unsettled(op) and op.pending is None:
                self.hold_empty(name, op, loc)
                return
            op = self._first_type(name, op, loc, symbol)
            self.declared[name] = (op.w_T, loc)
        if (symbol.varkind == "const" or op.w_T in b.BLUE_ONLY) and op.blue:
            self.bind_blue(name, op)
        else:
            self.write_local(name, op, loc)

    def _wide_type(self, name: str, op: Operand, symbol: Symbol) -> W_Type | None:
        """Return the union that a local is of whose first value is one member: later ones may be others."""
        if symbol.varkind == "const" or self.w_func is None:
            return None
        if op.w_T is not b.W_NONE:
            return op.wide
        if self.optionals is not None:
            self.optionals.setdefault(name, [])
            return None
        if self.world.infer_optionals is None:
            return None
        found = self.world.infer_optionals(self.w_func).get(name)
        return None if found is None else self.world.union_type([found, b.W_NONE])

    def _as_declared(self, name: str, op: Operand, w_T: W_Type, because: Loc | None) -> Operand:
        """Return `op` as the declared type of `name`; of a union, note which member it is from now on."""
        if not isinstance(w_T, W_UnionType):
            self.note_write((name,), None)
            return convert(self, op, w_T, because, "type declaration")
        w_member = op.w_T if isinstance(op.w_T, W_UnionType) else member_for(self, op, w_T)
        if w_member is not None and not isinstance(w_member, W_UnionType):
            op = convert(self, op, w_member)
        result = convert(self, op, w_T, because, "type declaration")
        self.seen[name,] = w_T
        self.note_write((name,), w_member)
        return result

    def _only_function(self, name: str, op: Operand) -> Operand:
        """A name may hold one function without types, or several with the same types."""
        bound = self.locals.get(name)
        if name in self.declared and self.declared[name][0] is not b.W_FUNCTION:
            return op
        if not op.val.open or (bound is not None and bound.w_T is not b.W_FUNCTION):
            return self.settled_function(op)
        if bound is not None and bound.val.definition is not op.val.definition:
            raise errors.untyped_function(op.val.display, op.loc)
        return op

    def declare(self, name: str, w_T: W_Type, loc: Loc) -> None:
        """Give a local its declared type."""
        previous = self.declared.get(name)
        if previous is not None and previous[1] == loc:
            return
        if previous is not None and not self.blue_frame and (previous[0] is not w_T):
            raise errors.already_declared(name, loc, previous[1])
        self.declared[name] = (w_T, loc if previous is None else previous[1])

    def _first_type(self, name: str, op: Operand, loc: Loc, symbol: Symbol) -> Operand:
        """The type is that of the first assignment in program order, even if another one runs first."""
        first = symbol.declared
        if self.engine != "eval" or first is None or (first.line, first.col) == (loc.line, loc.col):
            return op
        if self.w_func is None or self.world.infer_locals is None or symbol.origin == "param":
            return op
        if self.scope.kind == "comprehension" or name == THROWAWAY:
            return op
        w_T = self.world.infer_locals(self.w_func).get(name)
        return op if w_T is None else convert(self, op, w_T, self.loc(first), "type declaration")

    def _assign_module(self, name: str, op: Operand, loc: Loc, symbol: Symbol) -> None:
        found = self.module.attrs.get(name)
        if isinstance(found, Cell):
            self.write_cell(found, convert(self, op, found.w_T, found.loc, "type declaration"), loc)
            return
        at_module_level = self.scope.kind == "module"
        if not at_module_level and (self.world.frozen or not self.blue_frame):
            declared = self.module.locs.get(name)
            raise errors.invalid_assignment(
                name,
                loc,
                declared,
                "global-const",
                f"the world is frozen when `main` starts; declare it as `var {name} = ...`",
            )
        if name in self.declared:
            w_T, because = self.declared[name]
            op = convert(self, op, w_T, because, "type declaration")
        else:
            op = self.concrete(op, loc)
            if is_unsettled(op) and op.pending is None and symbol.origin != "var":
                self.module.attrs[name] = self.hold_early(f"{self.module.name}::{name}", op, loc)
                self.module.locs[name] = loc
                return
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
            op = convert(self, op, w_T, because, "type declaration")
        elif op.w_T is b.W_INT_LITERAL:
            raise errors.literal_out_of_range(op.val, None, op.loc)
        if is_unsettled(op) and op.pending is None and self.class_fields is None:
            self.bind_blue(name, self.hold_early(name, op, loc))
            return
        held = Operand(op.w_T, op.val, True, loc, None, loc)
        held.pending = op.pending
        self.bind_blue(name, held)

    def param_is_const(self, name: str) -> bool:
        """Whether `name` is a parameter of this blue function."""
        return self.w_func is not None and any(p.name == name for p in self.w_func.params)
