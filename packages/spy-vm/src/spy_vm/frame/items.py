"""Subscripts that the language itself answers: text, tuples, blue containers."""

from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.meta import BlueDict, BlueList
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.types import W_StructType

SLICE = ("start", "stop", "step")


class Items(Frame):
    """`x[i]` without `__getitem__`."""

    def builtin_getitem(self, obj: Operand, index: list[Operand], loc: Loc | None) -> Operand | None:  # noqa: PLR0911  # one case after another
        """Return `obj[index]` for types of the language, or None if it is not one of them."""
        if obj.w_T is b.W_TYPE and obj.val in (b.W_BLUE_LIST, b.W_BLUE_DICT):
            # `interp_list[T]`: items have their own types
            return obj.at(loc)
        if len(index) != 1:
            return None
        if obj.w_T in (b.W_STR, b.W_BYTES) and index[0].w_T in b.INT_TYPES:
            return self.call_prim(f"{obj.w_T.fqn}_getitem", [obj, self.convert(index[0], b.W_I32)], loc)
        names = self.tuple_fields(obj.w_T)
        if names is not None and index[0].w_T in b.INT_TYPES and not self._library_indexes(obj, index[0]):
            return self._tuple_item(obj, names, index[0], loc)
        if isinstance(obj.val, BlueList):
            items = obj.val.items
            if index[0].w_T not in b.INT_TYPES:
                return blue(obj.w_T, BlueList(items[_as_slice(obj, index[0])]), loc)
            if not -len(items) <= index[0].val < len(items):
                raise errors.static_error("IndexError", "list index out of range", loc)
            found: Operand = items[index[0].val]
            return found.at(loc)
        if isinstance(obj.val, BlueDict):
            if index[0].val not in obj.val.items:
                raise errors.static_error("KeyError", f"key not found: {index[0].val!r}", loc)
            return obj.val.items[index[0].val][1].at(loc)
        return None

    def builtin_setitem(self, obj: Operand, index: list[Operand], value: Operand, loc: Loc | None) -> bool:
        """Do `obj[index] = value` for blue containers; return False if `obj` is something else."""
        if isinstance(obj.val, BlueDict):
            obj.val.items[index[0].val] = (index[0], value)
            return True
        if isinstance(obj.val, BlueList) and obj.w_T is b.W_BLUE_LIST:
            obj.val.items[index[0].val] = value
            return True
        return False

    def _library_indexes(self, obj: Operand, index: Operand) -> bool:
        """Whether the index is for run time, and items of one type let it be."""
        assert isinstance(obj.w_T, W_StructType)
        return not index.blue and len(set((obj.w_T.fields or {}).values())) == 1

    def _tuple_item(self, obj: Operand, names: list[str], index: Operand, loc: Loc | None) -> Operand:
        if not index.blue:
            raise errors.expected_blue("tuple index must be blue", index)
        if not -len(names) <= index.val < len(names):
            raise errors.fault(
                "VM048",
                "tuple index out of range",
                (index.loc, f"the tuple has {len(names)} items"),
                etype="IndexError",
            )
        return self.get_field(obj, names[index.val], loc)


def _as_slice(obj: Operand, index: Operand) -> slice:
    """Return the Python slice that a blue `slice` of the library stands for."""
    names = list(index.w_T.fields or {}) if isinstance(index.w_T, W_StructType) else []
    if not index.known or names != [*SLICE, *(f"{part}_is_none" for part in SLICE)]:
        raise errors.cannot_subscript(obj, f"[`{index.w_T.display}`]")
    numbers, absent = index.val[:3], index.val[3:]
    return slice(*(None if none else number for number, none in zip(numbers, absent, strict=True)))
