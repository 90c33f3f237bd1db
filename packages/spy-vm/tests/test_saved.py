import marshal

import pytest
from spy_vm.executor.saved import _RUNTIME, Saved, load_saved
from spy_vm.executor.saved_namespace import empty_namespace, runtime_values
from spy_vm.modules import HostIO


@pytest.mark.parametrize("name", _RUNTIME)
def test_the_quick_names_are_those_of_the_executor(name: str) -> None:
    module, attribute = _RUNTIME[name]
    assert empty_namespace("wrap").variables[name] is getattr(__import__(module, fromlist=["_"]), attribute)


def test_primitives_are_found_by_name() -> None:
    values = runtime_values([".i32_floordiv", ".wrap_u8"], "wrap")
    assert values[".i32_floordiv"](-7, 2) == -4
    assert values[".wrap_u8"](257) == 1


@pytest.mark.parametrize("data", [b"", b"\x00", marshal.dumps(5), marshal.dumps((1, 2))])
def test_damaged_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        load_saved(data, HostIO())


def test_values_keep_their_identity_and_cycles() -> None:
    code = compile(
        "def main(): return (c1.block[1].block is c1.block) + c1.block[0]", "demo.spy", "exec"
    ).co_consts[0]
    blocks = [[41, ("p", 0, 0, 2, 1)]]
    saved = Saved("main", "wrap", {"main": code}, [], [], {"c1": ("p", 0, 0, 2, 1)}, {}, blocks)
    assert load_saved(saved.encode(), HostIO())() == 42
