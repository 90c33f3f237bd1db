"""Literals: integers and floats take the type that is expected, if they fit."""

from spy_types.syntax import nodes as n

from spy_vm.dispatch.convert import round_f32
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type, blue


class Literals(Frame):
    """Numbers, text, `True`, `None`."""

    def eval_IntLit(self, node: n.IntLit, expected: W_Type | None) -> Operand:
        value = integer_value(node)
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

    def eval_EllipsisLit(self, node: n.EllipsisLit, expected: W_Type | None) -> Operand:
        return blue(b.W_ELLIPSIS, None, self.loc(node.span))

    def eval_NoneLit(self, node: n.NoneLit, expected: W_Type | None) -> Operand:
        return blue(b.W_NONE, None, self.loc(node.span))


def integer_value(node: n.IntLit) -> int:
    """Return the value of an integer literal in any base."""
    return int(node.text) if node.text.isdigit() else int(node.text.replace("_", ""), 0)
