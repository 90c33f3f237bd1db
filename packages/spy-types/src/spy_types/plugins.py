"""The typed face of the plugin manager: the only module that touches `pm.hook`."""

import os
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

import pluggy

from spy_types import hookspecs
from spy_types.errors import Diagnostic, SpyError

if TYPE_CHECKING:
    from spy_types.artifacts import Backend, BuiltinModule, StdlibProvider
    from spy_types.hookspecs import Command


class _Named(Protocol):
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=_Named)


class PluginPoint(NamedTuple):
    """An installed entry point: `target` is a module, or `module:attribute`, of a distribution."""

    name: str
    target: str
    distribution: str = ""
    version: str = ""


def find_points(group: str = "spy") -> list[PluginPoint]:
    """Return the installed entry points of `group`. Slow: it reads the metadata of all distributions."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow, and a caller may have a list at hand

    points = []
    for point in entry_points(group=group):
        dist = point.dist
        origin = (dist.metadata["Name"], dist.version) if dist is not None else ("", "")
        points.append(PluginPoint(point.name, point.value, *origin))
    return points


class Plugins:
    """The plugins of one run of SPy. `broken` holds what could not be loaded; SPy goes on without it."""

    def __init__(self) -> None:
        self._pm = pluggy.PluginManager("spy")
        self._pm.add_hookspecs(hookspecs)
        self.broken: list[Diagnostic] = []
        self._names: dict[int, str] = {}
        if os.environ.get("SPY_TRACE_PLUGINS"):
            self._pm.trace.root.setwriter(sys.stderr.write)
            self._pm.enable_tracing()

    def load(self, *modules: object, entry_point_group: str | None = "spy") -> None:
        """Register `modules`, then installed plugins; a plugin that fails is reported in `broken`."""
        for module in modules:
            self._register(module, PluginPoint(getattr(module, "__name__", str(module)), ""))
        if entry_point_group:
            self.load_points(find_points(entry_point_group))

    def load_points(self, points: Iterable[PluginPoint]) -> None:
        """Import and register what `points` name; a plugin that fails is reported in `broken`."""
        for point in points:
            try:
                module, _, attribute = point.target.partition(":")
                plugin = import_module(module)
                plugin = getattr(plugin, attribute) if attribute else plugin
            except Exception as error:  # a stranger's module may raise anything
                self.broken.append(_failed(point, f"{type(error).__name__}: {error}"))
                continue
            self._register(plugin, point)

    def backends(self) -> "dict[str, Backend]":
        """Return every backend by name."""
        return self._by_name("backend", self._pm.hook.spy_backends())

    def stdlib_providers(self) -> "dict[str, StdlibProvider]":
        """Return every library by name."""
        return self._by_name("stdlib provider", self._pm.hook.spy_stdlib_providers())

    def builtin_modules(self) -> "dict[str, BuiltinModule]":
        """Return every builtin module by name."""
        return self._by_name("builtin module", self._pm.hook.spy_builtin_modules())

    def commands(self) -> "dict[str, Command]":
        """Return every subcommand by name."""
        return self._by_name("command", self._pm.hook.spy_commands())

    def installed(self) -> Iterator[tuple[str, str, str]]:
        """Yield (plugin name, distribution, version) of what is registered."""
        for name, plugin in self._pm.list_name_plugin():
            if plugin is not None:
                distribution = self._names.get(id(plugin), "")
                yield name, *(distribution.split(" ", 1) if " " in distribution else (distribution, ""))

    def _register(self, plugin: object, point: PluginPoint) -> None:
        try:
            self._pm.register(plugin, name=point.name)
            self._pm.check_pending()
        except (pluggy.PluginValidationError, ValueError) as error:
            if self._pm.has_plugin(point.name) and self._pm.get_plugin(point.name) is plugin:
                self._pm.unregister(name=point.name)
            self.broken.append(_failed(point, str(error)))
            return
        if point.distribution:
            self._names[id(plugin)] = f"{point.distribution} {point.version}"

    def _by_name(self, what: str, results: Iterable[Iterable[Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for offered in results:
            for item in offered:
                if item.name in found:
                    raise duplicate_offer(what, item.name, _origin(found[item.name]), _origin(item))
                found[item.name] = item
        return found


def _origin(item: object) -> str:
    return type(item).__module__.partition(".")[0]


def _failed(point: PluginPoint, reason: str) -> Diagnostic:
    package = f" (package {point.distribution} {point.version})" if point.distribution else ""
    return Diagnostic(
        "PLUGIN002",
        f"the plugin `{point.name}`{package} cannot be loaded: {reason}",
        hint="upgrade or uninstall it; SPy goes on without it",
        etype="ImportError",
    )


def duplicate_offer(what: str, name: str, first: str, second: str) -> SpyError:
    """Two plugins offer the same name."""
    return SpyError(
        Diagnostic(
            "PLUGIN001",
            f"two plugins offer a {what} called `{name}`: {first} and {second}",
            hint="uninstall one of them",
            etype="ImportError",
        )
    )
