"""The hash table of dicts in the executor, against a list of entries; and when it is used."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spy_types.program.nodes import Call, Local, Pos, Return
from spy_types.program.program import Effects, Function, Param
from spy_types.program.types import Field, PtrType, StructType, TypeDef
from spy_vm import memory
from spy_vm.exceptions import Raised
from spy_vm.executor import host_table
from spy_vm.executor.counterparts import with_counterpart
from spy_vm.executor.layout import Layouts
from spy_vm.memory import NULL, Ptr

WIDTH = 4  # tag, key, and a value of two fields
POS = Pos(0, 1, 1, 1, 2)


def empty() -> Ptr:
    return memory.alloc(1, (0, 0, 0, 0, NULL, NULL))


def entries(d: Ptr) -> list[tuple[Any, Any]]:
    """Read the live entries as the library does."""
    used, pointer = memory.load(d, 0, host_table.USED, None), memory.load(d, 0, host_table.ENTRIES, None)
    shape = (None, None, (None, None))
    found = [memory.load(pointer, i, 0, shape) for i in range(used)]
    return [(key, value) for tag, key, value in found if tag != 0]


def length(d: Ptr) -> int:
    return int(memory.load(d, 0, host_table.LENGTH, None))


KEYS = st.integers(0, 12)
ACTIONS = st.lists(
    st.tuples(st.sampled_from(["set", "set", "set", "remove", "rebuild", "clear"]), KEYS), max_size=60
)


@given(ACTIONS)
def test_it_does_what_a_dict_does(actions: list[tuple[str, int]]) -> None:
    d = empty()
    model: dict[int, tuple[int, int]] = {}
    for step, (action, key) in enumerate(actions):
        at = host_table.find(d, key)
        assert (at >= 0) == (key in model)
        if action == "set":
            if at >= 0:
                pointer = memory.load(d, 0, host_table.ENTRIES, None)
                memory.store(pointer, at, 2, (None, None), (step, key))
            else:
                host_table.add(d, key, (step, key), WIDTH)
            model[key] = (step, key)
        elif action == "remove" and at >= 0:
            host_table.remove(d, at, WIDTH)
            del model[key]
        elif action == "rebuild":
            host_table.rebuild(d, 5, WIDTH)
        elif action == "clear":  # as the library does it
            d.block[:6] = (0, 0, 0, 0, NULL, NULL)  # type: ignore[index]  # it is a block
            model.clear()
        assert entries(d) == list(model.items())
        assert length(d) == len(model)


def test_it_finds_what_others_have_put_in() -> None:
    rows = memory.from_values(
        [(77, "a", (1, 2)), (0, "b", (3, 4)), (99, "c", (5, 6))], (None, None, (None, None))
    )
    d = memory.from_values([(2, 3, 3, 3, NULL, rows)], (None,) * 6)
    assert [host_table.find(d, key) for key in "abc"] == [0, -1, 2]
    memory.store(rows, 1, 0, None, 55)  # what only a change of `used` or of the block makes known
    memory.store(d, 0, host_table.LENGTH, None, 3)
    memory.store(
        d, 0, host_table.ENTRIES, None, memory.from_values([(1, "z", (0, 0))], (None, None, (None, None)))
    )
    memory.store(d, 0, host_table.USED, None, 1)
    assert [host_table.find(d, key) for key in "az"] == [-1, 0]


def test_it_grows_as_the_library_says() -> None:
    d = empty()
    capacities = []
    for key in range(25):
        host_table.add(d, key, key, 3)
        capacities.append(memory.load(d, 0, host_table.CAPACITY, None))
    assert sorted(set(capacities)) == [5, 10, 20, 40]  # 8, 16, 32, 64 slots, five eighths of them


@pytest.mark.parametrize("name", ["find", "add", "rebuild"])
def test_null_is_an_error(name: str) -> None:
    arguments = {"find": (1,), "add": (1, 2, 3), "rebuild": (3, 3)}[name]
    with pytest.raises(Raised) as error:
        getattr(host_table, name)(NULL, *arguments)
    assert str(error.value) == "PanicError: cannot dereference NULL pointer"


def types(key: str, last: str = "entries") -> dict[str, TypeDef]:
    names = ("length", "used", "capacity", "log", "index")
    return {
        "Entry": StructType("Entry", (Field("tag", "u32"), Field("key", key), Field("value", "f64"))),
        "ptr[Entry]": PtrType("", "gc", "Entry"),
        "ptr[i32]": PtrType("", "gc", "i32"),
        "Data": StructType("Data", (*(Field(name, "i32") for name in names), Field(last, "ptr[Entry]"))),
        "ptr[Data]": PtrType("", "gc", "Data"),
    }


def find(key: str, module: str = "_dict_table") -> Function:
    params = (Param("d", "ptr[Data]"), Param("key", key), Param("tag", "u32"))
    body = (Return(POS, Local("i32", POS, "nothing")),)
    effects = Effects(raises=True, allocates=True, pure=False)
    return Function(
        f"{module}::find[{key}, f64]::impl", "", params, "i32", (), body, POS, effects, "auto", None
    )


def test_keys_that_python_compares_as_spy_does_have_a_counterpart() -> None:
    for key in ("i32", "u64", "str", "bytes", "bool"):
        made = with_counterpart(find(key), Layouts(types(key)))
        args = (Local("ptr[Data]", POS, "d"), Local(key, POS, "key"))
        assert made.body == (Return(POS, Call("i32", POS, ".table_find", args)),)


@pytest.mark.parametrize("key", ["f64", "dynamic", "complex128", "ptr[i32]"])
def test_others_have_not(key: str) -> None:
    assert with_counterpart(find(key), Layouts(types(key))) == find(key)


def test_what_looks_different_has_no_counterpart() -> None:
    assert with_counterpart(find("i32"), Layouts(types("i32", last="rows"))) == find("i32")
    assert with_counterpart(find("i32", "mine"), Layouts(types("i32"))) == find("i32", "mine")
