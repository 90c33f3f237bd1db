"""Annotations, and SPy code in strings."""

from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.dispatch.convert import try_convert
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type


class Annotations(Frame):
    """Expressions that name types; quoted ones."""

    def eval_type(self, node: n.Expr) -> W_Type:
        """Return the type that an annotation names."""
        if isinstance(node, n.StrLit):
            return self.eval_type(self.parse_annotation(node))
        if isinstance(node, n.BinOp) and node.op == "|":
            return self.world.union_type([self.eval_type(node.left), self.eval_type(node.right)])
        op = self.eval(node)
        if op.w_T is b.W_NONE:
            return b.W_NONE
        if op.w_T is b.W_META_ARG or op.w_T is not b.W_TYPE:
            converted = try_convert(self, op, b.W_TYPE) if op.w_T is not b.W_META_ARG else None
            if converted is None or not converted.known:
                raise errors.expected_type(op)
            op = converted
        if not op.blue:
            raise errors.expected_blue("an annotation must be blue", op)
        w_T: W_Type = op.val
        return w_T

    def parse_annotation(self, node: n.StrLit) -> n.Expr:
        """Return the expression inside a quoted annotation."""
        parse = getattr(self.world.loader, "parse_expression", None)
        if parse is None:
            if node.value.isidentifier():
                return n.Name(node.span, node.value)
            raise errors.unsupported("this quoted annotation", self.loc(node.span))
        result: n.Expr = parse(node.value, self.file, node.span)
        return result

    def eval_BlockExpr(self, node: n.BlockExpr, expected: W_Type | None) -> Operand:
        return self.block_value(node.body, node.value)

    def block_value(self, body: tuple[n.Stmt, ...], value: n.Expr) -> Operand:
        """Run statements inside an expression, then return the value."""
        self.exec_block(body)
        return self.eval(value)
