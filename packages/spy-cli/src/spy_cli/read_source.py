"""Source files as bytes; whatever is wrong with the file is a diagnostic."""

from difflib import get_close_matches
from pathlib import Path

from spy_cli import errors


def read_source(path: Path) -> bytes:
    """Return the content of the file at `path`."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise errors.missing_file(str(path), _close(path)) from None
    except OSError as error:
        raise errors.unreadable_file(str(path), (error.strerror or str(error)).lower()) from None
    except ValueError as error:
        raise errors.unreadable_file(repr(str(path))[1:-1], str(error)) from None


def source_text(path: Path) -> str:
    """Return the text of a source file that was parsed before; empty if it is gone by now."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return ""


def read_main(path: Path) -> bytes:
    """Return the content of a program's main file, which must be a SPy file."""
    if path.suffix not in (".spy", ".py") and path.exists() and not path.is_dir():
        raise errors.not_a_source_file(str(path))
    return read_source(path)


def _close(path: Path) -> str | None:
    try:
        names = [p.name for p in path.parent.iterdir() if p.suffix == ".spy"]
    except (OSError, ValueError):
        return None
    found = get_close_matches(path.name, names, 1)
    return str(path.parent / found[0]) if found else None
