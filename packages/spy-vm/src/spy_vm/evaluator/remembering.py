"""Lookups that the evaluator remembers: operators on two operands of one primitive type, literals, places.

The meaning stays in `spy_vm.dispatch`: what is remembered is what it answered, and whatever raises goes the
long way.
"""

from typing import Any

from spy_types.loc import Loc, Span
from spy_types.prims.table import PRIMS
from spy_types.syntax import nodes as n

from spy_vm.dispatch.binop import COMPARISONS, NAMES
from spy_vm.exceptions import Raised
from spy_vm.frame.comparisons import QUESTIONS
from spy_vm.frame.frame import WalkingFrame
from spy_vm.frame.operators import is_constant
from spy_vm.host import CHECKED_PRIMS, HOST_PRIMS
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type

Fast = tuple[Any, W_Type]


class Remembering(WalkingFrame):
    """Shortcuts for what the walk does most."""

    def loc(self, span: Span) -> Loc:
        known = self.module.places.get(id(span))
        if known is None:
            known = self.module.places[id(span)] = (span, super().loc(span))
        return known[1]

    def eval_BinOp(self, node: n.BinOp, expected: W_Type | None) -> Operand:
        if is_constant(node):
            return super().eval_BinOp(node, expected)
        if node.op == "%" and isinstance(node.left, n.StrLit):
            return super().eval_BinOp(node, expected)
        left, right = self.eval(node.left), self.eval(node.right)
        return self._shortcut(node.op, left, right, node.span) or self.binary(
            node.op, left, right, self.loc(node.span)
        )

    def eval_Compare(self, node: n.Compare, expected: W_Type | None) -> Operand:
        if len(node.ops) > 1 or node.ops[0] not in COMPARISONS:
            return super().eval_Compare(node, expected)
        symbol = node.ops[0]
        look = self.eval_subject if symbol in QUESTIONS else self.eval
        left, right = look(node.left), look(node.comparators[0])
        return self._shortcut(symbol, left, right, node.span) or self.compare(
            symbol, left, right, self.loc(node.span)
        )

    def eval_IntLit(self, node: n.IntLit, expected: W_Type | None) -> Operand:
        if expected is not None:
            return super().eval_IntLit(node, expected)
        known = self.module.literals.get(id(node))
        if known is None:
            known = self.module.literals[id(node)] = (node, super().eval_IntLit(node, None))
        return known[1]

    def _shortcut(self, symbol: str, left: Operand, right: Operand, span: Span) -> Operand | None:
        if left.w_T is not right.w_T:
            return None
        fast = FAST.get((symbol, left.w_T))
        if fast is None:
            return None
        body, w_result = fast
        try:
            value = body(left.val, right.val)
        except Raised:
            return None
        return Operand(w_result, value, self.blue_frame or (left.blue and right.blue), self.loc(span))


def _fast_table() -> dict[tuple[str, W_Type], Fast]:
    table: dict[tuple[str, W_Type], Fast] = {}
    for symbol, name in NAMES.items():
        for w_T in (*b.INT_TYPES, *b.FLOAT_TYPES, b.W_BOOL, b.W_STR):
            op = PRIMS.get(f"{w_T.fqn}_{'div' if symbol == '/' else name}")
            if op is not None and op.params == (w_T.fqn, w_T.fqn):
                table[symbol, w_T] = (
                    CHECKED_PRIMS.get(op.name) or HOST_PRIMS[op.name],
                    b.PRIM_TYPES[op.result],
                )
    return table


FAST = _fast_table()
