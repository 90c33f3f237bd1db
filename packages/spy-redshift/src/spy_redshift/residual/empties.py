"""Empty displays: made where they stand, once a later use has told their type."""

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_types.program.constants import NoneConst
from spy_vm import errors as vm_errors
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.objects.unsettled import empty_text

from spy_redshift.residual.state import ResidualFrame


class Empties(ResidualFrame):
    """Places of empty displays."""

    @property
    def looking_ahead(self) -> bool:
        return self.root.inferring

    def guess(self, op: Operand, holder: Operand) -> Operand:
        if holder.pending is None or not self.looking_ahead:
            return op
        return self.red(op.w_T, ir.Local(self.tid(op.w_T), self.pos(op.loc), "_"), op.loc)

    def hold_empty(self, name: str, op: Operand, loc: Loc) -> None:
        super().hold_empty(name, op, loc)
        if self.locals[name].pending is None:
            return
        self.holes[name] = (self.out, len(self.out))
        self.emit(ir.Eval(self.pos(loc), ir.Const("None", self.pos(loc), NoneConst())))

    def settle_empty(self, name: str, w_T: W_Type, loc: Loc | None) -> Operand:
        """Make the container where the display stands, not here: the code between may loop or branch."""
        holder = self.holder_of_empty(name)
        if holder is not None:
            holder.settle_empty(name, w_T, loc)
            return self.read_captured(holder, name, loc or self.loc_unknown())
        block, index = self.holes.pop(name)
        if isinstance(block, list) and not self._is_open(block):
            raise vm_errors.untyped_empty(empty_text(self.locals[name].w_T), self.locals[name].loc)
        first = self.locals[name].loc
        saved, self.out = self.out, []
        self.declared[name] = (w_T, first)
        self.write_local(name, self.instantiate(w_T, [], {}, first), first)
        made, self.out = self.out, saved
        block[index : index + 1] = (
            [*made]
            if len(made) == 1
            else [ir.If(self.pos(first), self.bool_const(True, first), tuple(made), ())]
        )
        return self.read_local(name, loc)

    def _is_open(self, block: list[ir.Stmt]) -> bool:
        """Whether `block` is still being written: only then can something be put into it."""
        return any(block is other for other in (self.out, *self.open_blocks))
