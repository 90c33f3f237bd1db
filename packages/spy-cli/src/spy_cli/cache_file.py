"""Files of the cache. Writing is atomic; when it cannot be done, nothing is kept, and that is all."""

import contextlib
import os
from pathlib import Path


def read_cached(file: Path) -> bytes | None:
    """Return what `file` holds, or None."""
    try:
        return file.read_bytes()
    except OSError:
        return None


def write_cached(file: Path, data: bytes) -> None:
    """Write `file` so that a reader finds the old content or the new, never a part."""
    scratch = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        scratch.write_bytes(data)
        scratch.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            scratch.unlink()
