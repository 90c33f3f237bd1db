"""Where SPy keeps what it can make again."""

import os


def cache_root() -> str:
    """Return `$SPY_CACHE_DIR`, else the `spy` folder of the user's cache folder; it may not exist yet."""
    chosen = os.environ.get("SPY_CACHE_DIR")
    if chosen:
        return chosen
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "spy")
