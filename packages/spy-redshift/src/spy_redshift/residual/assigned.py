"""Definite assignment: a local that may have no value is read behind a check of its flag.

if c: x = 1                            if c: x = 1; x$set = True
print(x)                        ->     if not x$set: raise UnboundLocalError
                                       print(x)
"""

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_types.program.constants import StrConst
from spy_types.program.walk import Body, map_children
from spy_vm import errors as vm_errors
from spy_vm.frame.poison import Poisoned
from spy_vm.objects.operand import UNKNOWN, Operand

from spy_redshift.residual.cells import Cells


class Assigned(Cells):
    """Which locals surely have a value here."""

    def read_local(self, name: str, loc: Loc | None) -> Operand:
        op = self.locals.get(name)
        if op is None:
            if name in self.poisoned:
                raise Poisoned(name)
            if name in self.declared and self.loops:
                return self._not_sure(name, loc)
            symbol = self.scope.symbols.get(name)
            first = self.loc(symbol.declared) if symbol is not None and symbol.declared is not None else None
            raise vm_errors.not_assigned_yet(name, loc, first)
        if op.known or op.expr is not None:
            result = op.at(loc)
        elif self.is_shared(name):
            result = self.read_cell_of(name, loc)
            if name in self.sharing.unsure:
                return result
        else:
            node = ir.Local(self.tid(op.w_T, loc), self.pos(loc), self.ir_names.get(name, name))
            result = Operand(op.w_T, UNKNOWN, False, loc, node, op.declared)
        if name not in self.assigned and not name.startswith("_$") and not self.rename:
            return self._checked_read(name, result, loc)
        return result

    def delete_local(self, name: str, loc: Loc | None) -> None:
        self.discard(self.read_local(name, loc))
        self.assigned.discard(name)
        self.deleted.add(name)
        self.flagged.add(name)
        self.emit(ir.Assign(self.pos(loc), flag_of(name), self.bool_const(False, loc)))
        if not self.depth:
            del self.locals[name]

    def mark(self, name: str, loc: Loc | None) -> None:
        self.assigned.add(name)
        self.poisoned.discard(name)
        if self.depth and not name.startswith("_$") and not self.rename:
            self.emit(ir.Assign(self.pos(loc), flag_of(name), self.bool_const(True, loc)))

    def _not_sure(self, name: str, loc: Loc | None) -> Operand:
        """Read a declared local that only a later line of this loop assigns."""
        w_T, because = self.declared[name]
        if self.is_shared(name):
            return self.read_cell_of(name, loc)
        node = ir.Local(self.tid(w_T, loc), self.pos(loc), self.ir_name(name, w_T, loc))
        return self._checked_read(name, Operand(w_T, UNKNOWN, False, loc, node, because), loc)

    def _checked_read(self, name: str, op: Operand, loc: Loc | None) -> Operand:
        """Read a local that may have no value: its flag tells."""
        self.flagged.add(name)
        pos = self.pos(loc)
        text = f"cannot access local variable '{name}' where it is not associated with a value"
        failure = ir.Raise(pos, "UnboundLocalError", ir.Const("str", pos, StrConst(text)))
        flag = ir.Local("bool", pos, flag_of(name))
        missing = ir.Prim("bool", pos, "bool_not", (flag,))
        check = ir.If(pos, missing, (failure,), ())
        if op.known:
            self.emit(check)
            return op
        expr = self.expr(op)
        return Operand(op.w_T, UNKNOWN, False, loc, ir.BlockExpr(expr.t, pos, (check,), expr), op.declared)


def flag_of(name: str) -> str:
    """Return the hidden local that says whether `name` has a value."""
    return f"{name}$set"


def drop_flags(body: tuple[ir.Stmt, ...], flagged: set[str]) -> tuple[ir.Stmt, ...]:
    """Remove assignments to flags that nobody reads, and the places of empty displays that nobody used."""
    wanted = {flag_of(name) for name in flagged}

    def clean(stmts: Body) -> Body:
        kept = tuple(s for s in stmts if not _is_unused_flag(s, wanted) and not _is_hole(s))
        return tuple(map_children(s, expr, clean) for s in kept)

    def expr(node: ir.Expr) -> ir.Expr:
        return map_children(node, expr, clean)

    return clean(body)


def _is_unused_flag(stmt: ir.Stmt, wanted: set[str]) -> bool:
    return isinstance(stmt, ir.Assign) and stmt.name.endswith("$set") and stmt.name not in wanted


def _is_hole(stmt: ir.Stmt) -> bool:
    return isinstance(stmt, ir.Eval) and isinstance(stmt.value, ir.Const)
