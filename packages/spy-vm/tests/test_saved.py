import marshal
import sys
from collections.abc import Callable
from typing import Any

import pytest
from spy_vm.exceptions import Raised
from spy_vm.executor.namespace import Namespace
from spy_vm.executor.place_search import place_of
from spy_vm.executor.runtime_places import bind_runtime
from spy_vm.executor.saved import Saved, load_saved
from spy_vm.host import HOST_PRIMS, OverflowWarner
from spy_vm.modules import HostIO


def no_function(*args: Any) -> Any:
    raise AssertionError("not called")


def names(overflow: Any) -> dict[str, Any]:
    """Return the executor's names, with all primitives."""
    namespace = Namespace(
        {}, overflow=overflow, warner=OverflowWarner(), dynamic_op=no_function, stub=no_function
    )
    for op in HOST_PRIMS:
        namespace.host(op)
    return namespace.variables


WRAP, CHECK = names("wrap"), names("check")


def saved_main(text: str, **parts: Any) -> Callable[[], int]:
    code = compile(text, "demo.spy", "exec").co_consts[0]
    lists: dict[str, Any] = {name: [] for name in ("externs", "blocks", "objects")}
    tables: dict[str, Any] = {name: {} for name in ("runtime", "constants", "cells", "classes")}
    return load_saved(Saved("main", {"main": code}, **{**lists, **tables, **parts}).encode(), HostIO())


@pytest.mark.parametrize("known", [WRAP, CHECK], ids=["wrap", "check"])
def test_every_name_of_the_executor_has_a_place(known: dict[str, Any]) -> None:
    places = {name: place_of(name, known[name]) for name in known.keys() - {".dynamic", ".spy"}}
    assert [name for name, place in places.items() if place is None] == []
    found: dict[str, Any] = {}
    bind_runtime({name: place for name, place in places.items() if place is not None}, found)
    later = {name for name in found if getattr(found[name], "__name__", "") == "first_call"}
    assert later == ({".overflow", ".overflow_call"} if known is WRAP else set())
    assert [name for name in found.keys() - later if not same(found[name], known[name])] == []


def same(one: Any, other: Any) -> bool:
    """Whether both are one object, or functions of the same text."""
    return one is other or one.__code__ is other.__code__


def test_the_first_overflow_is_told_of_and_so_is_the_next(capsys: pytest.CaptureFixture[str]) -> None:
    found: dict[str, Any] = {}
    bind_runtime({name: place_of(name, WRAP[name]) or no_function() for name in (".overflow",)}, found)
    for line in (3, 3, 4):
        assert found[".overflow"]("i32", "addition", 2**31, "demo.spy", line) == -(2**31)
    assert capsys.readouterr().err.count("overflowed and wrapped") == 2


@pytest.mark.parametrize("data", [b"", b"\x00", marshal.dumps(5), marshal.dumps((1, 2))])
def test_damaged_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        load_saved(data, HostIO())


def test_values_keep_their_identity_and_cycles() -> None:
    blocks = [[41, ("p", 0, 0, 2, 1)]]
    main = saved_main(
        "def main(): return (c1.block[1].block is c1.block) + c1.block[0]",
        blocks=blocks,
        constants={"c1": ("p", 0, 0, 2, 1)},
    )
    assert main() == 42


def test_the_exit_code_is_what_the_operating_system_makes_of_it() -> None:
    assert saved_main("def main(): return -1")() == 255
    assert saved_main("def main(): return None")() == 0
    assert saved_main("def main(): leave(300)", externs=[], constants={}, runtime={"leave": EXIT})() == 44


def leave(code: int) -> None:
    raise Raised("SystemExit", str(code), str(code))


EXIT = (__name__, "leave", None)


def test_programs_have_the_same_room_for_calls_wherever_they_start() -> None:
    main = saved_main("def main(): return deep(0)", runtime={"deep": (__name__, "deep", None)})

    def called_from(depth: int) -> int:
        return main() if depth == 0 else called_from(depth - 1)

    depths.clear()
    limit = sys.getrecursionlimit()
    assert main() == called_from(50) == 0
    assert sys.getrecursionlimit() == limit
    assert depths[0] == depths[1]
    assert 900 < depths[0] < 1000


depths: list[int] = []


def deep(depth: int) -> int:
    try:
        return deep(depth + 1)
    except RecursionError:
        depths.append(depth)
        return 0
