"""Expressions that evaluate one of their parts: `and`, `or`, `x if c else y`."""

from collections.abc import Callable

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type, blue


class Choices(Frame):
    """Short circuits and conditions."""

    def eval_truth(self, node: n.Expr) -> Operand:
        """Return the truth of `node`; `and`, `or` and `not` need no common type here."""
        match node:
            case n.BoolOp(op=symbol, values=values):
                return self._truth_chain(symbol, list(values), self.loc(node.span))
            case n.UnaryOp(op="not", operand=operand):
                return self.call_prim("bool_not", [self.eval_truth(operand)], self.loc(node.span))
            case _:
                return self.truth(self.eval(node))

    def eval_BoolOp(self, node: n.BoolOp, expected: W_Type | None) -> Operand:
        return self._bool_op(node.op, list(node.values), self.loc(node.span), expected)

    def eval_IfExp(self, node: n.IfExp, expected: W_Type | None) -> Operand:
        test = self.eval_truth(node.test)
        if test.blue:
            return self.eval(node.body if test.val else node.orelse, expected)
        return self.select(
            test,
            lambda f: f.eval(node.body, expected),
            lambda f: f.eval(node.orelse, expected),
            self.loc(node.span),
        )

    def _truth_chain(self, symbol: str, values: list[n.Expr], loc: Loc) -> Operand:
        first, *rest = values
        left = self.eval_truth(first)
        if not rest:
            return left
        if left.known:
            return self._truth_chain(symbol, rest, loc) if left.val == (symbol == "and") else left
        short = blue(b.W_BOOL, symbol == "or", loc)
        more: Callable[[Choices], Operand] = lambda f: f._truth_chain(symbol, rest, loc)  # noqa: E731
        if symbol == "and":
            return self.select(left, more, lambda f: short, loc)
        return self.select(left, lambda f: short, more, loc)

    def _bool_op(self, symbol: str, values: list[n.Expr], loc: Loc, expected: W_Type | None) -> Operand:
        first, *rest = values
        left = self.eval(first, expected)
        if not rest:
            return left
        left, again = self.twice(left)
        test = self.truth(left)
        if test.blue:
            decided = test.val == (symbol == "or")
            return again if decided else self._bool_op(symbol, rest, loc, expected)
        more: Callable[[Choices], Operand] = lambda f: f._bool_op(symbol, rest, loc, again.w_T)  # noqa: E731
        if symbol == "and":
            return self.select(test, more, lambda f: again, loc)
        return self.select(test, lambda f: again, more, loc)
