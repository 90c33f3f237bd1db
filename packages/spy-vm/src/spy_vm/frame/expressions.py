"""Evaluation of expressions: one method a node, found through a table."""

from spy_types.loc import Span
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.dispatch import attribute, item
from spy_vm.frame.tables import EVAL, describe
from spy_vm.frame.writes import path_of
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_UnionType


class Expressions(Frame):
    """The way to each node.

    `expected` is the type that the context wants, a hint for literals and displays.
    """

    def eval(self, node: n.Expr, expected: W_Type | None = None) -> Operand:
        """Return the operand that `node` evaluates to."""
        name = EVAL.get(type(node))
        if name is None:
            raise errors.unsupported(describe(node), self.loc(node.span))
        result: Operand = getattr(self, name)(node, expected)
        return result

    def eval_Name(self, node: n.Name, expected: W_Type | None) -> Operand:
        op = self.read_name(node.id, node.span)
        return self.substituted(op) if op.w_T is b.W_TYPE_VAR else self.narrow((node.id,), op)

    def eval_Attribute(self, node: n.Attribute, expected: W_Type | None) -> Operand:
        op = self.read_attribute(node)
        if op.w_T is b.W_TYPE_VAR:
            return self.substituted(op)
        path = path_of(node) if isinstance(op.w_T, W_UnionType) else None
        return op if path is None else self.narrow(path, op)

    def read_attribute(self, node: n.Attribute) -> Operand:
        """Return `value.attr`, not narrowed."""
        obj = self.eval(node.value)
        return attribute.get_attr(self, obj, node.attr, self.loc(node.span))

    def eval_Subscript(self, node: n.Subscript, expected: W_Type | None) -> Operand:
        obj, position = self.eval(node.value), self.position()
        index = self.eval_index(node.index)
        (obj,) = self.evaluated_at([obj], position)
        return item.get_item(self, obj, index, self.loc(node.span))

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

    def eval_NamedExpr(self, node: n.NamedExpr, expected: W_Type | None) -> Operand:
        op = self.eval(node.value)
        return self.assign_expr(node.target.id, op, node.target.span)

    def assign_expr(self, name: str, op: Operand, span: Span) -> Operand:
        """Bind `name` inside an expression and return its value."""
        self.assign_name(name, op, span)
        return self.narrow((name,), self.read_name(name, span))
