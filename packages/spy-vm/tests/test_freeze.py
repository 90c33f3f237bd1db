"""After import time only `var` changes."""

from collections.abc import Callable
from typing import Any

import pytest
from spy_types.errors import Diagnostic, SpyError
from spy_vm.world import World

Load, Call = Callable[..., World], Callable[..., Any]


def fault(call: Call, world: World, name: str) -> Diagnostic:
    with pytest.raises(SpyError) as caught:
        call(world, name)
    return caught.value.diagnostic


def test_at_import_time_a_module_may_write_to_another(load: Load, call: Call) -> None:
    assert call(load("frozen"), "read_constant") == 2


def test_a_var_changes_at_run_time_also_from_another_module(load: Load, call: Call) -> None:
    world = load("frozen")
    assert [call(world, "count"), call(world, "count")] == [2, 3]
    assert [call(world, "count_there"), call(world, "count_there")] == [41, 42]


def test_a_frozen_binding_is_named_and_var_proposed(load: Load, call: Call) -> None:
    diagnostic = fault(call, load("frozen"), "change_constant")
    assert diagnostic.code == "VM028"
    assert "`frozen_settings.limit`" in diagnostic.title
    assert diagnostic.hint == "declare it as `var limit = ...` in its module"


def test_a_local_shadows_a_constant_and_leaves_it_alone(load: Load, call: Call) -> None:
    world = load("rebound")
    assert call(world, "change") is None
    assert world.modules["rebound"].attrs["limit"].val == 10  # type: ignore[union-attr]  # it is no `var`


def test_a_global_statement_does_not_make_a_constant_variable(load: Load, call: Call) -> None:
    diagnostic = fault(call, load("rebound"), "change_global")
    assert (diagnostic.code, diagnostic.title) == ("VM015", "invalid assignment target")
    assert [str(label.loc) for label in diagnostic.labels] == ["rebound.spy:10:5", "rebound.spy:1:1"]
