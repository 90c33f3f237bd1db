"""Opens the program that a command is about."""

from pathlib import Path
from typing import TYPE_CHECKING

from spy_cli.driver import Session
from spy_cli.installed import InstalledStages
from spy_cli.options import WorldOptions, world_options
from spy_cli.project_files import project_files
from spy_cli.settings import Settings

if TYPE_CHECKING:
    import argparse


def open_session(main: Path, args: "argparse.Namespace | None" = None) -> Session:
    """Return a session for the program in `main`, with its project file and the options in `args`."""
    settings = project_settings(main)
    options = WorldOptions(settings.overflow) if args is None else world_options(args, settings)
    return Session(main, settings, options, InstalledStages())


def project_settings(main: Path) -> Settings:
    """Return the settings of the project file, if there is one."""
    if not any(path.exists() for path in project_files(main)):
        return Settings()
    from spy_cli.project import find_project

    return find_project(main)
