"""The parts of the cache."""

from pathlib import Path

from spy_cli.cache_root import cache_root

KINDS = {
    "syntax": "parsed modules",
    "run": "programs ready to run",
    "native": "compiled programs",
    "plugins": "list of plugins",
}


def cache_dir() -> Path:
    """Return the folder of the cache; it may not exist yet."""
    return Path(cache_root())
