"""Evaluation of expressions: one method a node, found through a table."""

from collections.abc import Callable
from typing import Any

from spy_types.errors import SpyError
from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.dispatch import attribute, item
from spy_vm.dispatch.binop import binary
from spy_vm.dispatch.convert import round_f32, try_convert
from spy_vm.dispatch.truth import unary
from spy_vm.frame import blame
from spy_vm.frame.displays import Displays
from spy_vm.frame.first_use import FirstUse
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.types import W_Type

ARITHMETIC = frozenset(("+", "-", "*", "//", "%", "**", "<<", ">>", "&", "|", "^"))


class Expressions(FirstUse):
    """Evaluation of expressions. `expected` is the type that the context wants, a hint for literals and displays."""

    def eval(self, node: n.Expr, expected: W_Type | None = None) -> Operand:
        """Return the operand that `node` evaluates to."""
        name = _EVAL.get(type(node))
        if name is None:
            raise errors.unsupported(describe(node), self.loc(node.span))
        result: Operand = getattr(self, name)(node, expected)
        return result

    def eval_truth(self, node: n.Expr) -> Operand:
        """Return the truth of `node`; `and`, `or` and `not` need no common type here."""
        match node:
            case n.BoolOp(op=symbol, values=values):
                return self._truth_chain(symbol, list(values), self.loc(node.span))
            case n.UnaryOp(op="not", operand=operand):
                return self.call_prim("bool_not", [self.eval_truth(operand)], self.loc(node.span))
            case _:
                return self.truth(self.eval(node))

    def eval_type(self, node: n.Expr) -> W_Type:
        """Return the type that an annotation names."""
        if isinstance(node, n.StrLit):
            return self.eval_type(self.parse_annotation(node))
        if isinstance(node, n.BinOp) and node.op == "|":
            raise errors.unsupported("union types", self.loc(node.span))
        op = self.eval(node)
        if op.w_T is b.W_NONE:
            return b.W_NONE
        if op.w_T is b.W_META_ARG or op.w_T is not b.W_TYPE:
            converted = try_convert(self, op, b.W_TYPE) if op.w_T is not b.W_META_ARG else None  # type: ignore[arg-type]
            if converted is None or not converted.known:
                raise errors.expected_type(op)
            op = converted
        if not op.blue:
            raise errors.expected_blue("an annotation must be blue", op)
        w_T: W_Type = op.val
        return w_T

    # --- literals ------------------------------------------------------------------------------------

    def eval_IntLit(self, node: n.IntLit, expected: W_Type | None) -> Operand:
        value = int(node.text.replace("_", ""), 0) if not node.text.isdigit() else int(node.text)
        loc = self.loc(node.span)
        if expected is not None and expected in b.INT_TYPES:
            low, high = b.INT_TYPES[expected]
            if low <= value <= high:
                return blue(expected, value, loc)
        return blue(b.W_I32 if value <= 2**31 - 1 else b.W_INT_LITERAL, value, loc)

    def eval_FloatLit(self, node: n.FloatLit, expected: W_Type | None) -> Operand:
        value = float(node.text)
        if expected is b.W_F32:
            return blue(b.W_F32, round_f32(value), self.loc(node.span))
        return blue(b.W_F64, value, self.loc(node.span))

    def eval_ImagLit(self, node: n.ImagLit, expected: W_Type | None) -> Operand:
        return blue(b.W_COMPLEX, complex(0.0, float(node.text)), self.loc(node.span))

    def eval_StrLit(self, node: n.StrLit, expected: W_Type | None) -> Operand:
        return blue(b.W_STR, node.value, self.loc(node.span))

    def eval_BytesLit(self, node: n.BytesLit, expected: W_Type | None) -> Operand:
        return blue(b.W_BYTES, node.value, self.loc(node.span))

    def eval_BoolLit(self, node: n.BoolLit, expected: W_Type | None) -> Operand:
        return blue(b.W_BOOL, node.value, self.loc(node.span))

    def eval_NoneLit(self, node: n.NoneLit, expected: W_Type | None) -> Operand:
        return blue(b.W_NONE, None, self.loc(node.span))

    def eval_JoinedStr(self, node: n.JoinedStr, expected: W_Type | None) -> Operand:
        loc = self.loc(node.span)
        result = blue(b.W_STR, "", loc)
        for i, part in enumerate(node.values):
            text = self.eval_StrLit(part, None) if isinstance(part, n.StrLit) else self._formatted(part)
            result = text if i == 0 else self.binary("+", result, text, loc)
        return result

    def _formatted(self, node: n.FormattedValue) -> Operand:
        loc = self.loc(node.span)
        if node.format_spec is not None and node.format_spec.values:
            raise errors.unsupported("format specs in f-strings", loc)
        if node.conversion == "a":
            raise errors.unsupported("`!a` in f-strings", loc)
        kind = "repr" if node.conversion == "r" or (node.debug and not node.conversion) else "str"
        text = self.text_of(self.eval(node.value), kind, loc)  # type: ignore[attr-defined]
        return self.binary("+", blue(b.W_STR, node.debug, loc), text, loc) if node.debug else text

    # --- names, attributes, items, calls -------------------------------------------------------------

    def eval_Name(self, node: n.Name, expected: W_Type | None) -> Operand:
        return self.read_name(node.id, node.span)

    def eval_Attribute(self, node: n.Attribute, expected: W_Type | None) -> Operand:
        obj = self.eval(node.value)
        return attribute.get_attr(self, obj, node.attr, self.loc(node.span))  # type: ignore[arg-type]

    def eval_Subscript(self, node: n.Subscript, expected: W_Type | None) -> Operand:
        obj = self.eval(node.value)
        return item.get_item(self, obj, self.eval_index(node.index), self.loc(node.span))  # type: ignore[arg-type]

    def eval_index(self, node: n.Expr) -> list[Operand]:
        """Return the operands between the brackets; `a, b` are two."""
        if isinstance(node, n.Tuple) and node.elts:
            return self.eval_starred(node.elts)
        return [self.eval(node)]

    def eval_Slice(self, node: n.Slice, expected: W_Type | None) -> Operand:
        loc = self.loc(node.span)
        parts = [
            blue(b.W_NONE, None, loc) if part is None else self.eval(part)
            for part in (node.lower, node.upper, node.step)
        ]
        return self.call(self.world.library("slice", loc), parts, {}, loc)

    def eval_Call(self, node: n.Call, expected: W_Type | None) -> Operand:
        loc = self.loc(node.span)
        if isinstance(node.func, n.Attribute):
            obj = self.eval(node.func.value)
            args, kwargs = self.eval_args(node)
            return attribute.call_method(self, obj, node.func.attr, args, kwargs, loc)  # type: ignore[arg-type]
        if isinstance(node.func, n.Name) and node.func.id == "__block__":
            return self.eval_block_string(node, loc)
        callee = self.eval(node.func)
        args, kwargs = self.eval_args(node, self._expected_args(callee), callee)
        return self.call(callee, args, kwargs, loc)

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

    # --- operators -----------------------------------------------------------------------------------

    def eval_BinOp(self, node: n.BinOp, expected: W_Type | None) -> Operand:
        wanted = expected if expected is not None and is_constant(node) else None
        left = self.eval(node.left, wanted)
        right = self.eval(node.right, wanted if node.op in ARITHMETIC else None)
        return self.binary(node.op, left, right, self.loc(node.span))

    def binary(self, symbol: str, left: Operand, right: Operand, loc: Loc) -> Operand:
        """Return `left symbol right`."""
        return binary(self, symbol, left, right, loc)  # type: ignore[arg-type]

    def eval_UnaryOp(self, node: n.UnaryOp, expected: W_Type | None) -> Operand:
        loc = self.loc(node.span)
        if node.op == "not":
            return self.call_prim("bool_not", [self.eval_truth(node.operand)], loc)
        if node.op == "-" and isinstance(node.operand, n.IntLit):
            return self._negative_literal(node.operand, expected, loc)
        return unary(self, node.op, self.eval(node.operand, expected), loc)  # type: ignore[arg-type]

    def _negative_literal(self, node: n.IntLit, expected: W_Type | None, loc: Loc) -> Operand:
        value = -self.eval_IntLit(node, None).val
        for w_T in (expected, b.W_I32):
            if w_T is not None and w_T in b.INT_TYPES and b.INT_TYPES[w_T][0] <= value <= b.INT_TYPES[w_T][1]:
                return blue(w_T, value, loc)
        return blue(b.W_INT_LITERAL, value, loc)

    def eval_Compare(self, node: n.Compare, expected: W_Type | None) -> Operand:
        loc = self.loc(node.span)
        left = self.eval(node.left)
        return self._compare_chain(left, list(zip(node.ops, node.comparators, strict=True)), loc)

    def _compare_chain(self, left: Operand, rest: list[tuple[str, n.Expr]], loc: Loc) -> Operand:
        (symbol, right_node), *others = rest
        right = self.eval(right_node)
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

    def compare(self, symbol: str, left: Operand, right: Operand, loc: Loc) -> Operand:
        """Return one comparison."""
        match symbol:
            case "in":
                return item.contains(self, left, right, loc)  # type: ignore[arg-type]
            case "not in":
                return self.call_prim("bool_not", [item.contains(self, left, right, loc)], loc)  # type: ignore[arg-type]
            case "is" | "is not":
                return item.identity(self, symbol, left, right, loc)  # type: ignore[arg-type]
            case _:
                return binary(self, symbol, left, right, loc)  # type: ignore[arg-type]

    def _truth_chain(self, symbol: str, values: list[n.Expr], loc: Loc) -> Operand:
        first, *rest = values
        left = self.eval_truth(first)
        if not rest:
            return left
        if left.known:
            return self._truth_chain(symbol, rest, loc) if left.val == (symbol == "and") else left
        short = blue(b.W_BOOL, symbol == "or", loc)
        more: Callable[[Any], Operand] = lambda f: f._truth_chain(symbol, rest, loc)  # noqa: E731
        if symbol == "and":
            return self.select(left, more, lambda f: short, loc)
        return self.select(left, lambda f: short, more, loc)

    def eval_BoolOp(self, node: n.BoolOp, expected: W_Type | None) -> Operand:
        return self._bool_op(node.op, list(node.values), self.loc(node.span), expected)

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
        more: Callable[[Any], Operand] = lambda f: f._bool_op(symbol, rest, loc, again.w_T)  # noqa: E731
        if symbol == "and":
            return self.select(test, more, lambda f: again, loc)
        return self.select(test, lambda f: again, more, loc)

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

    def eval_NamedExpr(self, node: n.NamedExpr, expected: W_Type | None) -> Operand:
        op = self.eval(node.value)
        return self.assign_expr(node.target.id, op, node.target.span)

    def assign_expr(self, name: str, op: Operand, span: Any) -> Operand:
        """Bind `name` inside an expression and return its value."""
        self.assign_name(name, op, span)
        return self.read_name(name, span)


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


