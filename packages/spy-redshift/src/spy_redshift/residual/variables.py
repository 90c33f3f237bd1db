"""Variables of the residual code."""

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_vm.interface.engine import Binding
from spy_vm.objects import builtin as b
from spy_vm.objects.modules import Cell
from spy_vm.objects.operand import UNKNOWN, Operand, W_Type

from spy_redshift.residual.assigned import Assigned, flag_of
from spy_redshift.residual.capturing import Capturing


class Variables(Assigned, Capturing):
    """Locals, module variables, and names of the functions around."""

    def write_local(self, name: str, op: Operand, loc: Loc | None) -> None:
        if op.w_T is b.W_NONE:
            self.discard(op)
            self.locals[name] = Operand(b.W_NONE, None, False, loc, None, loc)
        elif op.w_T in b.BLUE_ONLY and op.known:
            self.locals[name] = op
        elif self.is_shared(name):
            self.write_cell_of(name, op, loc)
        else:
            target = self.ir_name(name, op.w_T, loc)
            self.emit(ir.Assign(self.pos(loc), target, self.expr(op)))
            declared = self.declared.get(name, (None, loc))[1]
            self.locals[name] = Operand(op.w_T, UNKNOWN, False, loc, None, declared)
        self.mark(name, loc)

    def bind_blue(self, name: str, op: Operand) -> None:
        self.locals[name] = op
        self.mark(name, op.loc)

    def bind_counter(self, target: str, w_T: W_Type, loc: Loc) -> None:
        """The loop has just assigned its counter."""
        declared = self.declared.get(target, (None, loc))[1]
        self.locals[target] = Operand(w_T, UNKNOWN, False, loc, None, declared)
        self.mark(target, loc)

    def read_cell(self, cell: Cell, loc: Loc | None) -> Operand:
        self.spec.use_cell(cell)
        return self.red(
            cell.w_T, ir.GlobalGet(self.tid(cell.w_T, loc), self.pos(loc), cell.fqn), loc, cell.loc
        )

    def write_cell(self, cell: Cell, op: Operand, loc: Loc | None) -> None:
        self.spec.use_cell(cell)
        self.emit(ir.GlobalSet(self.pos(loc), cell.fqn, self.expr(op)))

    def hide_name(self, name: str) -> Binding:
        self.assigned.discard(name)
        return self.locals.pop(name, None), self.declared.pop(name, None)

    def unbind_name(self, name: str, before: Binding, loc: Loc) -> None:
        value, declared = before
        self.assigned.discard(name)
        self.deleted.add(name)
        self.declared.pop(name, None)
        self.locals.pop(name, None)
        if declared is not None:
            self.declared[name] = declared
        if value is not None:
            self.locals[name] = value
            self.flagged.add(name)
            self.ir_names.pop(name, None)
            self.emit(ir.Assign(self.pos(loc), flag_of(name), self.bool_const(False, loc)))
