"""`spy plugins`: what is installed, and what it brings."""

import argparse

from spy_cli.plugins import load_plugins

HELP = "list the installed plugins and what they bring"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This command has no arguments."""


def run(args: argparse.Namespace) -> int:
    """Print the plugins; return 1 if one cannot be loaded."""
    plugins = load_plugins()
    print("plugins:")
    for name, distribution, version in plugins.installed():
        print(f"  {name}: {distribution} {version}".rstrip(": "))
    print("backends:")
    for backend in plugins.backends().values():
        versions = ", ".join(map(str, backend.ir_versions))
        print(f"  {backend.name}: kinds {', '.join(backend.kinds)}; Program IR {versions}")
    print("libraries:")
    for provider in plugins.stdlib_providers().values():
        print(f"  {provider.name}: {provider.root}")
    print("builtin modules:")
    for module in plugins.builtin_modules().values():
        print(f"  {module.name}: {module.doc.partition(chr(10))[0]}".rstrip(": "))
    print("commands:")
    for command in plugins.commands().values():
        print(f"  {command.name}: {command.help}")
    return 1 if plugins.broken else 0
