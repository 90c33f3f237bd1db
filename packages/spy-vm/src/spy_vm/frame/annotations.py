"""Annotations, and SPy code in strings."""

from msgspec import structs
from spy_types.errors import SpyError
from spy_types.loc import is_library
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.dispatch.convert import try_convert
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type, blue

ABSTRACT = ("Sequence", "MutableSequence", "Collection", "Mapping", "MutableMapping", "Container", "Sized")


class Annotations(Frame):
    """Expressions that name types; quoted ones."""

    def eval_type(self, node: n.Expr) -> W_Type:
        """Return the type that an annotation names."""
        if isinstance(node, n.StrLit):
            return self.eval_type(self.parse_annotation(node))
        if isinstance(node, n.BinOp) and node.op == "|":
            return self.world.union_type([self.eval_type(node.left), self.eval_type(node.right)])
        op = self.eval(self._unquoted(node))
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

    def says_no_type(self, annotation: n.Expr) -> bool:
        """Whether an annotation leaves the type to the value: `Final`, `TypeAlias`."""
        return self._is_typing(annotation, ("Final", "TypeAlias"))

    def is_abstract(self, annotation: n.Expr) -> bool:
        """Whether an annotation names what many types are: `Sequence[T]`; a parameter takes any of them."""
        inner = annotation.value if isinstance(annotation, n.Subscript) else annotation
        return self._is_typing(inner, ABSTRACT)

    def _is_typing(self, node: n.Expr, names: tuple[str, ...]) -> bool:
        name = node.id if isinstance(node, n.Name) else node.attr if isinstance(node, n.Attribute) else ""
        if name not in names or "typing" not in self.world.modules:
            return False
        return self.eval(node).val is self.world.lookup_target(f"typing::{name}", None).val

    def exec_TypeAlias(self, stmt: n.TypeAlias) -> None:
        if stmt.type_params:
            raise errors.unsupported("type parameters of a `type` statement", self.loc(stmt.span))
        value = blue(b.W_TYPE, self.eval_type(stmt.value), self.loc(stmt.value.span))
        self.assign_name(stmt.name.id, value, stmt.name.span)

    def _unquoted(self, node: n.Expr) -> n.Expr:
        """Return an annotation with the strings among its type arguments parsed: `list["Node"]`."""
        if not isinstance(node, n.Subscript) or _takes_text(node.value) or is_library(self.file):
            return node
        index = node.index
        if isinstance(index, n.Tuple):
            index = structs.replace(index, elts=tuple(map(self._argument, index.elts)))
        return structs.replace(node, index=self._argument(index))

    def _argument(self, node: n.Expr) -> n.Expr:
        if not isinstance(node, n.StrLit):
            return self._unquoted(node)
        try:
            parsed = self.parse_annotation(node)
            self.eval_type(parsed)
        except SpyError:
            return node  # text that is meant as text
        return parsed

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


def _takes_text(node: n.Expr) -> bool:
    """Whether what stands before the brackets takes strings for what they are."""
    name = node.attr if isinstance(node, n.Attribute) else getattr(node, "id", "__annotations__")
    return name in ("Literal", "Annotated", "__annotations__")
