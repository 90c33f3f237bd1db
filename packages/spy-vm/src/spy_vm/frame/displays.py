"""Displays: `[a, b]`, `(a, b)`, `{k: v}`, and spreading with `*`."""

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.dispatch import item
from spy_vm.dispatch.convert import convert, try_convert
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.meta import BlueDict, BlueList
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_StructType


class Displays(Frame):
    """List, tuple and dict displays."""

    def eval_Tuple(self, node: n.Tuple, expected: W_Type | None) -> Operand:
        names = self.tuple_fields(expected) if expected is not None else None
        wanted: list[W_Type | None] = []
        if names is not None and len(names) == len(node.elts) and isinstance(expected, W_StructType):
            wanted = list((expected.fields or {}).values())
        items = [self.concrete(op, self.loc(node.span)) for op in self.eval_starred(node.elts, wanted)]
        if wanted and len(items) == len(wanted):
            converted = [
                try_convert(self, op, w_T) if w_T else op for op, w_T in zip(items, wanted, strict=True)
            ]
            items = [new or old for new, old in zip(converted, items, strict=True)]
        return self.make_tuple(items, self.loc(node.span))

    def eval_List(self, node: n.List, expected: W_Type | None) -> Operand:
        loc = self.loc(node.span)
        w_item = self._expected_args_of(expected, "list", 1)
        items = self.eval_starred(node.elts, [w_item[0]] * len(node.elts) if w_item else [])
        if not items and not w_item:
            return blue(b.W_EMPTY_LIST, None, loc)
        if any(op.w_T is b.W_META_ARG or op.w_T is b.W_TYPE for op in items):
            return blue(b.W_BLUE_LIST, BlueList(items), loc)
        w_T = w_item[0] if w_item else self.common_type(items, "elements of this list")
        return self.build_list(w_T, items, loc)

    def eval_Dict(self, node: n.Dict, expected: W_Type | None) -> Operand:
        loc = self.loc(node.span)
        if any(key is None for key in node.keys):
            raise errors.unsupported("`**` in a dict display", loc)
        wanted = self._expected_args_of(expected, "dict", 2)
        if not node.keys and not wanted:
            return blue(b.W_EMPTY_DICT, None, loc)
        w_key, w_value = wanted if wanted else (None, None)
        pairs = []
        for key_node, value_node in zip(node.keys, node.values, strict=True):
            assert key_node is not None
            pairs.append((self.eval(key_node, w_key), self.eval(value_node, w_value)))
        if any(op.w_T is b.W_TYPE for _, op in pairs):
            return self.blue_dict(pairs, loc)
        if w_key is None or w_value is None:
            w_key = self.common_type([key for key, _ in pairs], "keys of this dict")
            w_value = self.common_type([value for _, value in pairs], "values of this dict")
        w_dict = self.library_type("dict", [w_key, w_value], loc)
        result = self._new_display(w_dict, len(pairs), loc)
        push = self.world.method(w_dict, "_push")
        assert push is not None
        for key, value in pairs:
            entry = [convert(self, key, w_key), convert(self, value, w_value)]
            result = self.call_func(push, [result, *entry], key.loc)
        return result

    def build_list(self, w_T: W_Type, items: list[Operand], loc: Loc) -> Operand:
        """Return a new `list[T]` of `items`."""
        w_list = self.library_type("list", [w_T], loc)
        result = self._new_display(w_list, len(items), loc)
        push = self.world.method(w_list, "_push")
        assert push is not None
        for op in items:
            item = convert(self, op, w_T)
            result = self.call_func(push, [result, item], op.loc)
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
        names = self.tuple_fields(op.w_T)
        if names is None:
            raise errors.unsupported(
                f"`*` before a `{op.w_T.display}`",
                loc,
                "only a tuple can be spread: its length is known early",
            )
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

    def _expected_args_of(self, expected: W_Type | None, name: str, count: int) -> list[W_Type]:
        if expected is None:
            return []
        generic = self.world.lookup_builtin(name)
        if generic is None or expected.origin is not generic.val:
            return []
        args: list[W_Type] = expected.origin_args
        return args if len(args) == count else []
