"""Arguments of calls, evaluated from left to right."""

from spy_types.errors import SpyError
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.dispatch import attribute
from spy_vm.frame import blame
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type


class Arguments(Frame):
    """`f(a, *t, k=v)`."""

    def eval_Call(self, node: n.Call, expected: W_Type | None) -> Operand:
        loc = self.loc(node.span)
        if isinstance(node.func, n.Attribute):
            obj = self.eval(node.func.value)
            args, kwargs = self.eval_args(node)
            return attribute.call_method(self, obj, node.func.attr, args, kwargs, loc)
        callee = self.eval(node.func)
        args, kwargs = self.eval_args(node, self._expected_args(callee), callee)
        return self.call(callee, args, kwargs, loc)

    def eval_args(
        self, node: n.Call, expected: list[W_Type | None] | None = None, callee: Operand | None = None
    ) -> tuple[list[Operand], dict[str, Operand]]:
        """Evaluate the arguments from left to right."""
        args = self.eval_starred(node.args, expected or [], callee)
        kwargs: dict[str, Operand] = {}
        for keyword in node.keywords:
            if keyword.arg is None:
                raise errors.unsupported("`**` in a call", self.loc(keyword.span))
            kwargs[keyword.arg] = self.eval(keyword.value)
        return args, kwargs

    def eval_starred(
        self,
        elts: tuple[n.Expr, ...],
        expected: list[W_Type | None] | None = None,
        callee: Operand | None = None,
    ) -> list[Operand]:
        """Evaluate expressions; `*t` stands for the items of the tuple t."""
        result: list[Operand] = []
        for elt in elts:
            if isinstance(elt, n.Starred):
                result += self.spread(self.eval(elt.value), self.loc(elt.span))
                continue
            wanted = expected[len(result)] if expected and len(result) < len(expected) else None
            value = (
                self.eval(elt, wanted)
                if callee is None
                else self._eval_argument(elt, wanted, callee, len(result))
            )
            result.append(value)
        return result

    def _expected_args(self, callee: Operand) -> list[W_Type | None]:
        """Literals take the type of the parameter that they are passed to."""
        if callee.w_T is b.W_TYPE and callee.known and callee.val in b.INT_TYPES:
            return [callee.val]
        if callee.known and hasattr(callee.val, "params"):
            return [p.w_T if p.kind in ("normal", "posonly") else None for p in callee.val.params]
        return []

    def _eval_argument(self, node: n.Expr, wanted: W_Type | None, callee: Operand, position: int) -> Operand:
        try:
            return self.eval(node, wanted)
        except SpyError as error:
            if wanted is None or isinstance(node, n.Call) or not isinstance(node, (n.List, n.Dict, n.Tuple)):
                raise
            param = callee.val.params[position]
            raise blame.because(
                error, param.loc, f"expected `{wanted.display}` because of the parameter `{param.name}`"
            ) from None
