"""Lists and dicts that exist early only: of types, of MetaArgs, of parameters."""

from collections.abc import Callable

from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.interface.frame import Frame, W_BuiltinMeta
from spy_vm.objects import builtin as b
from spy_vm.objects.meta import BlueDict, BlueList
from spy_vm.objects.operand import Operand, W_Type, blue

Method = Callable[[Frame, Operand, list[Operand], Loc | None], Operand]


class BlueContainers(Frame):
    """Methods and membership of `interp_list` and `interp_dict`."""

    def blue_container_attr(self, obj: Operand, name: str, loc: Loc | None) -> Operand | None:
        """Return the method `name` of a blue list or dict, bound to it."""
        method = METHODS.get(obj.w_T, {}).get(name)
        if method is None:
            return None

        def call(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
            return method(frame, obj, args, loc)

        return self.world.func_operand(W_BuiltinMeta(f"{obj.w_T.fqn}::{name}", call), loc)

    def blue_contains(self, item: Operand, container: Operand, loc: Loc | None) -> Operand:
        """Return `item in container`."""
        if isinstance(container.val, BlueDict):
            return blue(b.W_BOOL, item.val in container.val.items, loc)
        items: list[Operand] = container.val.items
        found = any(
            other.w_T is item.w_T
            and self.truth(self.binary("==", item, other, loc or self.loc_unknown())).val
            for other in items
        )
        return blue(b.W_BOOL, found, loc)

    def blue_equals(self, left: Operand, right: Operand, loc: Loc | None) -> bool:
        """Whether two blue containers of one type hold equal items."""
        if isinstance(left.val, BlueDict):
            found = [(item, right.val.items.get(key)) for key, (_, item) in left.val.items.items()]
            pairs = [(item, other[1] if other is not None else None) for item, other in found]
        else:
            pairs = list(zip(left.val.items, right.val.items, strict=False))
        return len(left.val.items) == len(right.val.items) and all(
            other is not None
            and item.w_T is other.w_T
            and bool(self.truth(self.binary("==", item, other, loc or self.loc_unknown())).val)
            for item, other in pairs
        )


def _append(frame: Frame, obj: Operand, args: list[Operand], loc: Loc | None) -> Operand:
    _expect("append", args, 1, loc)
    obj.val.items.append(args[0])
    return blue(b.W_NONE, None, loc)


def _keys(frame: Frame, obj: Operand, args: list[Operand], loc: Loc | None) -> Operand:
    _expect("keys", args, 0, loc)
    return _list([key for key, _ in obj.val.items.values()], loc)


def _values(frame: Frame, obj: Operand, args: list[Operand], loc: Loc | None) -> Operand:
    _expect("values", args, 0, loc)
    return _list([value for _, value in obj.val.items.values()], loc)


def _items(frame: Frame, obj: Operand, args: list[Operand], loc: Loc | None) -> Operand:
    _expect("items", args, 0, loc)
    return _list([_list(list(pair), loc) for pair in obj.val.items.values()], loc)


def _get(frame: Frame, obj: Operand, args: list[Operand], loc: Loc | None) -> Operand:
    if len(args) not in (1, 2):
        _expect("get", args, 2, loc)
    pair = obj.val.items.get(args[0].val)
    if pair is None:
        return args[1] if len(args) == 2 else blue(b.W_NONE, None, loc)
    found: Operand = pair[1]
    return found.at(loc)


def _expect(name: str, args: list[Operand], count: int, loc: Loc | None) -> None:
    if len(args) != count:
        expected = f"{count} argument{'' if count == 1 else 's'}"
        raise errors.wrong_arg_count(name, expected, len(args), loc, f"`{name}` called here", None)


def _list(items: list[Operand], loc: Loc | None) -> Operand:
    return blue(b.W_BLUE_LIST, BlueList(items), loc)


LIST_METHODS: dict[str, Method] = {"append": _append, "_push": _append}
DICT_METHODS: dict[str, Method] = {"keys": _keys, "values": _values, "items": _items, "get": _get}
METHODS: dict[W_Type, dict[str, Method]] = {b.W_BLUE_LIST: LIST_METHODS, b.W_BLUE_DICT: DICT_METHODS}
