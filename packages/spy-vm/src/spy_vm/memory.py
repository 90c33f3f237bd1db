"""Memory of the in-process engines: typed blocks owned by Python, and pointers that know their bounds.

A block is a list of slots, one per scalar; an item that is a struct takes one slot per scalar leaf. A live
block has at least one slot, so an empty one is a freed one. `Shape` says how the leaves of an item nest::

    struct P: x: i32; q: Q      # struct Q: a: f64; b: str
    shape (None, (None, None))    leaves ("i32", "f64", "str")    value (x, (a, b))

Quick to import, hence without `typing`.
"""

from __future__ import annotations

import struct

from spy_types.prims.scalars import FLOATS, INTS, SIGNED, TypeId

from spy_vm.exceptions import Raised, panic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any, TypeAlias

Shape: TypeAlias = "tuple[Shape, ...] | None"
Block: TypeAlias = "list[Any]"


class Ptr:
    """A pointer: slot `off` of `block`, from where `length` items of `width` slots run to the end."""

    __slots__ = ("block", "length", "off", "width")

    def __init__(self, block: Block | None, off: int, length: int, width: int) -> None:
        self.block = block
        self.off = off
        self.length = length
        self.width = width

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ptr) and self.block is other.block and self.off == other.off

    def __hash__(self) -> int:
        return hash((id(self.block), self.off))

    def __bool__(self) -> bool:
        return self.block is not None

    def __repr__(self) -> str:
        if self.block is None:
            return "NULL"
        return f"<ptr {id(self.block):#x}+{self.off}, {self.length} items>"


class Dyn:
    """A value of type `dynamic`: its own type and the unboxed value."""

    __slots__ = ("t", "value")

    def __init__(self, t: TypeId, value: Any) -> None:
        self.t = t
        self.value = value

    def __repr__(self) -> str:
        return f"Dyn({self.t!r}, {self.value!r})"


NULL = Ptr(None, 0, 0, 1)

# What zeroed memory holds. Pointers hold NULL, functions None.
ZEROS: dict[TypeId, Any] = {
    **dict.fromkeys(INTS, 0),
    **dict.fromkeys(FLOATS, 0.0),
    "complex128": 0j,
    "bool": False,
    "str": "",
    "bytes": b"",
    "None": None,
    "dynamic": Dyn("None", None),
}


def slots(shape: Shape) -> int:
    """Return how many slots a value of `shape` takes."""
    return 1 if shape is None else sum(map(slots, shape))


def flatten(value: Any, shape: Shape) -> Iterator[Any]:
    """Yield the scalars of `value` in memory order."""
    if shape is None:
        yield value
        return
    for part, inner in zip(value, shape, strict=True):
        yield from flatten(part, inner)


def unflatten(scalars: Iterator[Any], shape: Shape) -> Any:
    """Take the scalars of one value and nest them."""
    if shape is None:
        return next(scalars)
    return tuple([unflatten(scalars, inner) for inner in shape])


def alloc(n: int, zeros: tuple[Any, ...]) -> Ptr:
    """Return a new block of `n` items; `zeros` holds the scalars of one zeroed item."""
    if n < 0:
        raise Raised("ValueError", "negative allocation count")
    try:
        return Ptr(list(zeros) * n or [None], 0, n, len(zeros))
    except MemoryError:
        raise Raised("MemoryError") from None


def from_values(values: list[Any], shape: Shape) -> Ptr:
    """Return a new block that holds `values`."""
    scalars = [scalar for value in values for scalar in flatten(value, shape)]
    return Ptr(scalars or [None], 0, len(values), slots(shape))


def load(ptr: Ptr, index: int, offset: int, shape: Shape) -> Any:
    """Return what `shape` describes, `offset` slots into item `index`."""
    block, start = _locate(ptr, index, offset, "ptr_getitem")
    if shape is None:
        return block[start]
    return unflatten(iter(block[start : start + slots(shape)]), shape)


def store(ptr: Ptr, index: int, offset: int, shape: Shape, value: Any) -> None:
    """Write `value` `offset` slots into item `index`."""
    block, start = _locate(ptr, index, offset, "ptr_store")
    if shape is None:
        block[start] = value
    else:
        block[start : start + slots(shape)] = flatten(value, shape)


def address(ptr: Ptr, index: int, offset: int = 0, width: int | None = None) -> Ptr:
    """Return a pointer to a part, `width` slots wide, of item `index`; to all from there if no `width`.

    The rest of a block may be empty: `index` may be one past the last item then.
    """
    if width is not None:
        block, start = _locate(ptr, index, offset, "ptr_getitem")
        return Ptr(block, start, 1, width)
    if ptr.block is None and index == 0:
        return ptr
    if index < 0 or index > ptr.length or not ptr.block:
        raise bad_access(ptr, index, "ptr_getitem")
    return Ptr(ptr.block, ptr.off + index * ptr.width, ptr.length - index, ptr.width)


def free(ptr: Ptr) -> None:
    """Give back a raw block; later uses of it are errors. Freeing NULL does nothing."""
    if ptr.block is None:
        return
    if not ptr.block:
        raise panic("use of freed memory")
    if ptr.off:
        raise panic("cannot free a pointer into the middle of a block")
    ptr.block.clear()


