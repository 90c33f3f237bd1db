"""Why an expression is red: what it depends on that only run time knows."""

from collections.abc import Callable, Iterator

from spy_types.loc import Span
from spy_types.syntax import nodes as n
from spy_types.syntax.scopes import Symbol
from spy_vm.objects.functions import W_Func
from spy_vm.objects.operand import Operand

MAKERS: dict[type[n.Expr], str] = {
    n.List: "list",
    n.ListComp: "list",
    n.Dict: "dict",
    n.DictComp: "dict",
    n.Set: "set",
    n.SetComp: "set",
}
DEPENDS = "it depends on "


class Reader:
    """What the reasons are made of: the operands seen so far, the text, the names of the scope."""

    def __init__(
        self,
        operands: dict[Span, Operand],
        text: Callable[[Span], str],
        symbols: dict[str, Symbol],
        function: int,
    ) -> None:
        self.operands = operands
        self.text = text
        self.symbols = symbols
        self.function = function  # the id of the scope

    def why_red(self, node: n.Expr) -> str:
        """Return a clause that tells why `node` is red."""
        match node:
            case n.Name(id=name):
                return self._name(name)
            case n.Call(func=func):
                return self._called(func) or self._child(node) or "the call happens at run time"
            case _ if type(node) in MAKERS:
                return f"it makes a new {MAKERS[type(node)]} each time it runs"
            case n.NamedExpr(target=target):
                return f"`{target.id}` gets a red value here"
            case _:
                return self._child(node) or "a method that runs at run time computes it"

    def _name(self, name: str) -> str:
        symbol = self.symbols.get(name)
        if symbol is None:
            return f"`{name}` is known at run time only"
        if symbol.scope == 0 and symbol.scope != self.function:
            return f"`{name}` is a `var` of the module: it changes at run time"
        if symbol.origin == "param":
            return f"`{name}` is a parameter: its value comes with each call"
        if symbol.origin == "for":
            return f"`{name}` is the variable of a loop: it changes with each round"
        if symbol.varkind == "var":
            return f"`{name}` is assigned more than once, or in a loop"
        line = f", assigned in line {symbol.declared.line}" if symbol.declared is not None else ""
        return f"`{name}` holds a red value{line}"

    def _called(self, func: n.Expr) -> str:
        callee = self.operands.get(func.span)
        if callee is None:
            return ""
        if not callee.blue:
            return f"`{self.text(func.span)}` is red: which function it is, is known at run time"
        w_func = callee.val
        if isinstance(w_func, W_Func) and w_func.color == "red" and not w_func.pure:
            return f"`{self.text(func.span)}` is a red function: it runs at run time"
        return ""

    def _child(self, node: n.Node) -> str:
        for child in children(node):
            op = self.operands.get(child.span)
            if op is not None and not op.blue:
                return f"{DEPENDS}`{self.text(child.span)}`, which is red"
            if op is None and (inner := self._child(child)):
                return inner
        return ""


def children(node: n.Node) -> Iterator[n.Node]:
    """Yield the nodes directly inside `node`."""
    for field in node.__struct_fields__:
        value = getattr(node, field)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, n.Node):
                yield item
