"""The live image: prebuilt data with identity and cycles."""

from collections.abc import Callable

import pytest
from spy_redshift.image import Image, float_text
from spy_redshift.ir_types import TypeTable
from spy_types.errors import SpyError
from spy_types.program.constants import IntConst, NoneConst, NullConst, PtrConst, StructConst
from spy_types.program.program import Program
from spy_vm.memory import NULL, Ptr, alloc, store
from spy_vm.objects import builtin as b
from spy_vm.world import World


def ints(world: World, *values: int) -> Ptr:
    ptr = alloc(len(values), (0,))
    for i, value in enumerate(values):
        store(ptr, i, 0, None, value)
    return ptr


def make(world: World) -> Image:
    return Image(world, TypeTable(world), lambda w_func: w_func.fqn, lambda w_T: None, lambda w_T: None)


def test_a_cycle_is_two_blocks_that_point_at_each_other(program: Callable[..., Program]) -> None:
    blocks = program("image").blocks
    nodes = {i: block.values[0] for i, block in enumerate(blocks) if block.item == "image::Node"}
    targets = {i: node.fields[1] for i, node in nodes.items() if isinstance(node, StructConst)}
    first, second = nodes
    assert targets == {first: PtrConst(second, 0), second: PtrConst(first, 0)}


def test_a_block_is_written_once_whoever_points_at_it(world: Callable[[str], World]) -> None:
    image, w_ptr = make(world("image")), world("image").ptr_type("gc", b.W_I32)
    ptr = ints(world("image"), 1, 2)
    first = image.constant(w_ptr, ptr)
    second = image.constant(w_ptr, Ptr(ptr.block, 1, 1, 1))
    assert (first, second) == (PtrConst(0, 0), PtrConst(0, 1))
    assert [block.values for block in image.blocks()] == [(IntConst(1), IntConst(2))]


def test_null_and_none_are_constants(world: Callable[[str], World]) -> None:
    image = make(world("image"))
    assert image.constant(world("image").ptr_type("gc", b.W_I32), NULL) == NullConst()
    assert image.constant(b.W_NONE, None) == NoneConst()


def test_what_exists_early_only_cannot_be_in_the_image(world: Callable[[str], World]) -> None:
    with pytest.raises(SpyError, match="a value of type `type` exists only before run time"):
        make(world("image")).constant(b.W_TYPE, b.W_I32)


@pytest.mark.parametrize("value", [0.0, -0.0, 0.1, 1e-320, 1.7e308, float("inf"), float("-inf")])
def test_floats_are_written_bit_for_bit(value: float) -> None:
    text = float_text(value)
    back = float(text) if "inf" in text else float.fromhex(text)
    assert back.hex() == value.hex()


def test_nan_is_written_as_nan() -> None:
    assert float_text(float("nan")) == "nan"
