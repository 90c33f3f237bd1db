"""The typed face of the plugin manager: the only module that touches `pm.hook`."""

import os
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

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
            self._register(module, getattr(module, "__name__", str(module)))
        if entry_point_group:
            for point in entry_points(group=entry_point_group):
                self._load(point)

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

    def _load(self, point: EntryPoint) -> None:
        dist: Distribution | None = point.dist
        try:
            plugin = point.load()
        except Exception as error:  # a stranger's module may raise anything
            self.broken.append(_failed(point.name, dist, f"{type(error).__name__}: {error}"))
            return
        self._register(plugin, point.name, dist)

    def _register(self, plugin: object, name: str, dist: Distribution | None = None) -> None:
        try:
            self._pm.register(plugin, name=name)
            self._pm.check_pending()
        except (pluggy.PluginValidationError, ValueError) as error:
            if self._pm.has_plugin(name) and self._pm.get_plugin(name) is plugin:
                self._pm.unregister(name=name)
            self.broken.append(_failed(name, dist, str(error)))
            return
        if dist is not None:
            self._names[id(plugin)] = f"{dist.metadata['Name']} {dist.version}"

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


def _failed(name: str, dist: Distribution | None, reason: str) -> Diagnostic:
    package = f" (package {dist.metadata['Name']} {dist.version})" if dist is not None else ""
    return Diagnostic(
        "PLUGIN002",
        f"the plugin `{name}`{package} cannot be loaded: {reason}",
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
