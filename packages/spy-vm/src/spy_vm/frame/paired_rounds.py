"""`zip`, `enumerate` and `reversed` over items that are known one by one: their rounds are, too.

for i, x in enumerate((1, "a")): ...     ->     i, x = 0, 1; ...; i, x = 1, "a"; ...
"""

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.meta import BlueDict, BlueList
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.types import W_StructType, is_keywords

PAIRING = ("zip", "enumerate", "reversed")


class PairedRounds(Frame):
    """Heads of loops that pair items of different types."""

    def eval_iterable(self, node: n.Expr) -> Operand:
        """Return what a loop runs over."""
        if not isinstance(node, n.Call) or not self._pairs(node):
            return self.eval(node)
        loc = self.loc(node.span)
        callee = self.eval(node.func)
        args = [self.eval(arg) for arg in node.args]
        if not args or not any(self._is_mixed(arg) for arg in args):
            return self.call(callee, args, {}, loc)
        assert isinstance(node.func, n.Name)
        rounds = self._rounds(node.func.id, args, loc)
        return (
            self.call(callee, args, {}, loc) if rounds is None else blue(b.W_BLUE_LIST, BlueList(rounds), loc)
        )

    def _pairs(self, node: n.Call) -> bool:
        if not isinstance(node.func, n.Name) or node.func.id not in PAIRING or node.keywords:
            return False
        symbol = self.scope.symbols.get(node.func.id)
        return (symbol is None or symbol.scope == -1) and not any(isinstance(a, n.Starred) for a in node.args)

    def _is_mixed(self, op: Operand) -> bool:
        """Whether the items have several types, or exist early only: no loop of run time can have them."""
        if isinstance(op.val, (BlueList, BlueDict)) or is_keywords(op.w_T):
            return True
        if self.tuple_fields(op.w_T) is None or not isinstance(op.w_T, W_StructType):
            return False
        return len(set((op.w_T.fields or {}).values())) > 1

    def _rounds(self, name: str, args: list[Operand], loc: Loc) -> list[Operand] | None:
        if name == "enumerate":
            start = args[1].val if len(args) == 2 and args[1].blue else 0
            items = self.known_items(args[0], loc)
            if items is None or len(args) > 2 or (len(args) == 2 and not args[1].blue):
                return None
            return [_together([blue(b.W_I32, start + i, loc), op], loc) for i, op in enumerate(items)]
        columns = [self.known_items(arg, loc) for arg in args]
        known = [column for column in columns if column is not None]
        if len(known) < len(columns) or (name == "reversed" and len(known) != 1):
            return None
        if name == "reversed":
            return known[0][::-1]
        return [_together(list(row), loc) for row in zip(*known, strict=False)]


def _together(items: list[Operand], loc: Loc) -> Operand:
    return blue(b.W_BLUE_LIST, BlueList(items), loc)
