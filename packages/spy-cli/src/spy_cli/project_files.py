"""Where a project file may be: in the folder of the main file or above it."""

from pathlib import Path


def project_files(main: Path) -> list[Path]:
    """Return the paths, nearest first."""
    start = main.absolute().parent
    return [folder / name for folder in (start, *start.parents) for name in ("spy.toml", "pyproject.toml")]
