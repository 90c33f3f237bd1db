"""Comparisons, also in chains."""

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm.dispatch import item
from spy_vm.dispatch.binop import binary
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type, blue

QUESTIONS = frozenset(("is", "is not", "==", "!="))


class Comparisons(Frame):
    """`a < b`, `a < b < c`, `in`, `is`."""

    def eval_Compare(self, node: n.Compare, expected: W_Type | None) -> Operand:
        loc = self.loc(node.span)
        asks = all(symbol in QUESTIONS for symbol in node.ops)
        left = self.eval_subject(node.left) if asks else self.eval(node.left)
        return self._compare_chain(left, list(zip(node.ops, node.comparators, strict=True)), loc)

    def compare(self, symbol: str, left: Operand, right: Operand, loc: Loc) -> Operand:
        """Return one comparison."""
        match symbol:
            case "in":
                return item.contains(self, left, right, loc)
            case "not in":
                return self.call_prim("bool_not", [item.contains(self, left, right, loc)], loc)
            case "is" | "is not":
                return item.identity(self, symbol, left, right, loc)
            case _:
                return binary(self, symbol, left, right, loc)

    def _compare_chain(self, left: Operand, rest: list[tuple[str, n.Expr]], loc: Loc) -> Operand:
        (symbol, right_node), *others = rest
        position = self.position()
        right = self.eval_subject(right_node) if symbol in QUESTIONS else self.eval(right_node)
        (left,) = self.evaluated_at([left], position)
        if not others:
            return self.compare(symbol, left, right, loc)
        right, again = self.twice(right)
        first = self.truth(self.compare(symbol, left, right, loc))
        if first.known:
            return self._compare_chain(again, others, loc) if first.val else first
        return self.select(
            first,
            lambda f: f.truth(f._compare_chain(again, others, loc)),
            lambda f: blue(b.W_BOOL, False, loc),
            loc,
        )
