"""Typed blocks and pointers."""

import ctypes
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spy_vm import memory
from spy_vm.exceptions import Raised
from spy_vm.memory import NULL, Ptr

POINT = (None, (None, None))
ZEROS = (0, 0.0, "")


def message(error: pytest.ExceptionInfo[Raised]) -> str:
    return str(error.value)


def numbers(*values: int) -> Ptr:
    return memory.from_values(list(values), None)


def read(ptr: Ptr) -> list[object]:
    return [memory.load(ptr, i, 0, None) for i in range(ptr.length)]


def test_a_new_block_is_zeroed() -> None:
    block = memory.alloc(2, ZEROS)
    assert memory.load(block, 1, 0, POINT) == (0, (0.0, ""))


def test_a_block_of_no_items_has_no_item() -> None:
    with pytest.raises(Raised) as error:
        memory.load(memory.alloc(0, (0,)), 0, 0, None)
    assert message(error) == "PanicError: ptr_getitem out of bounds: index 0, length 0"


def test_a_negative_count_is_an_error() -> None:
    with pytest.raises(Raised) as error:
        memory.alloc(-1, (0,))
    assert error.value.etype == "ValueError"


def test_structs_come_back_as_they_were_stored() -> None:
    block = memory.alloc(3, ZEROS)
    memory.store(block, 1, 0, POINT, (7, (1.5, "x")))
    assert memory.load(block, 1, 0, POINT) == (7, (1.5, "x"))
    assert memory.load(block, 1, 1, (None, None)) == (1.5, "x")
    assert memory.load(block, 2, 0, POINT) == (0, (0.0, ""))


@pytest.mark.parametrize("index", [-1, 3, 5])
def test_load_checks_its_bounds(index: int) -> None:
    with pytest.raises(Raised) as error:
        memory.load(numbers(1, 2, 3), index, 0, None)
    assert message(error) == f"PanicError: ptr_getitem out of bounds: index {index}, length 3"


def test_store_checks_its_bounds() -> None:
    with pytest.raises(Raised) as error:
        memory.store(numbers(1, 2, 3), 5, 0, None, 9)
    assert message(error) == "PanicError: ptr_store out of bounds: index 5, length 3"


def test_null_has_nothing_to_read() -> None:
    for access in (lambda: memory.load(NULL, 0, 0, None), lambda: memory.store(NULL, 0, 0, None, 1)):
        with pytest.raises(Raised) as error:
            access()
        assert message(error) == "PanicError: cannot dereference NULL pointer"


def test_pointers_are_equal_where_they_point_to_the_same_place() -> None:
    block = numbers(1, 2, 3)
    assert memory.address(block, 1) == memory.address(memory.address(block, 0), 1)
    assert hash(memory.address(block, 1)) == hash(memory.address(block, 1))
    assert memory.address(block, 1) != block
    assert numbers(1) != numbers(1)
    assert Ptr(None, 0, 0, 3) == NULL


def test_address_of_the_rest_and_of_a_part() -> None:
    block = memory.from_values([(1, (2.0, "a")), (3, (4.0, "b"))], POINT)
    rest = memory.address(block, 1)
    assert (rest.length, memory.load(rest, 0, 0, POINT)) == (1, (3, (4.0, "b")))
    assert memory.address(block, 2).length == 0
    part = memory.address(block, 1, 1, 2)
    assert (part.length, memory.load(part, 0, 0, (None, None))) == (1, (4.0, "b"))


def test_address_of_a_part_needs_an_item() -> None:
    with pytest.raises(Raised) as error:
        memory.address(numbers(1), 1, 0, 1)
    assert message(error) == "PanicError: ptr_getitem out of bounds: index 1, length 1"


def test_freed_memory_is_not_readable() -> None:
    block = numbers(1, 2)
    inside = memory.address(block, 1)
    memory.free(block)
    for use in (
        lambda: memory.load(block, 0, 0, None),
        lambda: memory.store(inside, 0, 0, (None, None), (1, 2)),
        lambda: memory.copy(block, numbers(1), 1),
        lambda: memory.address(block, 0),
        lambda: memory.free(block),
    ):
        with pytest.raises(Raised) as error:
            use()
        assert message(error) == "PanicError: use of freed memory"
    memory.free(NULL)


def test_copy_copies_items() -> None:
    target = numbers(0, 0, 0)
    memory.copy(target, numbers(7, 8, 9), 2)
    assert read(target) == [7, 8, 0]


def test_copy_refuses_overlap_and_move_does_not() -> None:
    block = numbers(1, 2, 3, 4)
    with pytest.raises(Raised) as error:
        memory.copy(memory.address(block, 1), block, 3)
    assert message(error) == "PanicError: ptr_copy regions overlap"
    memory.copy(memory.address(block, 2), block, 2)
    assert read(block) == [1, 2, 1, 2]
    memory.move(memory.address(block, 1), block, 3)
    assert read(block) == [1, 1, 2, 1]


@pytest.mark.parametrize(("op", "n"), [("copy", 3), ("move", 3), ("cmp", 3), ("copy", -1)])
def test_region_operations_check_their_bounds(op: str, n: int) -> None:
    with pytest.raises(Raised) as error:
        memory.ptr_op(op, [numbers(1, 2), numbers(1, 2, 3), n], ("i32",))
    assert message(error) == f"PanicError: ptr_{op} out of bounds"


def test_region_operations_on_nothing_accept_null() -> None:
    memory.copy(NULL, NULL, 0)
    assert memory.compare(NULL, NULL, 0, ("i32",)) == 0


C_TYPES = {
    "i8": ctypes.c_int8,
    "i16": ctypes.c_int16,
    "i32": ctypes.c_int32,
    "i64": ctypes.c_int64,
    "u8": ctypes.c_uint8,
    "u16": ctypes.c_uint16,
    "u32": ctypes.c_uint32,
    "u64": ctypes.c_uint64,
    "f32": ctypes.c_float,
    "f64": ctypes.c_double,
}


@pytest.mark.parametrize("t", C_TYPES)
@pytest.mark.parametrize("byte", [0, 1, 0x7F, 0x80, 0xFE])
def test_setbytes_is_memset(t: str, byte: int) -> None:
    array = (C_TYPES[t] * 3)()
    ctypes.memset(array, byte, 2 * ctypes.sizeof(C_TYPES[t]))
    block = memory.from_values([0] * 3, None)
    memory.setbytes(block, byte, 2, (t,))
    assert read(block) == list(array)


def test_setbytes_fills_structs_and_clears_references() -> None:
    block = memory.from_values([(1, (2.5, "a", NULL))], (None, (None, None, None)))
    memory.setbytes(block, 0, 1, ("i32", "f64", "str", "unsafe::gc_ptr[i32]"))
    assert block.block == [0, 0.0, "", NULL]
    with pytest.raises(Raised) as error:
        memory.setbytes(block, 1, 1, ("i32", "f64", "str", "unsafe::gc_ptr[i32]"))
    assert error.value.etype == "PanicError"


@given(st.lists(st.integers(-(2**31), 2**31 - 1), min_size=3, max_size=3), st.data())
def test_compare_is_memcmp(left: list[int], data: st.DataObject) -> None:
    right = data.draw(st.lists(st.sampled_from([*left, 0, -1]), min_size=3, max_size=3))
    a, b = struct.pack("<3i", *left), struct.pack("<3i", *right)
    expected = (a > b) - (a < b)
    assert memory.compare(numbers(*left), numbers(*right), 3, ("i32",)) == expected
