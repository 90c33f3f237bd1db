"""Structs, tuples and pointers: the operations that Program IR has nodes for."""

from typing import TYPE_CHECKING, Any

from spy_types.loc import Loc
from spy_types.program.nodes import AddrOf, Alloc, Expr, GetField, Load, MakeStruct, Pos, PtrOp

from spy_vm import errors, memory
from spy_vm.frame.calls import Calls
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import Param, W_Func, W_Intrinsic
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.types import W_PtrType, W_SingleType, W_StructType, W_Type

if TYPE_CHECKING:
    from collections.abc import Sequence


class MemoryOps(Calls):
    """Fields, tuples, loads and stores."""

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
        return None

    def struct_eq_func(self, w_T: W_Type) -> W_Func:
        """Return the function that compares two structs of type `w_T` field by field."""
        found = self.world.method(w_T, "__eq__")
        if found is not None:
            return found
        raise errors.cannot_do("==", blue(w_T, None), blue(w_T, None), None)

    # --- pointers ------------------------------------------------------------------------------------

    def alloc(self, w_T: W_PtrType, count: Operand, loc: Loc | None) -> Operand:
        """Return a new block of `count` zeroed items."""
        zeros = tuple(leaf.zero() for leaf in w_T.w_item.leaves)

        def residual(exprs: list[Expr], pos: Pos) -> Expr:
            return Alloc(w_T.fqn, pos, exprs[0])

        return self.run_intrinsic([count], w_T, lambda n: memory.alloc(n, zeros), residual, loc)

    def load_item(
        self, ptr: Operand, index: Operand | None, path: tuple[str, ...], w_T: W_Type, loc: Loc | None
    ) -> Operand:
        """Return what `ptr[index].path` is to a reader: a value, or a reference if it is a struct."""
        if not isinstance(w_T, W_StructType):
            return self.load(ptr, index, path, w_T, loc)
        assert isinstance(ptr.w_T, W_PtrType)
        w_ref = self.world.ptr_type(ptr.w_T.kind, w_T, ref=True)
        offset, width = field_offset(ptr.w_T.w_item, path), len(w_T.leaves)
        args = [ptr] if index is None else [ptr, index]

        def residual(exprs: list[Expr], pos: Pos) -> Expr:
            return AddrOf(w_ref.fqn, pos, exprs[0], exprs[1] if index is not None else None, path)

        def compute(block: Any, i: int = 0) -> Any:
            return memory.address(block, i, offset, width)

        return self.run_intrinsic(args, w_ref, compute, residual, loc)

    def load(
        self, ptr: Operand, index: Operand | None, path: tuple[str, ...], w_T: W_Type, loc: Loc | None
    ) -> Operand:
        """Return `ptr[index].path` by value."""
        assert isinstance(ptr.w_T, W_PtrType)
        offset, shape = field_offset(ptr.w_T.w_item, path), w_T.shape
        args = [ptr] if index is None else [ptr, index]

        def residual(exprs: list[Expr], pos: Pos) -> Expr:
            base = exprs[0]
            if isinstance(base, AddrOf) and index is None:
                return Load(w_T.fqn, pos, base.ptr, base.index, (*base.path, *path))
            return Load(w_T.fqn, pos, base, exprs[1] if index is not None else None, path)

        def compute(block: Any, i: int = 0) -> Any:
            return memory.load(block, i, offset, shape)

        return self.run_intrinsic(args, w_T, compute, residual, loc)

    def store(
        self, ptr: Operand, index: Operand | None, path: tuple[str, ...], value: Operand, loc: Loc | None
    ) -> None:
        """Do `ptr[index].path = value`."""
        assert isinstance(ptr.w_T, W_PtrType)
        w_T = field_type(ptr.w_T.w_item, path)
        value = self.convert(value, w_T)
        self.run_store(ptr, index, path, value, field_offset(ptr.w_T.w_item, path), w_T, loc)

    def run_store(
        self,
        ptr: Operand,
        index: Operand | None,
        path: tuple[str, ...],
        value: Operand,
        offset: int,
        w_T: W_Type,
        loc: Loc | None,
    ) -> None:
        """Store now. The specialiser overrides this."""
        memory.store(ptr.val, index.val if index is not None else 0, offset, w_T.shape, value.val)

    def ptr_op(self, name: Any, args: list[Operand], w_T: W_Type, loc: Loc | None) -> Operand:
        """Do one of the operations of PtrOp."""
        w_ptr = next(arg.w_T for arg in args if isinstance(arg.w_T, W_PtrType))
        leaves = tuple(leaf.fqn for leaf in w_ptr.w_item.leaves)

        def residual(exprs: list[Expr], pos: Pos) -> Expr:
            return PtrOp(w_T.fqn, pos, name, tuple(exprs))

        def compute(*vals: Any) -> Any:
            return memory.ptr_op(name, vals, leaves)

        return self.run_intrinsic(args, w_T, compute, residual, loc)


def field_type(w_T: W_Type, path: tuple[str, ...]) -> W_Type:
    """Return the type of the field at `path` inside `w_T`."""
    for name in path:
        assert isinstance(w_T, W_StructType)
        assert w_T.fields is not None
        w_T = w_T.fields[name]
    return w_T


def field_offset(w_T: W_Type, path: tuple[str, ...]) -> int:
    """Return how many scalars stand before the field at `path` inside `w_T`."""
    total = 0
    for name in path:
        assert isinstance(w_T, W_StructType)
        total += w_T.offset(name)
        w_T = field_type(w_T, (name,))
    return total


def is_simple(expr: Expr) -> bool:
    """Whether evaluating `expr` any number of times, in any order with others of its kind, makes no difference."""
    from spy_types.program.nodes import Const, Local  # noqa: PLC0415

    match expr:
        case Const() | Local():
            return True
        case GetField(value=value):
            return is_simple(value)
        case MakeStruct(args=args):
            return all(is_simple(arg) for arg in args)
        case _:
            return False


def make_intrinsic_new(w_T: W_StructType, params: list[Param]) -> W_Intrinsic:
    """Return `T.__make__`."""

    def residual(exprs: list[Expr], pos: Pos) -> Expr:
        return MakeStruct(w_T.fqn, pos, tuple(exprs))

    return W_Intrinsic(f"{w_T.fqn}::__make__", params, w_T, lambda *vals: vals, residual, pure=True)
