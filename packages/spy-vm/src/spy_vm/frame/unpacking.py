"""Unpacking: `a, b = value`, `a, *rest = value`."""

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.dispatch import item
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.meta import BlueList
from spy_vm.objects.operand import Operand, blue


class Unpacking(Frame):
    """Targets that are tuples."""

    def unpack(self, elts: tuple[n.Expr, ...], op: Operand, loc: Loc) -> None:
        names = self.tuple_fields(op.w_T)
        if isinstance(op.val, BlueList):
            self._unpack_blue(elts, op, op.val.items, loc)
            return
        if names is None:
            self._unpack_sequence(elts, op, loc)
            return
        if any(isinstance(elt, n.Starred) for elt in elts):
            self._unpack_starred(elts, op, names, loc)
            return
        if len(names) != len(elts):
            raise errors.wrong_unpack_count(op, loc, len(elts), len(names))
        if not op.known:
            op = self.keep(op, "t")
        for elt, name in zip(elts, names, strict=True):
            self.assign(elt, self.get_field(op, name, op.loc))

    def _unpack_blue(self, elts: tuple[n.Expr, ...], op: Operand, items: list[Operand], loc: Loc) -> None:
        if len(items) != len(elts):
            raise errors.wrong_unpack_count(op, loc, len(elts), len(items))
        for elt, value in zip(elts, items, strict=True):
            self.bind_unrolled(elt, value)

    def _unpack_starred(self, elts: tuple[n.Expr, ...], op: Operand, names: list[str], loc: Loc) -> None:
        star = next(i for i, elt in enumerate(elts) if isinstance(elt, n.Starred))
        after = len(elts) - star - 1
        if len(names) < len(elts) - 1:
            raise errors.wrong_unpack_count(op, loc, len(elts) - 1, len(names))
        items = self.spread(op, loc)
        starred = elts[star]
        assert isinstance(starred, n.Starred)
        middle = items[star : len(items) - after]
        for elt, value in zip(elts[:star], items[:star], strict=True):
            self.assign(elt, value)
        if not middle:
            raise errors.unsupported(
                "an empty starred target", self.loc(starred.span), "its item type is not known"
            )
        self.assign(
            starred.value, self.build_list(self.common_type(middle, "values of this target"), middle, loc)
        )
        for elt, value in zip(elts[star + 1 :], items[len(items) - after :], strict=True):
            self.assign(elt, value)

    def _unpack_sequence(self, elts: tuple[n.Expr, ...], op: Operand, loc: Loc) -> None:
        star = next((i for i, elt in enumerate(elts) if isinstance(elt, n.Starred)), None)
        if op.w_T is b.W_DYNAMIC:
            op = self.dynamic_op("iter", [op], loc)
        if star is None and self.world.method(op.w_T, "_unpack") is None:
            op = self._as_list(op, loc, blue(b.W_I32, len(elts), loc))
        elif star is not None:
            op = self._as_list(op, loc)
        op = self.keep(op, "s")
        if star is not None:
            self._unpack_list_starred(elts, star, op, loc)
            return
        unpack = self.world.method(op.w_T, "_unpack")
        assert unpack is not None
        self.discard(self.call_func(unpack, [op, blue(b.W_I32, len(elts), loc)], loc))
        for i, elt in enumerate(elts):
            self.assign(elt, item.get_item(self, op, [blue(b.W_I32, i, loc)], loc))

    def _unpack_list_starred(self, elts: tuple[n.Expr, ...], star: int, op: Operand, loc: Loc) -> None:
        """Do `a, *b, c = op`; making the list for `b` first checks that there is enough for the others."""
        starred = elts[star]
        assert isinstance(starred, n.Starred)
        after = len(elts) - star - 1
        bounds = [blue(b.W_I32, star, loc), blue(b.W_I32, after, loc)]
        middle = self.keep(
            self.call(self.world.lookup_target("_unpack::middle", loc), [op, *bounds], {}, loc), "m"
        )
        for i, elt in enumerate(elts):
            place = i if i < star else i - len(elts)
            self.assign(
                starred.value if i == star else elt,
                middle if i == star else item.get_item(self, op, [blue(b.W_I32, place, loc)], loc),
            )

    def _as_list(self, op: Operand, loc: Loc, count: Operand | None = None) -> Operand:
        """Return the items of any iterable as a list; only those needed if there must be `count`."""
        names = ("__fastiter__", "__iter__", "__getitem__")
        if not any(self.world.method(op.w_T, name) is not None for name in names):
            raise errors.cannot_unpack(op)
        if op.w_T.origin is self.world.library("list", loc).val:
            return op
        if count is not None:
            return self.call(self.world.lookup_target("_generators::unpacked", loc), [op, count], {}, loc)
        return self.call(self.world.library("list", loc), [op], {}, loc)
