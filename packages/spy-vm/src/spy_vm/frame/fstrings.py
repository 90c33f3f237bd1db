"""f-strings: the texts of their parts, joined."""

from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type, blue


class FStrings(Frame):
    """`f"{a} and {b!r}"`."""

    def eval_JoinedStr(self, node: n.JoinedStr, expected: W_Type | None) -> Operand:
        loc = self.loc(node.span)
        result = blue(b.W_STR, "", loc)
        for i, part in enumerate(node.values):
            text = self._formatted(part) if isinstance(part, n.FormattedValue) else self.eval(part)
            result = text if i == 0 else self.binary("+", result, text, loc)
        return result

    def _formatted(self, node: n.FormattedValue) -> Operand:
        loc = self.loc(node.span)
        if node.format_spec is not None and node.format_spec.values:
            raise errors.unsupported("format specs in f-strings", loc)
        if node.conversion == "a":
            raise errors.unsupported("`!a` in f-strings", loc)
        kind = "repr" if node.conversion == "r" or (node.debug and not node.conversion) else "str"
        text = self.text_of(self.eval(node.value), kind, loc)
        return self.binary("+", blue(b.W_STR, node.debug, loc), text, loc) if node.debug else text
