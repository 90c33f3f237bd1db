"""Expressions that evaluate one of their parts: `and`, `or`, `x if c else y`."""

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm.frame.facts import TestFacts
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_UnionType


class Choices(TestFacts):
    """Short circuits and conditions."""

    def eval_truth(self, node: n.Expr) -> Operand:
        """Return the truth of `node`; `and`, `or` and `not` need no common type here."""
        match node:
            case n.BoolOp(op=symbol, values=values):
                return self._truth_chain(symbol, list(values), self.loc(node.span))
            case n.UnaryOp(op="not", operand=operand):
                return self.call_prim("bool_not", [self.eval_truth(operand)], self.loc(node.span))
            case _:
                return self.truth(self.eval_subject(node))

    def eval_BoolOp(self, node: n.BoolOp, expected: W_Type | None) -> Operand:
        return self._bool_op(node.op, list(node.values), self.loc(node.span), expected)

    def eval_IfExp(self, node: n.IfExp, expected: W_Type | None) -> Operand:
        test = self.eval_truth(node.test)
        yes, no = self.facts(node.test)
        if test.blue:
            chosen = node.body if test.val else node.orelse
            return self.under(yes if test.val else no, lambda: self.eval(chosen, expected))
        return self.select(
            test,
            lambda f: f.under(yes, lambda: f.eval(node.body, expected)),
            lambda f: f.under(no, lambda: f.eval(node.orelse, expected)),
            self.loc(node.span),
            mixed=True,
        )

    def _truth_chain(self, symbol: str, values: list[n.Expr], loc: Loc) -> Operand:
        first, *rest = values
        left = self.eval_truth(first)
        if not rest:
            return left
        told = self.facts(first)[0 if symbol == "and" else 1]
        if left.known:
            if left.val != (symbol == "and"):
                return left
            return self.under(told, lambda: self._truth_chain(symbol, rest, loc))
        short = blue(b.W_BOOL, symbol == "or", loc)

        def more(f: Choices) -> Operand:
            return f.under(told, lambda: f._truth_chain(symbol, rest, loc))

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
        told = self.facts(first)[0 if symbol == "and" else 1]
        if test.blue:
            decided = test.val == (symbol == "or")
            return again if decided else self.under(told, lambda: self._bool_op(symbol, rest, loc, expected))
        w_kept = self.kept_type(again.w_T, when=symbol == "or")
        wanted = None if isinstance(w_kept, W_UnionType) else w_kept

        def more(f: Choices) -> Operand:
            return f.under(told, lambda: f._bool_op(symbol, rest, loc, wanted or expected))

        def kept(f: Choices) -> Operand:
            return again if w_kept is again.w_T else f.from_union(again, w_kept)

        if symbol == "and":
            return self.select(test, more, kept, loc, mixed=True)
        return self.select(test, kept, more, loc, mixed=True)

    def kept_type(self, w_T: W_Type, *, when: bool) -> W_Type:
        """Return what is left of a type whose value is true, or false."""
        if not isinstance(w_T, W_UnionType):
            return w_T
        may_be = self.may_be_true if when else self.may_be_false
        left = [w_M for w_M in w_T.members if may_be(w_M)]
        return self.world.union_type(left) if left else w_T
