"""Pointers: loads, stores, references."""

from typing import Any

from spy_types.loc import Loc
from spy_types.program.nodes import (
    AddrOf,
    Expr,
    Load,
    Pos,
    PtrOp,
)

from spy_vm import memory
from spy_vm.interface.frame import Frame
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.objects.types import W_PtrType, W_StructType


class Pointers(Frame):
    """Memory behind pointers."""

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
        self.run_store(ptr, index, path, value, loc)

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
