"""Names of the residual code: locals under their own name, and temporaries."""

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_vm.objects.operand import UNKNOWN, Operand, W_Type

from spy_redshift.residual.state import ResidualFrame


class Temporaries(ResidualFrame):
    """Names in the residual code."""

    def ir_name(self, name: str, w_T: W_Type, loc: Loc | None) -> str:
        """Return the residual name of a local.

        A local that changes its type in unrolled code gets a new one.
        """
        tid = self.tid(w_T, loc)
        current = self.ir_names.get(name, f"{name}${self.rename}" if self.rename else name)
        count = 0
        while self.ir_locals.get(current, tid) != tid or current in self.temporaries:
            count += 1
            current = f"{name}${count}"
        self.ir_locals.setdefault(current, tid)
        self.ir_names[name] = current
        return current

    def temporary(self, w_T: W_Type, hint: str) -> str:
        """Return a new local that is assigned once."""
        name = self.spec.fresh_local(hint)
        self.ir_locals[name] = self.tid(w_T)
        self.temporaries.add(name)
        return name

    def temporary_operand(self, name: str, op: Operand) -> Operand:
        """Return the read of a temporary that holds `op`."""
        node = ir.Local(self.tid(op.w_T), self.pos(op.loc), name)
        return Operand(op.w_T, UNKNOWN, False, op.loc, node, op.declared)

    def is_temporary(self, op: Operand) -> bool:
        """Whether `op` reads locals that nobody assigns again."""
        parts = op.expr.args if isinstance(op.expr, ir.MakeStruct) else (op.expr,)
        return all(
            isinstance(part, ir.Const) or (isinstance(part, ir.Local) and part.name in self.temporaries)
            for part in parts
        )
