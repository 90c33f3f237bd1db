"""Operators: literals adapt to the type that is wanted, dispatch does the rest."""

import operator
from collections.abc import Callable
from typing import Any

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm.dispatch.binop import binary, call_dunder
from spy_vm.dispatch.convert import convert
from spy_vm.dispatch.truth import truth, unary
from spy_vm.frame.literals import integer_value
from spy_vm.frame.templates import template_of
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type, blue

BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
    "<<": operator.lshift,
    ">>": operator.rshift,
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
}
UNARY: dict[str, Callable[[int], int]] = {"-": operator.neg, "+": operator.pos, "~": operator.invert}
MAX_EXPONENT = 256  # beyond that no type holds the result


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
        constant = constant_value(node)
        if constant is not None:
            return self._constant(constant, expected, self.loc(node.span))
        template = template_of(node.left) if node.op == "%" else None
        if template is not None:
            return self.percent_template(template, node.right, self.loc(node.span))
        left, position = self.eval(node.left), self.position()
        right = self.eval(node.right)
        (left,) = self.evaluated_at([left], position)
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
        return self._constant(-integer_value(node), expected, loc)

    def _constant(self, value: float, expected: W_Type | None, loc: Loc) -> Operand:
        """Return a constant in the type that is wanted, if it fits; else an `i32`, or a literal too large."""
        if isinstance(value, float):
            return blue(b.W_F64, value, loc)
        for w_T in (expected, b.W_I32):
            if w_T is not None and w_T in b.INT_TYPES and b.INT_TYPES[w_T][0] <= value <= b.INT_TYPES[w_T][1]:
                return blue(w_T, value, loc)
        return blue(b.W_INT_LITERAL, value, loc)


def constant_value(node: n.Expr) -> float | None:
    """Return the value of arithmetic on integer literals alone, exactly; None if it raises or has no end.

    A negative exponent gives a float, as in Python.
    """
    if not is_constant(node):
        return None
    try:
        return _computed(node)
    except (ArithmeticError, ValueError, TypeError):
        return None


def _computed(node: n.Expr) -> float:
    match node:
        case n.IntLit():
            return integer_value(node)
        case n.UnaryOp(op=symbol, operand=operand):
            value = _computed(operand)
            assert isinstance(value, int)
            return UNARY[symbol](value)
        case n.BinOp(left=left, op=symbol, right=right):
            a, b_ = _computed(left), _computed(right)
            if symbol in ("**", "<<") and abs(b_) > MAX_EXPONENT:
                raise OverflowError
            result: float = BINARY[symbol](a, b_)
            return result
    raise TypeError


def is_constant(node: n.Expr) -> bool:
    """Whether `node` is arithmetic on integer literals alone: then it computes in the type that it is for."""
    match node:
        case n.IntLit():
            return True
        case n.UnaryOp(op=symbol, operand=operand):
            return symbol in UNARY and is_constant(operand)
        case n.BinOp(left=left, op=symbol, right=right):
            return symbol in BINARY and is_constant(left) and is_constant(right)
        case _:
            return False
