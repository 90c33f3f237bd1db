"""Operators: literals adapt to the type that is wanted, dispatch does the rest."""

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm.dispatch.binop import binary, call_dunder
from spy_vm.dispatch.convert import convert
from spy_vm.dispatch.truth import truth, unary
from spy_vm.frame.literals import integer_value
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type, blue

ARITHMETIC = frozenset(("+", "-", "*", "//", "%", "**", "<<", ">>", "&", "|", "^"))


class Operators(Frame):
    """Arithmetic, and the three questions that everything asks of dispatch."""

    def truth(self, op: Operand) -> Operand:
        """Return `op` as a bool."""
        return truth(self, op)

    def convert(self, op: Operand, w_T: W_Type) -> Operand:
        """Return `op` as a `w_T`."""
        return convert(self, op, w_T)

    def dunder(self, name: str, args: list[Operand], loc: Loc | None) -> Operand | None:
        """Call a dunder of the first operand's type."""
        return call_dunder(self, name, args, loc)

    def eval_BinOp(self, node: n.BinOp, expected: W_Type | None) -> Operand:
        wanted = expected if expected is not None and is_constant(node) else None
        left = self.eval(node.left, wanted)
        right = self.eval(node.right, wanted if node.op in ARITHMETIC else None)
        return self.binary(node.op, left, right, self.loc(node.span))

    def binary(self, symbol: str, left: Operand, right: Operand, loc: Loc) -> Operand:
        """Return `left symbol right`."""
        return binary(self, symbol, left, right, loc)

    def eval_UnaryOp(self, node: n.UnaryOp, expected: W_Type | None) -> Operand:
        loc = self.loc(node.span)
        if node.op == "not":
            return self.call_prim("bool_not", [self.eval_truth(node.operand)], loc)
        if node.op == "-" and isinstance(node.operand, n.IntLit):
            return self._negative_literal(node.operand, expected, loc)
        return unary(self, node.op, self.eval(node.operand, expected), loc)

    def _negative_literal(self, node: n.IntLit, expected: W_Type | None, loc: Loc) -> Operand:
        value = -integer_value(node)
        for w_T in (expected, b.W_I32):
            if w_T is not None and w_T in b.INT_TYPES and b.INT_TYPES[w_T][0] <= value <= b.INT_TYPES[w_T][1]:
                return blue(w_T, value, loc)
        return blue(b.W_INT_LITERAL, value, loc)


def is_constant(node: n.Expr) -> bool:
    """Whether `node` is arithmetic on integer literals alone: then it computes in the type that it is for."""
    match node:
        case n.IntLit():
            return True
        case n.UnaryOp(operand=operand):
            return is_constant(operand)
        case n.BinOp(left=left, op=symbol, right=right):
            return symbol in ARITHMETIC and is_constant(left) and is_constant(right)
        case _:
            return False
