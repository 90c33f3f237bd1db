"""The conditions under which what was made of a program holds: see `ready`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from spy_cli.plugin_list import installed_points
from spy_cli.ready import Condition

if TYPE_CHECKING:
    from spy_cli.driver import Session

PACKAGES = ("spy_types", "spy_parser", "spy_vm", "spy_redshift", "spy_stdlib", "spy_cli")
INSTALLED = ("site-packages", "dist-packages")


def conditions(session: "Session") -> Iterator[Condition]:
    """Yield what must hold, beginning with what changes most often."""
    if session.held:
        yield from session.held
        return
    loader = session.loader
    for path, data in loader.read.items():
        if not path.startswith("<"):
            yield "=", path, data
    for candidate in session.project_files:
        yield _same(candidate) if candidate.is_file() else ("-", str(candidate), None)
    for candidate in loader.absent:
        yield "-", str(candidate), None
    for path in loader.read:
        if path.startswith("<"):
            yield unchanged(loader.real_path(path))
    yield from map(unchanged, _code())


def _code() -> list[Path]:
    """Return the Python files that had a part in it: ours and those of plugins.

    What was installed cannot change without its folder, which counts as part of the environment.
    """
    ours = {*PACKAGES, *(point.target.partition(".")[0] for point in installed_points())}
    files = [
        Path(str(module.__file__))
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] in ours and getattr(module, "__file__", None)
    ]
    return sorted(file for file in files if not any(folder in file.parts for folder in INSTALLED))


def _same(path: Path) -> Condition:
    return "=", str(path), path.read_bytes()


def unchanged(path: Path) -> Condition:
    """Return the condition that a file was not written to."""
    found = path.stat()
    return "~", str(path), (found.st_size, found.st_mtime_ns)
