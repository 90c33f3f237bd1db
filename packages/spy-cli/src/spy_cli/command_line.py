"""Everything but the hot path: argparse over the built-in commands and those of plugins."""

import argparse
import sys
from collections.abc import Callable
from difflib import get_close_matches
from importlib import import_module
from typing import NamedTuple

from spy_cli.commands import COMMANDS

DESCRIPTION = "SPy: a statically typed variant of Python, interpreted and compiled."
EPILOG = "`spy FILE` is `spy run FILE`. What follows FILE belongs to the program."


class _Command(NamedTuple):
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def run_command(arguments: list[str]) -> int:
    """Parse `arguments` and run the command they name; return the exit code."""
    name = arguments[0]
    if name in ("-h", "--help", "help"):
        print(_overview())
        return 0
    if name in ("-V", "--version"):
        from importlib.metadata import version

        print(f"spy {version('spy-cli')} (Python {sys.version.split()[0]})")
        return 0
    if name.startswith("-"):
        arguments = ["run", *arguments]
        name = "run"
    command = _builtin(COMMANDS[name]) if name in COMMANDS else _of_plugin(name)
    if command is None:
        return _no_such_command(name)
    parser = argparse.ArgumentParser(prog=f"spy {name}", description=command.help, allow_abbrev=False)
    command.add_arguments(parser)
    try:
        args = parser.parse_args(arguments[1:], argparse.Namespace(words=arguments[1:]))
    except SystemExit as exit_:
        return int(exit_.code or 0)
    return command.run(args)


def _builtin(module_name: str) -> _Command:
    module = import_module(f"spy_cli.commands.{module_name}")
    return _Command(module.HELP, module.add_arguments, module.run)


def _of_plugin(name: str) -> _Command | None:
    from spy_cli.plugins import load_plugins

    found = load_plugins().commands().get(name)
    return None if found is None else _Command(found.help, found.add_arguments, found.run)


def _no_such_command(name: str) -> int:
    close = get_close_matches(name, COMMANDS, 1)
    hint = f"; did you mean `{close[0]}`?" if close else ""
    print(f"spy: no such command or file: '{name}'{hint}", file=sys.stderr)
    print("try: spy --help", file=sys.stderr)
    return 2


def _overview() -> str:
    rows = [(name, _builtin(module).help) for name, module in COMMANDS.items() if name != "rs"]
    rows += _plugin_rows()
    width = max(len(name) for name, _ in rows)
    commands = "\n".join(f"  {name:<{width}}  {help_}" for name, help_ in rows)
    return (
        f"usage: spy FILE [ARGS...]\n       spy COMMAND [OPTIONS]\n\n{DESCRIPTION}\n\n"
        f"commands:\n{commands}\n\n{EPILOG} `spy COMMAND --help` tells more."
    )


def _plugin_rows() -> list[tuple[str, str]]:
    from spy_cli.plugins import load_plugins

    return [(name, command.help) for name, command in load_plugins().commands().items()]
