"""The typed face of the plugin manager: the only module that touches `pm.hook`."""

import os
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import pluggy

from spy_types import hookspecs
from spy_types.errors import Diagnostic, SpyError

if TYPE_CHECKING:
    from spy_types.artifacts import Backend, BuiltinModule, StdlibProvider
    from spy_types.hookspecs import Command


class _Named(Protocol):
    @property
    def name(self) -> str: ...


class PluginPoint(NamedTuple):
    """An installed entry point: `target` is a module, or `module:attribute`, of a distribution."""

    name: str
    target: str
    distribution: str = ""
    version: str = ""

    def __str__(self) -> str:
        return f"{self.distribution} {self.version}" if self.distribution else self.name


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
        self._points: dict[str, PluginPoint] = {}
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
        return self._by_name("backend", "spy_backends")

    def stdlib_providers(self) -> "dict[str, StdlibProvider]":
        """Return every library by name."""
        return self._by_name("stdlib provider", "spy_stdlib_providers")

    def builtin_modules(self) -> "dict[str, BuiltinModule]":
        """Return every builtin module by name."""
        return self._by_name("builtin module", "spy_builtin_modules")

    def commands(self) -> "dict[str, Command]":
        """Return every subcommand by name."""
        return self._by_name("command", "spy_commands")

    def installed(self) -> Iterator[tuple[str, str, str]]:
        """Yield (plugin name, distribution, version) of what is registered."""
        for point in self._points.values():
            yield point.name, point.distribution, point.version

    def _register(self, plugin: object, point: PluginPoint) -> None:
        try:
            self._pm.register(plugin, name=point.name)
            self._pm.check_pending()
        except ValueError as error:  # it is registered already, and stays so
            self.broken.append(_failed(point, str(error)))
            return
        except pluggy.PluginValidationError as error:
            self._pm.unregister(name=point.name)
            self.broken.append(_failed(point, str(error)))
            return
        self._points[point.name] = point

    def _by_name(self, what: str, hook: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        origins: dict[str, PluginPoint] = {}
        for point in self._points.values():
            for name, item in self._offers(hook, point):
                if name in found:
                    raise duplicate_offer(what, name, str(origins[name]), str(point))
                found[name], origins[name] = item, point
        return found

    def _offers(self, hook: str, point: PluginPoint) -> list[tuple[str, _Named]]:
        """Return what one plugin offers by name, nothing if it fails."""
        others = [plugin for name, plugin in self._pm.list_name_plugin() if name != point.name]
        try:
            return [
                (item.name, item) for items in self._pm.subset_hook_caller(hook, others)() for item in items
            ]
        except Exception as error:  # a stranger's hook may raise anything
            fault = _failed(point, f"{hook}() failed with {type(error).__name__}: {error}")
            if fault not in self.broken:
                self.broken.append(fault)
            return []


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
