"""Displays: `[a, b]`, `(a, b)`, `{k: v}`, and spreading with `*`."""

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm.dispatch import item
from spy_vm.dispatch.convert import convert, try_convert
from spy_vm.frame import sequences
from spy_vm.frame.spreading import Spreading, spreads
from spy_vm.objects import builtin as b
from spy_vm.objects.meta import BlueDict, BlueList
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_StructType, W_UnionType, is_keywords

EMPTY = {"list": b.W_EMPTY_LIST, "dict": b.W_EMPTY_DICT}
PARTS = {
    "list": ["elements of this list"],
    "set": ["elements of this set"],
    "dict": ["keys of this dict", "values of this dict"],
}


class Displays(Spreading):
    """List, tuple, set and dict displays."""

    def eval_Tuple(self, node: n.Tuple, expected: W_Type | None) -> Operand:
        names = self.tuple_fields(expected) if expected is not None else None
        wanted: list[W_Type | None] = []
        if names is not None and len(names) == len(node.elts) and isinstance(expected, W_StructType):
            wanted = list((expected.fields or {}).values())
        w_item = sequences.item_of(expected)
        if w_item is not None:
            wanted = [w_item] * len(node.elts)
        items = [self.concrete(op, self.loc(node.span)) for op in self.eval_starred(node.elts, wanted)]
        if any(map(sequences.is_spread, items)):
            return sequences.make(self, items, w_item, self.loc(node.span))
        if wanted and len(items) == len(wanted):
            converted = [
                try_convert(self, op, w_T) if w_T else op for op, w_T in zip(items, wanted, strict=True)
            ]
            items = [new or old for new, old in zip(converted, items, strict=True)]
        return self.make_tuple(items, self.loc(node.span))

    def eval_List(self, node: n.List, expected: W_Type | None) -> Operand:
        wanted = self.expected_args(expected, "list", 1)
        if spreads(node.elts) and not self.blue_frame:
            return self.join_parts("list", self.spread_items(node.elts, wanted), wanted, self.loc(node.span))
        items = self.eval_starred(node.elts, [*wanted] * len(node.elts))
        return self.make_container("list", [[op] for op in items], wanted, self.loc(node.span))

    def eval_Set(self, node: n.Set, expected: W_Type | None) -> Operand:
        wanted = self.expected_args(expected, "set", 1)
        if spreads(node.elts) and not self.blue_frame:
            return self.join_parts("set", self.spread_items(node.elts, wanted), wanted, self.loc(node.span))
        items = self.eval_starred(node.elts, [*wanted] * len(node.elts))
        return self.make_container("set", [[op] for op in items], wanted, self.loc(node.span))

    def eval_Dict(self, node: n.Dict, expected: W_Type | None) -> Operand:
        loc = self.loc(node.span)
        wanted = self.expected_args(expected, "dict", 2)
        if any(key is None for key in node.keys):
            return self.join_parts("dict", self.spread_pairs(node, wanted), wanted, loc)
        w_key, w_value = wanted if wanted else (None, None)
        flat: list[Operand] = []
        for key_node, value_node in zip(node.keys, node.values, strict=True):
            assert key_node is not None
            for part, w_part in ((key_node, w_key), (value_node, w_value)):
                position = self.position()
                op = self.eval(part, w_part)
                flat = [*self.evaluated_at(flat, position), op]
        rows = [[key, value] for key, value in zip(flat[::2], flat[1::2], strict=True)]
        return self.make_container("dict", rows, wanted, loc)

    def make_container(self, kind: str, rows: list[list[Operand]], wanted: list[W_Type], loc: Loc) -> Operand:
        """Return a list or set of items, or a dict of keys and values; `wanted` are the types asked for."""
        if not rows and not wanted and kind in EMPTY:
            return blue(EMPTY[kind], None, loc)
        if kind == "list" and any(op.w_T is b.W_META_ARG or op.w_T is b.W_TYPE for (op,) in rows):
            return blue(b.W_BLUE_LIST, BlueList([op for (op,) in rows]), loc)
        if kind == "dict" and any(value.w_T is b.W_TYPE for _, value in rows):
            return self.blue_dict([(key, value) for key, value in rows], loc)
        types = wanted or [
            self.common_type([row[i] for row in rows], what) for i, what in enumerate(PARTS[kind])
        ]
        return self._fill(self.library_type(kind, types, loc), types, rows, loc)

    def build_list(self, w_T: W_Type, items: list[Operand], loc: Loc) -> Operand:
        """Return a new `list[T]` of `items`."""
        return self._fill(self.library_type("list", [w_T], loc), [w_T], [[op] for op in items], loc)

    def _fill(self, w_T: W_Type, types: list[W_Type], rows: list[list[Operand]], loc: Loc) -> Operand:
        result = self._new_display(w_T, len(rows), loc)
        push = self.world.method(w_T, "_push")
        assert push is not None
        for row in rows:
            ops = [convert(self, op, w_item) for op, w_item in zip(row, types, strict=True)]
            result = self.call_func(push, [result, *ops], row[0].loc)
        return result

    def blue_dict(self, pairs: list[tuple[Operand, Operand]], loc: Loc) -> Operand:
        """Return a dict whose values are types: it exists early only."""
        result = BlueDict()
        for key, value in pairs:
            result.items[key.val] = (key, value)
        return blue(b.W_BLUE_DICT, result, loc)

    def spread(self, op: Operand, loc: Loc) -> list[Operand]:
        """Return the items that `*op` stands for."""
        if isinstance(op.val, BlueList):
            return list(op.val.items)
        if op.w_T is b.W_EMPTY_LIST:
            return []
        names = self.tuple_fields(op.w_T)
        if is_keywords(op.w_T):
            assert isinstance(op.w_T, W_StructType)
            return [blue(b.W_STR, name, loc) for name in op.w_T.fields or {}]
        if names is None:
            return sequences.spread_of(self, op, loc)
        if not op.known:
            op = self.keep(op, "t")
        return [self.get_field(op, name, loc) for name in names]

    def library_type(self, name: str, args: list[W_Type], loc: Loc) -> W_Type:
        generic = self.world.library(name, loc)
        w_T: W_Type = item.get_item(self, generic, [blue(b.W_TYPE, w_T) for w_T in args], loc).val
        return w_T

    def _new_display(self, w_T: W_Type, size: int, loc: Loc) -> Operand:
        make = self.world.method(w_T, "_new")
        if make is None:
            return self.instantiate(w_T, [], {}, loc)
        return self.call_func(make, [blue(b.W_I32, size, loc)], loc)

    def expected_args(self, expected: W_Type | None, name: str, count: int) -> list[W_Type]:
        """Return the type arguments of `expected` if it is a `name[...]`."""
        if expected is None:
            return []
        generic = self.world.lookup_builtin(name)
        members = expected.members if isinstance(expected, W_UnionType) else (expected,)
        fitting = [w_T for w_T in members if generic is not None and w_T.origin is generic.val]
        if len(fitting) != 1:
            return []
        args: list[W_Type] = fitting[0].origin_args
        return args if len(args) == count else []
