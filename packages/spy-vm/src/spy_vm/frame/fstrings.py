"""f-strings: the texts of their parts, joined."""

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

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
        value = self.eval(node.value)
        plain = node.format_spec is None or not node.format_spec.values
        conversion = node.conversion or ("r" if node.debug and plain else "")
        spec = None
        if node.format_spec is not None and not plain:
            if conversion:
                value, conversion = self.format_value(value, conversion, None, loc), ""
            spec = self.eval_JoinedStr(node.format_spec, None)
        value = self.format_value(value, conversion, spec, loc)
        return self.binary("+", blue(b.W_STR, node.debug, loc), value, loc) if node.debug else value

    def format_value(self, value: Operand, conversion: str, spec: Operand | None, loc: Loc) -> Operand:
        """Return what `{value!conversion:spec}` shows; no conversion is the empty text."""
        if conversion == "a":
            value = self.call(self.world.library("ascii", loc), [value], {}, loc)
        elif conversion:
            value = self.text_of(value, "str" if conversion == "s" else "repr", loc)
        elif value.w_T is b.W_DYNAMIC:
            return self.dynamic_op("format", [value] if spec is None else [value, spec], loc)
        if spec is not None:
            return self.call(self.world.library("format", loc), [value, spec], {}, loc)
        return value if conversion else self._plain(value, loc)

    def _plain(self, value: Operand, loc: Loc) -> Operand:
        """Return what `{value}` shows: `format(value, "")`, which is `str(value)` for almost all types."""
        empty = blue(b.W_STR, "", loc)
        return self.dunder("__format__", [value, empty], loc) or self.text_of(value, "str", loc)
