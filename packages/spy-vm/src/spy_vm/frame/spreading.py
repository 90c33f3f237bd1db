"""Displays that spread containers whose length only run time knows: `[*xs, 1]`, `{*xs}`, `{**d, "k": 1}`.

[*xs, 1]     ->     result = []; result.extend(xs); result.append(1)
"""

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.dispatch import attribute
from spy_vm.dispatch.convert import convert
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.meta import BlueList
from spy_vm.objects.operand import UNKNOWN, Operand, W_Type, blue
from spy_vm.objects.types import is_keywords

WHOLE = {"list": "extend", "set": "update", "dict": "update"}
WHAT = {
    "list": ["elements of this list"],
    "set": ["elements of this set"],
    "dict": ["keys of this dict", "values of this dict"],
}

Part = tuple[bool, list[Operand]]  # whether it is spread; a container, or an item, or a key and a value


class Spreading(Frame):
    """Containers made of other ones."""

    def spread_items(self, elts: tuple[n.Expr, ...], wanted: list[W_Type]) -> list[Part]:
        """Return the parts of a list or set display, evaluated."""
        parts: list[Part] = []
        for elt in elts:
            if not isinstance(elt, n.Starred):
                parts.append((False, [self.keep(self.eval(elt, wanted[0] if wanted else None), "s")]))
                continue
            op = self.eval(elt.value)
            if self._is_early(op):
                parts += [(False, [item]) for item in self.spread(op, self.loc(elt.span))]
            else:
                parts.append((True, [self.keep(op, "s")]))
        return parts

    def spread_pairs(self, node: n.Dict, wanted: list[W_Type]) -> list[Part]:
        """Return the parts of a dict display, evaluated."""
        parts: list[Part] = []
        w_key, w_value = wanted if wanted else (None, None)
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                parts.append((True, [self.keep(self.eval(value), "s")]))
                continue
            pair = [self.keep(self.eval(key, w_key), "k"), self.keep(self.eval(value, w_value), "v")]
            parts.append((False, pair))
        return parts

    def join_parts(self, kind: str, parts: list[Part], wanted: list[W_Type], loc: Loc) -> Operand:
        """Return a new container of all parts."""
        if not any(spread for spread, _ in parts):
            return self.make_container(kind, [row for _, row in parts], wanted, loc)
        types = wanted or [
            self.common_type([self._sample(kind, part, i, loc) for part in parts], what)
            for i, what in enumerate(WHAT[kind])
        ]
        w_T = self.library_type(kind, types, loc)
        result = self.keep(self.instantiate(w_T, [], {}, loc), "d")
        push = self.world.method(w_T, "_push")
        assert push is not None
        for spread, row in parts:
            if spread:
                self.discard(attribute.call_method(self, result, WHOLE[kind], row, {}, loc))
                continue
            ops = [convert(self, op, w_item) for op, w_item in zip(row, types, strict=True)]
            self.discard(self.call_func(push, [result, *ops], loc))
        return result

    def _sample(self, kind: str, part: Part, i: int, loc: Loc) -> Operand:
        """Return an operand of the type that a part adds to the container."""
        spread, row = part
        if not spread:
            return row[i]
        (op,) = row
        if kind == "dict":
            types = self.expected_args(op.w_T, "dict", 2)
            if not types:
                raise errors.unsupported(f"`**` before a `{op.w_T.display}`", op.loc or loc)
            return Operand(types[i], UNKNOWN, False, op.loc)
        item_type = self.world.lookup_target("_iter::item_type", loc)
        w_item: W_Type = self.call(item_type, [blue(b.W_TYPE, op.w_T, loc)], {}, loc).val
        return Operand(w_item, UNKNOWN, False, op.loc)

    def _is_early(self, op: Operand) -> bool:
        return isinstance(op.val, BlueList) or self.tuple_fields(op.w_T) is not None or is_keywords(op.w_T)


def spreads(elts: tuple[n.Expr, ...]) -> bool:
    """Whether one of `elts` is starred."""
    return any(isinstance(elt, n.Starred) for elt in elts)
