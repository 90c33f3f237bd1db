"""Cells: memory of one variable that a function shares with the functions inside it.

x = 1                                  x$cell = gc_alloc(cell[i32], 1)
def f() -> None: nonlocal x; x = 2     x$cell.value = 1
                                  ->   f(x$cell)

The cell is made where its activation begins, when the first assignment has told the type of the variable.
"""

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_types.program.constants import BoolConst, IntConst, NoneConst, StrConst
from spy_types.syntax import nodes as n
from spy_vm import memory
from spy_vm.interface.frame import Frame
from spy_vm.memory import flatten
from spy_vm.objects.operand import UNKNOWN, Operand, W_Type
from spy_vm.objects.types import W_PtrType

from spy_redshift import errors
from spy_redshift.residual.temporaries import Temporaries
from spy_redshift.sharing import sharing_of

VALUE, SET = ("value",), ("set",)


class Cells(Temporaries):
    """Shared variables."""

    def open_cells(self, node: n.Node) -> None:
        """Keep places for the cells of this activation, whose code is `node`."""
        assert self.module.syntax is not None
        self.sharing = sharing_of(node, self.scope, self.module.syntax.scopes)
        for name in sorted(self.sharing.cells):
            self.cell_places[name] = (self.out, len(self.out))
            self.emit(ir.Eval(self.pos(None), ir.Const("None", self.pos(None), NoneConst())))

    def share_parameters(self) -> None:
        """Move the parameters that inner functions share into their cells."""
        for name in sorted(self.sharing.cells & self.locals.keys()):
            op = self.locals[name]
            if not op.known:
                node = ir.Local(self.tid(op.w_T), self.pos(op.loc), self.ir_names.get(name, name))
                self.write_cell_of(name, self.red(op.w_T, node, op.loc, op.declared), op.loc)

    def is_shared(self, name: str) -> bool:
        return name in self.sharing.cells

    def write_cell_of(self, name: str, op: Operand, loc: Loc | None) -> None:
        """Assign a shared variable of this activation."""
        self.store_cell(self, name, self.own_cell(name, loc), op, loc)
        declared = self.declared.get(name, (None, loc))[1]
        self.locals[name] = Operand(op.w_T, UNKNOWN, False, loc, None, declared)

    def read_cell_of(self, name: str, loc: Loc | None) -> Operand:
        """Read a shared variable of this activation."""
        return self.load_cell(self, name, self.own_cell(name, loc), loc)

    def own_cell(self, name: str, loc: Loc | None) -> ir.Expr:
        """Return the cell of a variable of this activation, which is made now if this is its first use."""
        w_ptr = self.cell_type(name, loc)
        tid = self.tid(w_ptr, loc)
        made = self.ir_names.get(cell_name(name))
        if made is None:
            made = self.ir_names[cell_name(name)] = self.spec.fresh_local(cell_name(name))
            self.ir_locals[made] = tid
            block, index = self.cell_places.pop(name)
            pos = block[index].pos
            one = ir.Const("i32", pos, IntConst(1))
            block[index] = ir.Assign(pos, made, ir.Alloc(tid, pos, one))
        return ir.Local(tid, self.pos(loc), made)

    def cell_type(self, name: str, loc: Loc | None) -> W_PtrType:
        """Return the type of pointers to the cell of a variable of this activation."""
        return self.spec.cell_type(self.type_of_shared(name, loc)[0])

    def type_of_shared(self, name: str, loc: Loc | None) -> tuple[W_Type, Loc | None]:
        """Return the type of a shared variable, and what gave it to it."""
        found = self.declared.get(name)
        if found is None:
            raise errors.untyped_capture(name, loc)
        return found

    def load_cell(self, owner: "Cells", name: str, cell: ir.Expr, loc: Loc | None) -> Operand:
        """Read a variable of `owner` from its cell."""
        w_T, because = owner.type_of_shared(name, loc)
        tid, pos = self.tid(w_T, loc), self.pos(loc)
        value: ir.Expr = ir.Load(tid, pos, cell, None, VALUE)
        if name in owner.sharing.unsure and name not in (owner.assigned if owner is self else ()):
            etype, text = (
                "NameError",
                "free variable '{}' where it is not associated with a value in enclosing scope",
            )
            if owner is self:
                etype, text = (
                    "UnboundLocalError",
                    "local variable '{}' where it is not associated with a value",
                )
            message = ir.Const("str", pos, StrConst("cannot access " + text.format(name)))
            missing = ir.Prim("bool", pos, "bool_not", (ir.Load("bool", pos, cell, None, SET),))
            check = ir.If(pos, missing, (ir.Raise(pos, etype, message),), ())
            value = ir.BlockExpr(tid, pos, (check,), value)
        return self.red(w_T, value, loc, because)

    def store_cell(self, owner: "Cells", name: str, cell: ir.Expr, op: Operand, loc: Loc | None) -> None:
        """Assign a variable of `owner` in its cell."""
        pos = self.pos(loc)
        self.emit(ir.Store(pos, cell, None, VALUE, self.expr(op)))
        if name in owner.sharing.unsure:
            self.emit(ir.Store(pos, cell, None, SET, ir.Const("bool", pos, BoolConst(True))))

    def cell_of_early(self, owner: Frame, name: str, loc: Loc | None) -> Operand | None:
        """Return the cell of a variable that a function left at import time, or None if it has none."""
        if owner.w_func is None or owner.module.syntax is None:
            return None
        key = (id(owner), name)
        if key not in self.spec.early_cells:
            sharing = sharing_of(owner.w_func.node, owner.scope, owner.module.syntax.scopes)
            if name not in sharing.cells:
                return None
            op = owner.locals[name]
            w_ptr = self.spec.cell_type(op.w_T)
            scalars = [*flatten(op.val, op.w_T.shape), True]
            self.spec.early_cells[key] = (owner, Operand(w_ptr, memory.alloc(1, tuple(scalars)), True))
        return self.spec.early_cells[key][1].at(loc)


def cell_name(name: str) -> str:
    """Return what the cell of `name` is called."""
    return f"{name}$cell"
