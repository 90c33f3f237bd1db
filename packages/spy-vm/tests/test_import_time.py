"""Import time: which modules run, in which order, and what stops it."""

from collections.abc import Callable

import pytest
from spy_types.artifacts import BuiltinModule
from spy_types.errors import Diagnostic, SpyError
from spy_vm.objects.modules import Cell
from spy_vm.world import World

Load = Callable[..., World]


def fault(load: Load, name: str, **options: object) -> Diagnostic:
    with pytest.raises(SpyError) as caught:
        load(name, **options)
    return caught.value.diagnostic


def value(world: World, module: str, name: str) -> object:
    found = world.modules[module].attrs[name]
    return found.value if isinstance(found, Cell) else found.val


def test_packages_dotted_names_and_relative_imports(load: Load) -> None:
    world = load("imports_package")
    assert value(world, "imports_package", "total") == 8 + 4 + 8
    assert list(world.modules) == ["imports_package", "package", "package.inner"]


def test_every_import_is_loaded_eagerly_once_in_order(load: Load) -> None:
    assert value(load("imports_lazily"), "imports_order_log", "text") == "ab"


def test_a_missing_module_is_an_error_with_a_place(load: Load) -> None:
    diagnostic = fault(load, "imports_missing")
    assert (diagnostic.code, diagnostic.etype) == ("VM032", "ImportError")
    assert diagnostic.title == "cannot import `pakage`"
    assert [str(label.loc) for label in diagnostic.labels] == ["imports_missing.spy:1:1"]


def test_a_missing_name_is_guessed(load: Load) -> None:
    diagnostic = fault(load, "imports_name")
    assert diagnostic.title == "cannot import `package.SIZZE`"
    assert diagnostic.hint == "did you mean `SIZE`?"


def test_a_circular_import_prints_the_cycle(load: Load) -> None:
    diagnostic = fault(load, "cycle_a")
    assert diagnostic.title == "circular import: cycle_a -> cycle_b -> cycle_c -> cycle_a"
    places = [str(label.loc) for label in diagnostic.labels]
    assert places == ["cycle_c.spy:1:1", "cycle_a.spy:1:1", "cycle_b.spy:1:1"]


def test_a_file_cannot_shadow_a_builtin_module(load: Load) -> None:
    diagnostic = fault(load, "imports_package", builtin_modules=[BuiltinModule("package", {}, {})])
    assert diagnostic.title == "the file package/__init__.spy has the name of the builtin module `package`"


def test_a_module_that_failed_is_not_kept(load: Load, loader: object) -> None:
    world = World(loader)  # type: ignore[arg-type]  # the fixture is a Loader
    for _ in range(2):
        with pytest.raises(SpyError, match="cannot import"):
            world.import_module("imports_missing")
        assert list(world.modules) == []


def test_endless_blue_code_runs_out_of_fuel(load: Load) -> None:
    diagnostic = fault(load, "endless", blue_fuel=1000)
    assert diagnostic.title == "blue code ran for 1000 steps without finishing"
