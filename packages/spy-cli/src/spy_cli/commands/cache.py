"""`spy cache`: what SPy keeps between runs."""

import argparse
import shutil
from pathlib import Path

from spy_cli.cache_dir import KINDS, cache_dir

HELP = "show or empty the cache"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add positional arguments."""
    parser.add_argument("action", choices=["show", "clean"], nargs="?", default="show", help="default: show")


def run(args: argparse.Namespace) -> int:
    """Show the sizes, or delete everything."""
    folder = cache_dir()
    total = 0
    print(folder)
    for kind, what in KINDS.items():
        files = [p for p in (folder / kind).rglob("*") if p.is_file()]
        size = sum(_size(p) for p in files)
        total += size
        print(f"  {what:<22} {len(files):>6} files {size / 1e6:>8.1f} MB")
        if args.action == "clean":
            shutil.rmtree(folder / kind, ignore_errors=True)
    if args.action == "clean":
        print(f"deleted {total / 1e6:.1f} MB")
    return 0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
