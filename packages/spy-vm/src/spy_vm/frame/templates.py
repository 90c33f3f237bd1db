"""Literal templates, taken apart before run time: `"{:>5} {name}".format(x, name=y)`, `"%5.2f" % x`."""

import re
from collections.abc import Iterator
from string import Formatter
from typing import NoReturn

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.dispatch import attribute, item
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, blue

PERCENT = re.compile(r"%(?P<flags>[-+ #0]*)(?P<width>\d*)(?P<precision>\.\d*)?[hlL]?(?P<kind>.|$)", re.DOTALL)
STEP = re.compile(r"\.(\w+)|\[([^\]]*)\]")


class Templates(Frame):
    """`str.format` and `%` on literals."""

    def format_template(self, text: str, node: n.Call, loc: Loc) -> Operand:
        """Return `text.format(...)` with the arguments of `node`."""
        args, kwargs = self.eval_args(node)
        given = {str(i): self.keep(op, "a") for i, op in enumerate(args)}
        given |= {name: self.keep(op, "a") for name, op in kwargs.items()}
        numbers = iter(range(len(args) + 1))
        return self.joined(self._fields(text, given, numbers, loc), loc)

    def percent_template(self, text: str, node: n.Expr, loc: Loc) -> Operand:
        """Return `text % node`."""
        args = self._percent_arguments(node, loc)
        parts: list[Operand] = []
        end = used = 0
        for match in PERCENT.finditer(text):
            parts.append(blue(b.W_STR, text[end : match.start()], loc))
            end = match.end()
            if match["kind"] == "%":
                parts.append(blue(b.W_STR, "%", loc))
                continue
            if used == len(args):
                self._bad_template("not enough arguments for format string", loc)
            parts.append(self._percent_part(match, args[used], loc))
            used += 1
        if used < len(args):
            self._bad_template("not all arguments converted during string formatting", loc)
        parts.append(blue(b.W_STR, text[end:], loc))
        return self.joined(iter(parts), loc)

    def joined(self, parts: Iterator[Operand], loc: Loc) -> Operand:
        """Return the texts one after another."""
        result = blue(b.W_STR, "", loc)
        for part in parts:
            result = part if result.known and result.val == "" else self.binary("+", result, part, loc)
        return result

    def _fields(
        self, text: str, given: dict[str, Operand], numbers: Iterator[int], loc: Loc
    ) -> Iterator[Operand]:
        try:
            fields = list(Formatter().parse(text))
        except ValueError as error:
            self._bad_template(str(error), loc)
        for literal, field, spec, conversion in fields:
            if literal:
                yield blue(b.W_STR, literal, loc)
            if field is None:
                continue
            value = self._field(field, given, numbers, loc)
            wanted = self.joined(self._fields(spec, given, numbers, loc), loc) if spec else None
            yield self.format_value(value, conversion or "", wanted, loc)

    def _field(self, field: str, given: dict[str, Operand], numbers: Iterator[int], loc: Loc) -> Operand:
        steps = list(STEP.finditer(field))
        name = field[: steps[0].start()] if steps else field
        name = name or str(next(numbers, len(given)))
        if name not in given:
            self._bad_template(f"there is no argument `{name}` for this template", loc)
        value = given[name]
        for step in steps:
            if step[1] is not None:
                value = attribute.get_attr(self, value, step[1], loc)
                continue
            number = step[2].isdigit()
            key = blue(b.W_I32, int(step[2]), loc) if number else blue(b.W_STR, step[2], loc)
            value = item.get_item(self, value, [key], loc)
        return value

    def _percent_arguments(self, node: n.Expr, loc: Loc) -> list[Operand]:
        if isinstance(node, n.Tuple):
            return [self.keep(op, "a") for op in self.eval_starred(node.elts)]
        op = self.eval(node)
        return self.spread(op, loc) if self.tuple_fields(op.w_T) is not None else [op]

    def _percent_part(self, match: re.Match[str], op: Operand, loc: Loc) -> Operand:
        kind, flags = match["kind"], match["flags"]
        left, sign = "-" in flags, "+" if "+" in flags else " " if " " in flags else ""
        if kind in ("s", "r", "a"):
            shown = self.format_value(op, kind, None, loc)
            width = f"{'<' if left else '>'}{match['width']}" if match["width"] else ""
            spec = width + (match["precision"] or "")
            return self.format_value(shown, "", blue(b.W_STR, spec, loc), loc) if spec else shown
        if kind == "c":
            shown = op if op.w_T is b.W_STR else self.call(self.world.builtins["chr"], [op], {}, loc)
            return self.format_value(shown, "", blue(b.W_STR, f"{'<' if left else '>'}{match['width']}"), loc)
        if kind not in "diouxXeEfFgG" or (kind in "diouxX" and match["precision"]):
            self._bad_template(f"unsupported format character '{kind}'", loc)
        if kind in "diu" and op.w_T in b.FLOAT_TYPES:
            op = self.instantiate(b.W_I64, [op], {}, loc)
        if op.w_T not in b.NUMERIC_TYPES and op.w_T is not b.W_BOOL:
            self._bad_template(f"%{kind} format: a number is required, not {op.w_T.display}", op.loc or loc)
        alternative = "#" if "#" in flags and kind in "oxX" else ""
        zero = "0" if "0" in flags and not left else ""
        spec = ("<" if left else "" if zero else ">") + sign + alternative + zero + match["width"]
        spec += (match["precision"] or "") + ("d" if kind in "diu" else kind)
        return self.format_value(op, "", blue(b.W_STR, spec, loc), loc)

    def _bad_template(self, text: str, loc: Loc) -> NoReturn:
        raise errors.fault("VM094", text, (loc, "this template and its arguments do not fit"))


def template_of(node: n.Expr) -> str | None:
    """Return the text of a literal template, None if `node` is none."""
    return node.value if isinstance(node, n.StrLit) else None
