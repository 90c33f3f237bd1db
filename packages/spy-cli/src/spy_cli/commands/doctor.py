"""`spy doctor`: what SPy finds on this machine, and what it misses."""

import argparse
import os
import platform
import sys
from importlib.metadata import distributions

from spy_cli.cache_dir import cache_dir
from spy_cli.toolchains import find_toolchains

HELP = "check the installation: packages, plugins, C compiler, cache"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This command has no arguments."""


def run(args: argparse.Namespace) -> int:
    """Print what is there; return 1 if something is missing."""
    checks = [_python(), _packages(), *_plugins(), *find_toolchains(), _cache()]
    for good, text in checks:
        print(f"{'ok     ' if good else 'PROBLEM'} {text}")
    return 0 if all(good for good, _ in checks) else 1


def _python() -> tuple[bool, str]:
    good = sys.version_info >= (3, 11)
    return good, f"{platform.python_implementation()} {platform.python_version()} ({sys.executable})"


def _packages() -> tuple[bool, str]:
    found = {str(d.metadata["Name"]).lower(): d.version for d in distributions()}
    ours = [f"{name} {found[name]}" for name in sorted(found) if name.startswith("spy-")]
    return bool(ours), f"packages: {', '.join(ours)}"


def _plugins() -> list[tuple[bool, str]]:
    from spy_types.plugins import Plugins

    plugins = Plugins()
    plugins.load()
    names = ", ".join(name for name, _, _ in plugins.installed())
    return [(True, f"plugins: {names}"), *((False, d.title) for d in plugins.broken)]


def _cache() -> tuple[bool, str]:
    folder = cache_dir()
    existing = next(p for p in (folder, *folder.absolute().parents) if p.exists())
    good = os.access(existing, os.W_OK)
    return good, f"cache: {folder}" + ("" if good else " cannot be written, so nothing is kept between runs")
