"""Notes that an artifact is up to date: see `built`."""

import marshal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from spy_cli.built import build_stamp, entry_of
from spy_cli.cache_file import write_cached
from spy_cli.conditions import INSTALLED, conditions, unchanged
from spy_cli.ready import Condition, content_hash, encode_entry, is_on

if TYPE_CHECKING:
    from spy_types.artifacts import Artifact, Backend

    from spy_cli.driver import Session


def keep_built(
    words: Sequence[str], session: "Session", backend: "Backend", artifact: "Artifact", argv: list[str] | None
) -> None:
    """Keep for later builds by the same words that `artifact` is up to date, unless they must do more."""
    if (
        not is_on()
        or session.main.suffix == ".spyir"
        or session.stages.did_something()
        or session.stages.plugins().broken
    ):
        return
    payload = marshal.dumps((str(artifact.path), artifact.kind, argv))
    try:
        found = [*conditions(session), *_of_build(backend, artifact)]
        entry = encode_entry(build_stamp(words), found, payload)
    except (OSError, ValueError):
        return
    write_cached(Path(entry_of(words)), entry)


def _of_build(backend: "Backend", artifact: "Artifact") -> Iterator[Condition]:
    for file in (artifact.path, *artifact.files.values()):
        yield "#", str(file), content_hash(file.read_bytes())
    yield from map(unchanged, artifact.tools)
    yield from map(unchanged, _data_of(backend))


def _data_of(backend: "Backend") -> list[Path]:
    """Return the files besides Python that the package of a backend consists of, unless it is installed."""
    package = sys.modules[type(backend).__module__.partition(".")[0]]
    folder = Path(str(package.__file__)).parent
    if any(name in folder.parts for name in INSTALLED):
        return []
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc"))
