"""Inner functions: variables of the functions around become parameters in front of their own.

n = 3                                       n = 3
def add(x: int) -> int: return x + n   ->   def add(n, x): return x + n
add(4)                                      add(n, 4)
return add                                  return partial(add, n)

A known function is called with what it captures; only as a value it becomes a closure.
"""

from typing import Any

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_types.syntax.scopes import Symbol
from spy_vm import errors as vm_errors
from spy_vm.dispatch.convert import convert
from spy_vm.frame.poison import Poisoned
from spy_vm.interface.frame import Frame
from spy_vm.objects.closure import Closure
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.objects.types import W_FuncType, W_StructType, W_UnionType

from spy_redshift.residual.captured import Captured, Search
from spy_redshift.residual.cells import Cells, cell_name
from spy_redshift.residual.comprehensions import Comprehensions


class Capturing(Comprehensions):
    """Variables of the functions around."""

    def captured_by(self, w_func: W_ASTFunc) -> list[Captured]:
        """Return what a call of `w_func` passes in front of its arguments."""
        known: list[Captured] | None = self.spec.captured.get(w_func)
        if known is None:
            search = Search()
            search.function(w_func)
            if search.pending and not w_func.open and not self.root.inferring:
                self.settle_pending(w_func)  # its first use of an empty display may tell what that holds
                search = Search()
                search.function(w_func)
            known = self.spec.captured[w_func] = list(search.found.values())
        return known

    def settle_pending(self, w_func: W_ASTFunc) -> None:
        """Look at the body of `w_func` once."""
        if self.world.infer_result is not None:
            self.world.infer_result(w_func, None)

    def captured_exprs(self, w_func: W_ASTFunc, loc: Loc | None) -> list[ir.Expr]:
        """Return what `w_func` captures, as this frame sees it."""
        return [self.reach(found, loc) for found in self.captured_by(w_func)]

    def reach(self, found: Captured, loc: Loc | None) -> ir.Expr:
        """Return the variable or cell `found` as this frame sees it."""
        root = self.root
        if found.owner.root is not root:
            name = found.name if root.inferring else root.environment[found.key]
            return ir.Local(self.tid(found.w_T, loc), self.pos(loc), name)
        variable = found.name.removesuffix("$cell")
        if variable != found.name and variable in found.owner.sharing.cells:
            return found.owner.own_cell(variable, loc)
        return ir.Local(
            self.tid(found.w_T, loc), self.pos(loc), found.owner.ir_names.get(found.name, found.name)
        )

    def enter(self, w_func: W_ASTFunc) -> list[tuple[str, W_Type]]:
        """Bind what `w_func` captures in its own frame; return the parameters for it."""
        params: list[tuple[str, W_Type]] = []
        taken = {*self.scope.symbols, *(param.name for param in w_func.params)}
        for found in () if self.inferring else self.captured_by(w_func):
            symbol = self.scope.symbols.get(found.name)
            name = found.name
            if symbol is None or symbol.scope == self.scope.id or name not in taken:
                while name in taken:
                    name = f"{name}$"
            taken.add(name)
            self.environment[found.key] = name
            self.ir_locals[name] = self.tid(found.w_T)
            params.append((name, found.w_T))
        return params

    def bind_preset(self, w_func: W_ASTFunc) -> None:
        """Bind the parameters that a variant has fixed."""
        for name, op in w_func.preset.items():
            reached = self.held(w_func.holder, op)
            self.locals[name] = reached
            if isinstance(reached.expr, ir.Local):
                self.ir_names[name] = reached.expr.name
            self.assigned.add(name)

    def held(self, holder: Closure | None, op: Operand) -> Operand:
        if op.known or not isinstance(op.expr, ir.Local) or not isinstance(holder, Cells):
            return op
        found = Captured(holder.root, op.expr.name, op.w_T)
        return self.red(op.w_T, self.reach(found, op.loc), op.loc, op.declared)

    def read_captured(self, owner: Closure, name: str, loc: Loc) -> Operand:
        found = owner.locals.get(name)
        if not isinstance(owner, Cells):
            return self._read_early(owner, name, found, loc)
        with self.acting(owner) as host:
            if host is not None:
                return host.read_local(name, loc)
        if found is not None and found.known:
            return found.at(loc)
        if name in owner.poisoned:
            raise Poisoned(name)
        if name in owner.sharing.cells:
            return self.load_cell(owner, name, self._outer_cell(owner, name, loc), loc)
        if found is None:
            return owner.read_local(name, loc)
        return self.red(found.w_T, self.reach(Captured(owner, name, found.w_T), loc), loc, found.declared)

    def assign_captured(self, owner: Closure, name: str, op: Operand, loc: Loc, symbol: Symbol) -> None:
        if not isinstance(owner, Cells):
            assert isinstance(owner, Frame)
            cell = self.cell_of_early(owner, name, loc)
            assert cell is not None, name
            w_T = owner.locals[name].w_T
            value = self.expr(convert(self, op, w_T, owner.locals[name].declared, "type declaration"))
            self.emit(ir.Store(self.pos(loc), self.expr(cell), None, ("value",), value))
            return
        with self.acting(owner) as host:
            if host is not None:
                host.assign_local(name, op, loc, owner.scope.symbols[name])
                return
        w_T, because = owner.type_of_shared(name, loc)
        op = convert(self, op, w_T, because, "type declaration")
        self.store_cell(owner, name, self._outer_cell(owner, name, loc), op, loc)

    def known_expr(self, op: Operand) -> ir.Expr | None:
        """Return a known operand that is or holds a function that captures something, None for others."""
        held = isinstance(op.w_T, W_UnionType) or _holds_function(op.val)
        return self._closure(op.w_T, op.val, op.loc) if held else None

    def _closure(self, w_T: W_Type, val: Any, loc: Loc | None) -> ir.Expr | None:
        if isinstance(val, W_ASTFunc) and isinstance(w_T, W_FuncType):
            captured = self.captured_exprs(val, loc)
            if not captured:
                return None
            fqn = self.spec.request(val, loc, self.w_func)
            return ir.MakeClosure(self.tid(w_T, loc), self.pos(loc), fqn, tuple(captured))
        if isinstance(w_T, W_UnionType):
            member = self._closure(*w_T.held(val), loc)
            return None if member is None else ir.ToUnion(self.tid(w_T, loc), self.pos(loc), member)
        if not isinstance(val, tuple) or not isinstance(w_T, W_StructType) or w_T.fields is None:
            return None
        fields = list(w_T.fields.values())
        parts = [self._closure(w_F, v, loc) for w_F, v in zip(fields, val, strict=True)]
        if all(part is None for part in parts):
            return None
        args = [
            part if part is not None else self.expr(Operand(w_F, v, True, loc))
            for part, w_F, v in zip(parts, fields, val, strict=True)
        ]
        return ir.MakeStruct(self.tid(w_T, loc), self.pos(loc), tuple(args))

    def _outer_cell(self, owner: Cells, name: str, loc: Loc) -> ir.Expr:
        return self.reach(Captured(owner, cell_name(name), owner.cell_type(name, loc)), loc)

    def _read_early(self, owner: Closure, name: str, found: Operand | None, loc: Loc) -> Operand:
        """Read a variable of a function that ran before run time."""
        if found is None:
            symbol = owner.scope.symbols.get(name)
            first = self.loc(symbol.declared) if symbol is not None and symbol.declared is not None else None
            raise vm_errors.not_assigned_yet(name, loc, first)
        if found.blue or not isinstance(owner, Frame):
            return found.at(loc)
        cell = self.cell_of_early(owner, name, loc)
        if cell is None:
            return found.at(loc)
        node = ir.Load(self.tid(found.w_T, loc), self.pos(loc), self.expr(cell), None, ("value",))
        return self.red(found.w_T, node, loc, found.declared)


def _holds_function(val: Any) -> bool:
    return isinstance(val, W_ASTFunc) or (isinstance(val, tuple) and any(map(_holds_function, val)))