def describe(node: n.Node) -> str:
    """Return what users call `node`."""
    return _WORDS.get(type(node), type(node).__name__)


_WORDS: dict[type[n.Node], str] = {
    n.EllipsisLit: "`...` as a value",
    n.Lambda: "lambda",
    n.ListComp: "list comprehensions",
    n.SetComp: "set comprehensions",
    n.DictComp: "dict comprehensions",
    n.GeneratorExp: "generator expressions",
    n.Set: "set displays",
    n.Await: "`await`",
    n.Yield: "generators (`yield`)",
    n.YieldFrom: "generators (`yield from`)",
    n.Starred: "`*` here",
    n.Try: "`try`",
    n.With: "`with`",
    n.Match: "`match`",
    n.TypeAlias: "`type` statements",
}

_EVAL: dict[type[n.Node], str] = {
    n.IntLit: "eval_IntLit",
    n.FloatLit: "eval_FloatLit",
    n.ImagLit: "eval_ImagLit",
    n.StrLit: "eval_StrLit",
    n.BytesLit: "eval_BytesLit",
    n.BoolLit: "eval_BoolLit",
    n.NoneLit: "eval_NoneLit",
    n.JoinedStr: "eval_JoinedStr",
    n.Name: "eval_Name",
    n.Attribute: "eval_Attribute",
    n.Subscript: "eval_Subscript",
    n.Slice: "eval_Slice",
    n.Call: "eval_Call",
    n.BinOp: "eval_BinOp",
    n.UnaryOp: "eval_UnaryOp",
    n.Compare: "eval_Compare",
    n.BoolOp: "eval_BoolOp",
    n.IfExp: "eval_IfExp",
    n.NamedExpr: "eval_NamedExpr",
    n.List: "eval_List",
    n.Tuple: "eval_Tuple",
    n.Dict: "eval_Dict",
}
