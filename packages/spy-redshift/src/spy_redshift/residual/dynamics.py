"""Dynamic operands: boxed, checked, and operated on at run time."""

from collections.abc import Sequence

from spy_types.errors import SpyError
from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_types.program.constants import DynamicConst, StrConst
from spy_vm.dispatch import dynamic
from spy_vm.dispatch.convert import boxed
from spy_vm.exceptions import Raised
from spy_vm.memory import Dyn
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_PtrType, W_StructType

from spy_redshift.question import Known, Question, known
from spy_redshift.residual.state import ResidualFrame

EXACT = (W_StructType, W_PtrType)  # types of which nothing else is a subtype
WITH_TYPE = ("isinstance", "cast", "number")


class Dynamics(ResidualFrame):
    """Operations that look at types when the program runs."""

    def to_dynamic(self, op: Operand, w_T: W_Type) -> Operand:
        if op.known and self.known_expr(op) is None:
            if op.w_T in b.BLUE_ONLY:
                return op
            return Operand(w_T, boxed(op), op.blue, op.loc, None, op.declared)
        expr = self.expr(op)
        self.spec.note_held(op.w_T)
        return self.red(w_T, ir.ToDynamic("dynamic", self.pos(op.loc), expr), op.loc, op.declared)

    def from_dynamic(self, op: Operand, w_T: W_Type) -> Operand:
        return self.dynamic_op("cast", [op, blue(b.W_TYPE, w_T)], op.loc)

    def dynamic_op(
        self, name: str, args: list[Operand], loc: Loc | None, names: Sequence[str] = ()
    ) -> Operand:
        ops = [dynamic.refined(self, arg) if isinstance(arg.val, Dyn) and arg.blue else arg for arg in args]
        if all(op.known or op.w_T not in (b.W_DYNAMIC, b.W_OBJECT) for op in ops):
            known_result = self._now(name, ops, loc, names)
            if known_result is not None:
                return known_result
        if name == "isinstance" and _is_exact(ops[1].val):
            return self._is_exactly(ops[0], ops[1].val, loc)
        return self._ask(name, ops, loc, tuple(names))

    def _now(self, name: str, ops: list[Operand], loc: Loc | None, names: Sequence[str]) -> Operand | None:
        """Return the result of operands whose types are known; None if that is an error."""
        try:
            with self.speculative():
                dynamic.as_result(self, name, ops, dynamic.meaning(self, name, ops, loc, names))
        except (SpyError, Raised):
            return None
        return dynamic.as_result(self, name, ops, dynamic.meaning(self, name, ops, loc, names))

    def _ask(self, name: str, ops: list[Operand], loc: Loc | None, names: tuple[str, ...]) -> Operand:
        operands: list[Known | W_Type] = []
        exprs: list[ir.Expr] = []
        for i, op in enumerate(ops):
            fixed = known(op, always=i == 1 and name in WITH_TYPE)
            if fixed is None:
                operands.append(b.W_DYNAMIC if op.w_T is b.W_OBJECT else op.w_T)
                exprs.append(self.expr(op))
            else:
                operands.append(fixed)
        w_result = dynamic.result_type(self, name, ops, loc)
        question = Question(name, tuple(operands), names)
        asked = self.spec.ask(question, w_result, loc, self.module, self.scope)
        call = ir.Call(self.tid(w_result, loc), self.pos(loc), asked.fqn, tuple(exprs))
        return self.red(w_result, call, loc)

    def _is_exactly(self, op: Operand, w_T: W_Type, loc: Loc | None) -> Operand:
        """Return whether the dynamic `op` holds a `w_T`."""
        pos = self.pos(loc)
        name = ir.Const("dynamic", pos, DynamicConst("str", StrConst(self.tid(w_T, loc))))
        return self.red(b.W_BOOL, ir.DynamicOp("bool", pos, "isinstance", (self.expr(op), name)), loc)


def _is_exact(w_T: object) -> bool:
    """Whether a value is a `w_T` if that is the very type it has."""
    prims = [w_P for w_P in b.PRIM_TYPES.values() if w_P not in (b.W_DYNAMIC, b.W_OBJECT, *b.BLUE_ONLY)]
    return isinstance(w_T, EXACT) or w_T in prims
