"""Where SPy keeps what it can make again: parsed modules, programs ready to run, artifacts."""

import os
from pathlib import Path

KINDS = {
    "syntax": "parsed modules",
    "run": "programs ready to run",
    "native": "compiled programs",
    "plugins": "list of plugins",
}


def cache_dir() -> Path:
    """Return `$SPY_CACHE_DIR`, else the `spy` folder of the user's cache folder; it may not exist yet."""
    chosen = os.environ.get("SPY_CACHE_DIR")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base, "spy")