def copy(dst: Ptr, src: Ptr, n: int) -> None:
    """Copy `n` items between regions that do not overlap."""
    to, start = _region(dst, n, "ptr_copy")
    source, first = _region(src, n, "ptr_copy")
    count = n * dst.width
    if to is source and abs(start - first) < count:
        raise panic("ptr_copy regions overlap")
    to[start : start + count] = source[first : first + count]


def move(dst: Ptr, src: Ptr, n: int) -> None:
    """Copy `n` items between regions that may overlap."""
    to, start = _region(dst, n, "ptr_move")
    source, first = _region(src, n, "ptr_move")
    count = n * dst.width
    to[start : start + count] = source[first : first + count]


def setbytes(ptr: Ptr, value: int, n: int, leaves: tuple[TypeId, ...]) -> None:
    """Set every byte of `n` items to `value`, as C's memset; `leaves` are the types of an item's scalars."""
    block, start = _region(ptr, n, "ptr_setbytes")
    block[start : start + n * len(leaves)] = [
        _filled(t, value, old) for t, old in zip(leaves, block[start : start + len(leaves)], strict=False)
    ] * n


def compare(a: Ptr, b: Ptr, n: int, leaves: tuple[TypeId, ...]) -> int:
    """Compare the bytes of `n` items as C's memcmp: -1, 0 or 1."""
    first, i = _region(a, n, "ptr_cmp")
    second, j = _region(b, n, "ptr_cmp")
    count = n * len(leaves)
    left = b"".join(map(_bytes_of, leaves * n, first[i : i + count]))
    right = b"".join(map(_bytes_of, leaves * n, second[j : j + count]))
    return (left > right) - (left < right)


def ptr_op(op: str, args: Sequence[Any], leaves: tuple[TypeId, ...]) -> Any:
    """Do the operation `op` of the Program IR node PtrOp on pointers to items with these `leaves`."""
    return PTR_OPS[op](*args, *((leaves,) if op in ("setbytes", "cmp") else ()))


def bad_access(ptr: Ptr, index: int, op: str) -> Raised:
    """Return what is wrong with an access to item `index`."""
    if ptr.block is None:
        return panic("cannot dereference NULL pointer")
    if not ptr.block:
        return panic("use of freed memory")
    return panic(f"{op} out of bounds: index {index}, length {ptr.length}")


PTR_OPS: dict[str, Callable[..., Any]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "to_bool": bool,
    "len": lambda ptr: ptr.length,
    "copy": copy,
    "move": move,
    "setbytes": setbytes,
    "cmp": compare,
    "free": free,
}


def _locate(ptr: Ptr, index: int, offset: int, op: str) -> tuple[Block, int]:
    if not ptr.block or not 0 <= index < ptr.length:
        raise bad_access(ptr, index, op)
    return ptr.block, ptr.off + index * ptr.width + offset


def _region(ptr: Ptr, n: int, op: str) -> tuple[Block, int]:
    if ptr.block is None:
        if n == 0:
            return [], 0
        raise panic("cannot dereference NULL pointer")
    if not ptr.block:
        raise panic("use of freed memory")
    if not 0 <= n <= ptr.length:
        raise panic(f"{op} out of bounds")
    return ptr.block, ptr.off


def _int_layout(t: TypeId) -> Callable[[Any], bytes]:
    size, signed = int(t[1:]) // 8, t in SIGNED
    return lambda value: value.to_bytes(size, "little", signed=signed)


# How a scalar lies in memory. What is not here has an address in its place, and compares by identity.
_LAYOUTS: dict[TypeId, Callable[[Any], bytes]] = {
    **{t: _int_layout(t) for t in INTS},
    "f32": struct.Struct("<f").pack,
    "f64": struct.Struct("<d").pack,
    "complex128": lambda value: struct.pack("<dd", value.real, value.imag),
    "bool": lambda value: bytes([value]),
}


def _bytes_of(t: TypeId, value: Any) -> bytes:
    layout = _LAYOUTS.get(t)
    if layout is not None:
        return layout(value)
    if isinstance(value, Ptr):
        return struct.pack("<QQ", id(value.block) if value.block is not None else 0, value.off)
    return struct.pack("<Q", id(value))


def _filled(t: TypeId, byte: int, old: Any) -> Any:
    if t in INTS:
        size = int(t[1:]) // 8
        return int.from_bytes(bytes([byte]) * size, "little", signed=t in SIGNED)
    match t:
        case "f32":
            return struct.unpack("<f", bytes([byte]) * 4)[0]
        case "f64":
            return struct.unpack("<d", bytes([byte]) * 8)[0]
        case "complex128":
            return complex(*struct.unpack("<dd", bytes([byte]) * 16))
        case "bool":
            return byte != 0
    if byte:
        raise panic(f"ptr_setbytes cannot fill `{t}` with anything but zero bytes")
    return ZEROS.get(t, NULL if isinstance(old, Ptr) else None)
