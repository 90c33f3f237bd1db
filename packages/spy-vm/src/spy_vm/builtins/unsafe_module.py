"""The module `unsafe`: pointers, allocation, memory operations, unchecked arithmetic."""

from typing import Any, Literal

from spy_types.loc import Loc
from spy_types.prims.table import PRIMS
from spy_types.program.nodes import AddrOf, Alloc, Expr, Pos

from spy_vm import errors, memory
from spy_vm.builtins.functions import expect
from spy_vm.dispatch import binop
from spy_vm.interface.frame import Body, Frame, W_BuiltinMeta
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import Param, W_Intrinsic
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.types import W_PtrType, W_Type
from spy_vm.registry.registry import Registry

Kind = Literal["raw", "gc"]


def _pointer(kind: Kind, *, ref: bool) -> Body:
    def get(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
        return blue(b.W_TYPE, frame.world.ptr_type(kind, _type(args, loc), ref=ref), loc)

    return get


def _alloc(kind: Kind) -> Body:
    def get(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
        w_ptr = frame.world.ptr_type(kind, _type(args, loc))

        def body(n: int) -> Any:
            return memory.alloc(n, tuple(leaf.zero() for leaf in w_ptr.w_item.leaves))

        def residual(exprs: list[Expr], pos: Pos) -> Expr:
            return Alloc(w_ptr.fqn, pos, exprs[0])

        w_func = W_Intrinsic(f"{w_ptr.fqn}::alloc", [Param("n", b.W_I32)], w_ptr, body, residual)
        return frame.world.func_operand(w_func, loc)

    return get


def _region(op: str, count: int) -> Body:
    """Return `ptr_copy` and friends: pointers, then (for setbytes) a byte, then the number of items."""

    def do(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
        expect(f"ptr_{op}", args, count, count, loc)
        pointers = args[:1] if op == "setbytes" else args[:2]
        types = [_expect_pointer(pointer) for pointer in pointers]
        if op != "setbytes" and types[0].w_item is not types[1].w_item:
            raise errors.mismatched_types(pointers[1], pointers[0].w_T, pointers[0].loc, "the destination")
        rest = [
            frame.convert(arg, b.W_U8 if op == "setbytes" and i == 0 else b.W_I32)
            for i, arg in enumerate(args[len(pointers) :])
        ]
        return frame.ptr_op(op, [*pointers, *rest], b.W_I32 if op == "cmp" else b.W_NONE, loc)

    return do


def _slice(op: str) -> Body:
    """Return `ptr_copy_slice(dst, d0, d1, src, s0, s1)` and friends.

    They are made of the operation on whole regions.
    """

    def do(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
        expect(f"ptr_{op}_slice", args, *((4, 4) if op == "setbytes" else (6, 6)), loc)
        start, stop = (frame.keep(frame.convert(arg, b.W_I32), "d") for arg in args[1:3])
        first = _offset(frame, args[0], start, loc)
        size = frame.call_prim("i32_wrapping_sub", [stop, start], loc)
        if op == "setbytes":
            return frame.ptr_op(op, [first, frame.convert(args[3], b.W_U8), size], b.W_NONE, loc)
        second = _offset(frame, args[3], frame.convert(args[4], b.W_I32), loc)
        return frame.ptr_op(op, [first, second, size], b.W_I32 if op == "cmp" else b.W_NONE, loc)

    return do


def _offset(frame: Frame, ptr: Operand, index: Operand, loc: Loc | None) -> Operand:
    w_ptr = _expect_pointer(ptr)

    def residual(exprs: list[Expr], pos: Pos) -> Expr:
        return AddrOf(w_ptr.fqn, pos, exprs[0], exprs[1], ())

    return frame.run_intrinsic([ptr, index], w_ptr, memory.address, residual, loc)


def _bytes(op: str) -> Body:
    """Return `memcpy` and friends: only for pointers to bytes."""
    typed = _region(op, 3)

    def do(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
        for pointer in args[:1] if op == "setbytes" else args[:2]:
            w_ptr = _expect_pointer(pointer)
            if w_ptr.w_item not in (b.W_U8, b.W_I8):
                raise errors.fault(
                    "VM001",
                    "mismatched types",
                    (pointer.loc, f"expected ptr[u8] or ptr[i8], got `{w_ptr.display}`"),
                    hint=f"use `ptr_{op}` instead",
                )
        return typed(frame, args, loc)

    return do


def _unchecked(name: str) -> Body:
    def do(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
        expect(name, args, 2, 2, loc)
        w_T = binop.numeric_type(*args)
        if name == "ieee754_div" and w_T is not None and w_T in b.INT_TYPES:
            w_T = b.W_F64
        op = f"{w_T.fqn}_{name}" if w_T is not None else ""
        if op not in PRIMS or w_T is None:
            left, right = args
            raise errors.fault(
                "VM057",
                f"Unsupported types `{left.w_T.display}` / `{right.w_T.display}` for {name}",
                (left.loc, f"this is `{left.w_T.display}`"),
                (right.loc, f"this is `{right.w_T.display}`"),
            )
        return frame.call_prim(op, [frame.convert(arg, w_T) for arg in args], loc)

    return do


def free(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`raw_free(p)`."""
    expect("raw_free", args, 1, 1, loc)
    _expect_pointer(args[0])
    return frame.ptr_op("free", args, b.W_NONE, loc)


def _type(args: list[Operand], loc: Loc | None) -> W_Type:
    expect("this generic", args, 1, 1, loc)
    if not isinstance(args[0].val, W_Type):
        raise errors.expected_type(args[0])
    return args[0].val


def _expect_pointer(op: Operand) -> W_PtrType:
    if not isinstance(op.w_T, W_PtrType) or op.w_T.ref:
        raise errors.fault("VM001", "mismatched types", (op.loc, f"expected ptr[T], got `{op.w_T.display}`"))
    return op.w_T


def make(world: Registry) -> dict[str, Operand]:
    """Return the names of the module."""
    generics: dict[str, Body] = {
        "raw_ptr": _pointer("raw", ref=False), "gc_ptr": _pointer("gc", ref=False),
        "raw_ref": _pointer("raw", ref=True), "gc_ref": _pointer("gc", ref=True),
        "raw_alloc": _alloc("raw"), "gc_alloc": _alloc("gc"),
    }  # fmt: skip
    plain: dict[str, Body] = {"raw_free": free}
    for op, count in (("copy", 3), ("move", 3), ("setbytes", 3), ("cmp", 3)):
        plain[f"ptr_{op}"] = _region(op, count)
        plain[f"ptr_{op}_slice"] = _slice(op)
    plain |= {
        "memcpy": _bytes("copy"),
        "memmove": _bytes("move"),
        "memset": _bytes("setbytes"),
        "memcmp": _bytes("cmp"),
    }
    plain |= {
        n: _unchecked(n) for n in ("unchecked_div", "unchecked_floordiv", "unchecked_mod", "ieee754_div")
    }
    names: dict[str, Operand] = {}
    for name, body in generics.items():
        w_func = W_BuiltinMeta(f"unsafe::{name}", body)
        w_func.kind = "generic"
        names[name] = world.func_operand(w_func)
    for name, body in plain.items():
        names[name] = world.func_operand(W_BuiltinMeta(f"unsafe::{name}", body))
    return names
