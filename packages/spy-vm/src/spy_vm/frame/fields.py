"""Structs and tuples: made of fields, read by field."""

from collections.abc import Sequence

from spy_types.loc import Loc
from spy_types.program.nodes import (
    Expr,
    GetField,
    MakeStruct,
    Pos,
)

from spy_vm import errors
from spy_vm.frame.simple import is_simple
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import (
    W_Func,
)
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_SingleType, W_StructType


class Fields(Frame):
    """Values with fields."""

    def make_struct(self, w_T: W_StructType, args: list[Operand], loc: Loc | None) -> Operand:
        """Return the struct of these field values, already of the fields' types."""
        tid = w_T.fqn

        def residual(exprs: list[Expr], pos: Pos) -> Expr:
            return MakeStruct(tid, pos, tuple(exprs))

        return self.intrinsic(args, w_T, lambda *vals: vals, residual, loc, pure=True)

    def get_field(self, obj: Operand, name: str, loc: Loc | None) -> Operand:
        """Return the field `name` of a struct value."""
        w_S = obj.w_T
        assert isinstance(w_S, W_StructType)
        assert w_S.fields is not None
        w_T = w_S.fields[name]
        index = w_S.index(name)
        if isinstance(w_T, W_SingleType):
            return self.after(obj, blue(w_T.w_of, w_T.val, loc))

        def residual(exprs: list[Expr], pos: Pos) -> Expr:
            value = exprs[0]
            if isinstance(value, MakeStruct) and all(is_simple(arg) for arg in value.args):
                return value.args[index]
            return GetField(w_T.fqn, pos, value, name)

        result = self.intrinsic([obj], w_T, lambda val: val[index], residual, loc, pure=True)
        result.declared = w_S.field_locs.get(name)
        return result

    def make_tuple(self, items: "Sequence[Operand]", loc: Loc | None) -> Operand:
        """Return the tuple of `items`."""
        w_T = self.tuple_type([item.w_T for item in items], loc)
        return self.make_struct(w_T, list(items), loc)

    def tuple_type(self, types: list[W_Type], loc: Loc | None) -> W_StructType:
        """Return `tuple[types]`."""
        generic = self.world.library("tuple", loc)
        result = self.call_blue(generic.val, [blue(b.W_TYPE, w_T) for w_T in types], loc)
        w_T = result.val
        assert isinstance(w_T, W_StructType)
        return w_T

    def tuple_fields(self, w_T: W_Type) -> list[str] | None:
        """Return the field names of a tuple type in order, or None if `w_T` is no tuple."""
        generic = self.world.builtins.get("tuple")
        if isinstance(w_T, W_StructType) and generic is not None and w_T.origin is generic.val:
            return list(w_T.fields or {})
        if isinstance(w_T, W_StructType) and w_T.named_items:
            return list(w_T.fields or {})
        return None

    def struct_eq_func(self, w_T: W_Type) -> W_Func:
        """Return the function that compares two structs of type `w_T` field by field."""
        found = self.world.method(w_T, "__eq__")
        if found is not None:
            return found
        raise errors.cannot_do("==", blue(w_T, None), blue(w_T, None), None)
