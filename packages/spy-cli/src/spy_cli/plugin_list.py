"""The installed entry points, remembered between runs: to find them takes longer than a short run does.

The list holds as long as `sys.path` is the same and none of its folders was changed: to install, upgrade or
remove a distribution changes one. The current folder does not count: what is in it is no distribution.
"""

import os
import sys
import zlib

from spy_types.plugins import PluginPoint, find_points

from spy_cli.cache_dir import cache_dir
from spy_cli.cache_file import read_cached, write_cached


def installed_points() -> list[PluginPoint]:
    """Return the entry points of the group `spy`."""
    key = environment_key()
    file = cache_dir() / "plugins" / f"{zlib.crc32(os.fsencode(sys.prefix)):08x}"
    data = read_cached(file)
    known, _, rows = data.decode(errors="replace").partition("\n\n") if data is not None else ("", "", "")
    if known == key:
        return [PluginPoint(*row.split("\t")) for row in rows.split("\n") if row]
    points = find_points()
    write_cached(file, "\n".join([key, "", *("\t".join(point) for point in points)]).encode())
    return points


def environment_key() -> str:
    """Return a text that changes when distributions come or go."""
    rows = [sys.version.replace("\n", " ")]
    for folder in sys.path:
        if folder in ("", os.getcwd()):
            continue
        try:
            rows.append(f"{folder}\t{os.stat(folder).st_mtime_ns}")
        except OSError:
            continue
    return "\n".join(rows)
