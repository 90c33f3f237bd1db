"""A text that changes when distributions come or go: that changes a folder of `sys.path`.

The current folder does not count: what is in it is no installed distribution.
"""

import os
import sys


def environment_key() -> str:
    """Return the text for this Python."""
    rows = [sys.version.replace("\n", " ")]
    here = os.getcwd()
    for folder in sys.path:
        if folder in ("", here):
            continue
        try:
            rows.append(f"{folder}\t{os.stat(folder).st_mtime_ns}")
        except OSError:
            continue
    return "\n".join(rows)
