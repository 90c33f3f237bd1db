"""Variables of the evaluator: values in dictionaries."""

from spy_types.loc import Loc
from spy_types.syntax.scopes import Symbol

from spy_vm.exceptions import Raised
from spy_vm.interface.engine import Binding
from spy_vm.interface.frame import Frame
from spy_vm.objects.closure import Closure
from spy_vm.objects.modules import Cell
from spy_vm.objects.operand import Operand


class Variables(Frame):
    """Locals and module variables."""

    @property
    def looking_ahead(self) -> bool:
        return False

    def guess(self, op: Operand, holder: Operand) -> Operand:
        return op

    def write_local(self, name: str, op: Operand, loc: Loc | None) -> None:
        self.locals[name] = Operand(
            op.w_T, op.val, self.blue_frame, loc, None, self.declared.get(name, (None, loc))[1]
        )

    def bind_blue(self, name: str, op: Operand) -> None:
        self.locals[name] = op

    def read_local(self, name: str, loc: Loc | None) -> Operand:
        op = self.locals.get(name)
        if op is None:
            if self.class_fields is not None or self.blue_frame:
                return self.read_builtin(name, loc or self.loc_unknown())
            raise Raised(
                "UnboundLocalError",
                f"cannot access local variable '{name}' where it is not associated with a value",
            )
        return op.at(loc)

    def delete_local(self, name: str, loc: Loc | None) -> None:
        self.read_local(name, loc)
        del self.locals[name]

    def hide_name(self, name: str) -> Binding:
        return self.locals.pop(name, None), self.declared.pop(name, None)

    def unbind_name(self, name: str, before: Binding, loc: Loc) -> None:
        self.locals.pop(name, None)
        self.declared.pop(name, None)
        if self.scope.kind == "module":
            self.module.attrs.pop(name, None)
        if before[1] is not None:
            self.declared[name] = before[1]

    def read_captured(self, owner: Closure, name: str, loc: Loc) -> Operand:
        return owner.read_local(name, loc)

    def assign_captured(self, owner: Closure, name: str, op: Operand, loc: Loc, symbol: Symbol) -> None:
        owner.assign_local(name, op, loc, owner.scope.symbols[name])

    def read_cell(self, cell: Cell, loc: Loc | None) -> Operand:
        return Operand(cell.w_T, cell.value, self.blue_frame, loc, None, cell.loc)

    def write_cell(self, cell: Cell, op: Operand, loc: Loc | None) -> None:
        cell.value = op.val
