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

DIGESTS = "SHA256SUMS"


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
    """Folders of files by key. Entries appear at once and complete, so that builds may run in parallel.

    The digests of the files lie beside them: a damaged entry counts as absent.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def find(self, key: str, names: Iterable[str]) -> Path | None:
        """Return the folder of `key`, None unless it holds all of `names`, undamaged."""
        folder = self._folder(key)
        try:
            digests = _read_digests(folder)
            return folder if all(digests[name] == _digest_of(folder / name) for name in names) else None
        except (OSError, ValueError, KeyError):
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
            _write_digests(staging, names)
            staging.chmod(0o755)
            if folder.exists() and self.find(key, names) is None:
                shutil.rmtree(folder, ignore_errors=True)
            os.rename(staging, folder)
        except OSError:
            shutil.rmtree(staging, ignore_errors=True)
        return self.find(key, names)

    def _folder(self, key: str) -> Path:
        return self.root / key[:2] / key[2:]


def _read_digests(folder: Path) -> dict[str, str]:
    lines = (folder / DIGESTS).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def _write_digests(folder: Path, names: Iterable[str]) -> None:
    lines = [f"{_digest_of(folder / name)}  {name}\n" for name in names]
    (folder / DIGESTS).write_text("".join(lines), encoding="utf-8")


def _digest_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


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
