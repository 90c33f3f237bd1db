"""The cache of artifacts: files named by what they were made from. A cache that cannot be used is no
fault.
"""

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import final


def key_of(parts: Iterable[str | bytes]) -> str:
    """Return the name for what is made from `parts`."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.hexdigest()


def default_root(environment: "os._Environ[str] | dict[str, str]") -> Path:
    """Return where the cache is if nobody says otherwise."""
    for variable, below in (("SPY_CACHE_DIR", ""), ("XDG_CACHE_HOME", "spy")):
        if environment.get(variable):
            return Path(environment[variable]) / below / "cbackend"
    return Path(environment.get("HOME") or tempfile.gettempdir()) / ".cache" / "spy" / "cbackend"


@final
class Cache:
    """Folders of files by key. Entries appear at once and complete, so that builds may run in parallel."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def find(self, key: str, names: Iterable[str]) -> Path | None:
        """Return the folder of `key`, None unless it holds all of `names`."""
        folder = self._folder(key)
        try:
            return folder if all((folder / name).is_file() for name in names) else None
        except OSError:
            return None

    def add(self, key: str, files: Sequence[Path]) -> Path | None:
        """Store copies of `files` under `key`; return their folder, None if the cache cannot be written."""
        folder = self._folder(key)
        names = [file.name for file in files]
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            staging = Path(tempfile.mkdtemp(prefix="new-", dir=folder.parent))
        except OSError:
            return None
        try:
            for file in files:
                shutil.copy2(file, staging / file.name)
            staging.chmod(0o755)
            if folder.exists() and self.find(key, names) is None:
                shutil.rmtree(folder, ignore_errors=True)
            os.rename(staging, folder)
        except OSError:
            shutil.rmtree(staging, ignore_errors=True)
        return self.find(key, names)

    def _folder(self, key: str) -> Path:
        return self.root / key[:2] / key[2:]


def place_file(source: Path, target: Path) -> None:
    """Put a copy of `source` at `target` at once; whoever runs the old file keeps it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(descriptor)
    try:
        shutil.copy2(source, name)
        os.replace(name, target)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
