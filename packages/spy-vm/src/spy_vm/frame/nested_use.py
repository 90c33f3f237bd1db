"""Empty displays inside empty displays: `groups[key] = []`, then `groups[key].append(x)`.

Only a look ahead over the function sees them: it finds the whole type, with which the walk that makes code
begins. Here the outer container waits, under its key type, for what its items will hold.
"""

from spy_types.loc import Loc

from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.unsettled import FACTORY, FIRST_USE, is_unsettled

ITEM = "[]"  # follows the name of the outer container in `pending`
INTO_DICT = ("__setitem__", "setdefault")
INTO_LIST = ("append", "insert")


class NestedUse(Frame):
    """Items of containers that are not settled."""

    def note_nested(self, obj: Operand, method: str, args: list[Operand]) -> bool:
        """Note that `obj` holds something that is not settled itself; return whether it does."""
        if not (self.looking_ahead and obj.pending and args):
            return False
        if method == "__getitem__" and FACTORY in obj.w_T.attrs:
            return self._note_made(obj, obj.pending, args[0])
        if not is_unsettled(args[-1]):
            return False
        if obj.w_T is b.W_EMPTY_DICT and method in INTO_DICT:
            self.nested[obj.pending] = (args[0].w_T, args[-1].w_T)
        elif obj.w_T is b.W_EMPTY_LIST and method in INTO_LIST:
            self.nested[obj.pending] = (None, args[-1].w_T)
        else:
            return False
        return True

    def _note_made(self, obj: Operand, pending: str, key: Operand) -> bool:
        """Note what `obj` makes for a missing key, if that is not settled either: `defaultdict(list)`."""
        made = self.call(obj.w_T.attrs[FACTORY], [], {}, obj.loc)
        if not is_unsettled(made):
            return False
        self.nested[pending] = (self.concrete(key, obj.loc or self.loc_unknown()).w_T, made.w_T)
        return True

    def item_of_unsettled(self, obj: Operand, loc: Loc | None) -> Operand | None:
        """Return an item of a container that only this look ahead has filled, with something not settled."""
        if obj.pending is None or obj.pending not in self.nested or not self.looking_ahead:
            return None
        item = Operand(self.nested[obj.pending][1], None, True, loc, None, obj.declared)
        item.pending = obj.pending + ITEM
        return item

    def settle_nested(self, pending: str, w_item: W_Type, loc: Loc | None) -> None:
        """Settle the outer container, now that an item of it has the type `w_item`."""
        outer = pending.removesuffix(ITEM)
        w_key, _ = self.nested[outer]
        where = loc or self.loc_unknown()
        held = self.locals.get(outer)
        if held is not None and FACTORY in held.w_T.attrs:
            use = held.w_T.attrs[FIRST_USE].val
            types = [blue(b.W_TYPE, w_X, loc) for w_X in (w_key, w_item)]
            w_T = self.call_blue(use, [blue(b.W_STR, "__setitem__", loc), *types], loc).val
        elif w_key is None:
            w_T = self.library_type("list", [w_item], where)
        else:
            w_T = self.library_type("dict", [w_key, w_item], where)
        if outer.endswith(ITEM):
            self.settle_nested(outer, w_T, loc)
        else:
            self.settle_empty(outer, w_T, loc)
