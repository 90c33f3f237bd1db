"""The blue cache is keyed by type and value: what Python thinks equal may differ."""

from collections.abc import Callable

from spy_vm.dispatch import blue_cache
from spy_vm.memory import Dyn, alloc
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_Func
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.world import World

FUNCTION = W_Func("demo::f", [], None)


def key(w_T: W_Type, value: object) -> object:
    return blue_cache.key(FUNCTION, [blue(w_T, value)])


def test_equal_values_of_other_types_differ() -> None:
    values = [
        (b.W_BOOL, True),
        (b.W_I32, 1),
        (b.W_I64, 1),
        (b.W_F64, 1.0),
        (b.W_F32, 1.0),
        (b.W_COMPLEX, 1 + 0j),
    ]
    assert len({key(w_T, value) for w_T, value in values}) == len(values)


def test_zeros_of_either_sign_differ() -> None:
    assert key(b.W_F64, 0.0) != key(b.W_F64, -0.0)
    assert key(b.W_COMPLEX, complex(0.0, 0.0)) != key(b.W_COMPLEX, complex(0.0, -0.0))
    assert key(b.W_F64, float("nan")) == key(b.W_F64, float("nan"))


def test_structs_and_dynamic_values_are_told_apart_inside() -> None:
    assert key(b.W_OBJECT, (1, (True,))) != key(b.W_OBJECT, (1, (1,)))
    assert key(b.W_DYNAMIC, Dyn("i32", 1)) != key(b.W_DYNAMIC, Dyn("i64", 1))


def test_memory_is_told_apart_by_identity() -> None:
    first, second = alloc(1, (0,)), alloc(1, (0,))
    assert key(b.W_OBJECT, first) != key(b.W_OBJECT, second)
    assert key(b.W_OBJECT, first) == key(b.W_OBJECT, first)


def test_an_operand_as_value_is_never_remembered() -> None:
    meta = Operand(b.W_I32, 1, False)
    assert key(b.W_META_ARG, meta) is None


def test_a_blue_function_runs_once_for_each_key(load: Callable[[str], World]) -> None:
    world = load("counting")
    assert world.main_module is not None
    attrs = world.main_module.attrs
    results = {name: attrs[name].val for name in "abcdefghijkl"}  # type: ignore[union-attr]  # none is a `var`
    # True, 1, 1.0, 0.0, -0.0, then the first, second and fifth again, "1", i32, i64, i32 again
    assert results == dict(zip("abcdefghijkl", [1, 2, 3, 4, 5, 1, 2, 5, 6, 7, 8, 7], strict=True))
