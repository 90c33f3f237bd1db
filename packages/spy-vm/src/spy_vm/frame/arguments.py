"""Arguments of calls, evaluated from left to right."""

from collections.abc import Sequence

from spy_types.errors import SpyError
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.dispatch import attribute
from spy_vm.frame import blame
from spy_vm.frame.templates import template_of
from spy_vm.frame.wanted import named, positional, wanted_by_method, wanted_params
from spy_vm.frame.writes import path_of
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import Param, W_ASTFunc
from spy_vm.objects.meta import BlueDict
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.objects.types import W_StructType, is_keywords


class Arguments(Frame):
    """`f(a, *t, k=v)`."""

    def eval_Call(self, node: n.Call, expected: W_Type | None) -> Operand:
        loc = self.loc(node.span)
        if isinstance(node.func, n.Attribute) and path_of(node.func) not in self.narrowed:
            template = template_of(node.func.value)
            if template is not None and node.func.attr == "format":
                return self.format_template(template, node, loc)
            obj = self.eval(node.func.value)
            args, kwargs = self.eval_args(node, wanted_by_method(self, obj, node.func.attr))
            return attribute.call_method(self, obj, node.func.attr, args, kwargs, loc)
        callee = self.eval(node.func)
        args, kwargs = self.eval_args(node, wanted_params(self, callee, expected))
        w_func = callee.val
        if expected is not None and isinstance(w_func, W_ASTFunc) and w_func.sugar:
            callee = self.infer_type_args(w_func, args, kwargs, loc, expected) or callee
        if not self._forwards(node):
            return self.call(callee, args, kwargs, loc)
        try:
            return self.call(callee, args, kwargs, loc)
        except SpyError as error:
            raise blame.forwarded_call(error, self.w_func) from None

    def _forwards(self, node: n.Call) -> bool:
        """Whether a call passes on the `*args` or `**kwargs` of this function."""
        if self.w_func is None or not self.w_func.packs:
            return False
        spread = [a.value for a in node.args if isinstance(a, n.Starred)]
        spread += [k.value for k in node.keywords if k.arg is None]
        names = {pack.name for pack in self.w_func.packs}
        return any(isinstance(value, n.Name) and value.id in names for value in spread)

    def eval_args(
        self, node: n.Call, params: Sequence[Param] = ()
    ) -> tuple[list[Operand], dict[str, Operand]]:
        """Evaluate the arguments from left to right."""
        args: list[Operand] = []
        for elt in node.args:
            position = self.position()
            if isinstance(elt, n.Starred):
                more = self.spread(self.eval(elt.value), self.loc(elt.span))
            else:
                more = [self._eval_argument(elt, positional(params, len(args) + 1)[-1])]
            args = [*self.evaluated_at(args, position), *more]
        kwargs: dict[str, Operand] = {}
        for keyword in node.keywords:
            position = self.position()
            if keyword.arg is None:
                given = self._spread_keywords(keyword.value)
            else:
                given = [(keyword.arg, self.eval(keyword.value, named(params, keyword.arg)))]
            earlier = self.evaluated_at([*args, *kwargs.values()], position)
            args, kwargs = earlier[: len(args)], dict(zip(kwargs, earlier[len(args) :], strict=True))
            for name, value in given:
                if name in kwargs:
                    raise errors.duplicate_argument(name, value.loc, None)
                kwargs[name] = value
        return args, kwargs

    def _spread_keywords(self, node: n.Expr) -> list[tuple[str, Operand]]:
        """Return the names and values that `**node` stands for."""
        loc = self.loc(node.span)
        if isinstance(node, n.Dict):
            return self._written_keywords(node)
        op = self.eval(node)
        if isinstance(op.val, BlueDict) and all(isinstance(name, str) for name in op.val.items):
            return [(name, value.at(loc)) for name, (_, value) in op.val.items.items()]
        if op.w_T is b.W_EMPTY_DICT:
            return []
        w_T = op.w_T
        if not isinstance(w_T, W_StructType) or not is_keywords(w_T):
            raise errors.not_keywords(op, loc)
        if not op.known:
            op = self.keep(op, "kw")
        return [(name, self.get_field(op, name, loc)) for name in w_T.fields or {}]

    def _written_keywords(self, node: n.Dict) -> list[tuple[str, Operand]]:
        """Return the items of `**{"a": 1, **more}`; a later one replaces an earlier one, as in any dict."""
        given: dict[str, Operand] = {}
        for key_node, value_node in zip(node.keys, node.values, strict=True):
            if key_node is None:
                given |= self._spread_keywords(value_node)
                continue
            key = self.eval(key_node)
            if not key.blue or key.w_T is not b.W_STR:
                raise errors.expected_blue("keywords must be strings that are known early", key)
            given[key.val] = self.eval(value_node)
        return list(given.items())

    def eval_starred(
        self,
        elts: tuple[n.Expr, ...],
        expected: list[W_Type | None] | None = None,
    ) -> list[Operand]:
        """Evaluate expressions; `*t` stands for the items of the tuple t."""
        result: list[Operand] = []
        for elt in elts:
            position = self.position()
            if isinstance(elt, n.Starred):
                more = self.spread(self.eval(elt.value), self.loc(elt.span))
            else:
                wanted = expected[len(result)] if expected and len(result) < len(expected) else None
                more = [self.eval(elt, wanted)]
            result = [*self.evaluated_at(result, position), *more]
        return result

    def _eval_argument(self, node: n.Expr, param: Param | None) -> Operand:
        wanted = None if param is None else param.w_T
        try:
            return self.eval(node, wanted)
        except SpyError as error:
            if param is None or wanted is None or not isinstance(node, (n.List, n.Dict, n.Tuple)):
                raise
            raise blame.because(
                error, param.loc, f"expected `{wanted.display}` because of the parameter `{param.name}`"
            ) from None
