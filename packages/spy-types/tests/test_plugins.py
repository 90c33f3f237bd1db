import sys
import types
from pathlib import Path

import pytest
from spy_types.artifacts import BuiltinModule, StdlibProvider
from spy_types.errors import SpyError
from spy_types.hookspecs import hookimpl
from spy_types.plugins import PluginPoint, Plugins, find_points


def module(name: str, **hooks: object) -> types.ModuleType:
    made = types.ModuleType(name)
    for hook, result in hooks.items():
        setattr(made, hook, _implement(hook, result))
    return made


def _implement(hook: str, result: object) -> object:
    def implementation() -> object:
        if isinstance(result, Exception):
            raise result
        return result

    implementation.__name__ = hook
    return hookimpl(implementation)


def provider(name: str) -> StdlibProvider:
    return StdlibProvider(name, Path("/nowhere"))


def loaded(*modules: types.ModuleType) -> Plugins:
    plugins = Plugins()
    plugins.load(*modules, entry_point_group=None)
    return plugins


def only_fault(plugins: Plugins) -> str:
    (fault,) = plugins.broken
    assert fault.code == "PLUGIN002"
    return fault.title


def test_what_plugins_offer_is_found_by_name():
    a, b = provider("a"), provider("b")
    plugins = loaded(module("one", spy_stdlib_providers=[a]), module("two", spy_stdlib_providers=[b]))
    assert plugins.stdlib_providers() == {"a": a, "b": b}
    assert plugins.backends() == {}
    assert plugins.builtin_modules() == {}
    assert plugins.commands() == {}
    assert plugins.broken == []


def test_one_plugin_may_offer_several_things():
    both = module(
        "one", spy_stdlib_providers=[provider("a"), provider("b")], spy_builtin_modules=[BuiltinModule("m")]
    )
    plugins = loaded(both)
    assert list(plugins.stdlib_providers()) == ["a", "b"]
    assert list(plugins.builtin_modules()) == ["m"]


def test_a_clash_names_both_plugins():
    plugins = loaded(
        module("one", spy_stdlib_providers=[provider("a")]),
        module("two", spy_stdlib_providers=[provider("a")]),
    )
    with pytest.raises(SpyError) as caught:
        plugins.stdlib_providers()
    assert caught.value.diagnostic.code == "PLUGIN001"
    assert caught.value.diagnostic.title == "two plugins offer a stdlib provider called `a`: one and two"


def test_a_clash_inside_one_plugin_is_a_clash():
    with pytest.raises(SpyError, match="one and one"):
        loaded(module("one", spy_stdlib_providers=[provider("a"), provider("a")])).stdlib_providers()


@pytest.fixture
def installed(monkeypatch):
    """Pretend that modules are installed plugins."""

    def install(*modules: types.ModuleType) -> list[PluginPoint]:
        for each in modules:
            monkeypatch.setitem(sys.modules, each.__name__, each)
        return [PluginPoint(each.__name__, each.__name__, f"spy-{each.__name__}", "1.2") for each in modules]

    return install


def test_installed_plugins_are_listed_with_their_packages(installed):
    plugins = loaded(module("builtin"))
    plugins.load_points(installed(module("one", spy_stdlib_providers=[provider("a")])))
    assert list(plugins.installed()) == [("builtin", "", ""), ("one", "spy-one", "1.2")]
    assert list(plugins.stdlib_providers()) == ["a"]


def test_a_clash_of_installed_plugins_names_the_packages(installed):
    plugins = Plugins()
    points = installed(
        module("one", spy_stdlib_providers=[provider("a")]),
        module("two", spy_stdlib_providers=[provider("a")]),
    )
    plugins.load_points(points)
    with pytest.raises(SpyError, match=r"spy-one 1\.2 and spy-two 1\.2"):
        plugins.stdlib_providers()


def test_a_plugin_may_be_an_attribute_of_a_module(installed):
    holder = types.ModuleType("holder")
    holder.plugin = module("inner", spy_stdlib_providers=[provider("a")])
    (point,) = installed(holder)
    plugins = Plugins()
    plugins.load_points([point._replace(target="holder:plugin")])
    assert list(plugins.stdlib_providers()) == ["a"]


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("no_such_module_anywhere", "ModuleNotFoundError: No module named 'no_such_module_anywhere'"),
        ("spy_types:nothing", "AttributeError: module 'spy_types' has no attribute 'nothing'"),
    ],
)
def test_a_plugin_that_cannot_be_imported_is_reported_and_left_out(target, reason):
    plugins = loaded(module("good", spy_stdlib_providers=[provider("a")]))
    plugins.load_points([PluginPoint("bad", target, "spy-bad", "0.1")])
    assert only_fault(plugins) == f"the plugin `bad` (package spy-bad 0.1) cannot be loaded: {reason}"
    assert list(plugins.stdlib_providers()) == ["a"]


def test_a_hook_that_nobody_specified_is_reported_and_the_plugin_left_out():
    wrong = module("wrong", spy_make_coffee=[], spy_stdlib_providers=[provider("b")])
    plugins = loaded(wrong, module("good", spy_stdlib_providers=[provider("a")]))
    assert "unknown hook 'spy_make_coffee'" in only_fault(plugins)
    assert list(plugins.stdlib_providers()) == ["a"]
    assert [name for name, *_ in plugins.installed()] == ["good"]


def test_a_hook_with_an_argument_that_nobody_specified_is_reported():
    wrong = types.ModuleType("wrong")
    wrong.spy_backends = hookimpl(_with_argument)
    assert "spy_backends" in only_fault(loaded(wrong))


def _with_argument(config: object) -> object:
    return [config]


_with_argument.__name__ = "spy_backends"


@pytest.mark.parametrize(
    "result", [RuntimeError("no disk"), 5, [object()]], ids=["raises", "no sequence", "no name"]
)
def test_a_hook_that_fails_is_reported_once_and_left_out(result):
    plugins = loaded(
        module("bad", spy_stdlib_providers=result), module("good", spy_stdlib_providers=[provider("a")])
    )
    assert list(plugins.stdlib_providers()) == ["a"]
    assert list(plugins.stdlib_providers()) == ["a"]
    assert "spy_stdlib_providers() failed with" in only_fault(plugins)


def test_the_same_plugin_twice_is_reported():
    one = module("one", spy_stdlib_providers=[provider("a")])
    plugins = loaded(one, one)
    assert "already registered" in only_fault(plugins)
    assert list(plugins.stdlib_providers()) == ["a"]


def test_calls_are_traced_on_request(monkeypatch, capsys):
    monkeypatch.setenv("SPY_TRACE_PLUGINS", "1")
    loaded(module("one", spy_stdlib_providers=[provider("a")])).stdlib_providers()
    assert "spy_stdlib_providers" in capsys.readouterr().err


def test_installed_points_are_found():
    points = find_points("console_scripts")
    assert any(
        p.name == "pytest" and p.distribution == "pytest" and p.target.endswith("console_main")
        for p in points
    )
