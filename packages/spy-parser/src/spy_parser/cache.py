"""Parsed modules on disk, found by the content of their source."""

import hashlib
import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec
from spy_types.errors import SpyError
from spy_types.syntax import codec
from spy_types.syntax.module import SYNTAX_VERSION, SyntaxModule

from spy_parser.parse import parse_bytes

PARSER_VERSION: Final = "0.1.0"
"""The version of this package; reading it from the metadata would cost more than a parse."""


def cached_parse(
    data: bytes, *, name: str = "main", path: str = "<string>", cache_dir: Path | None = None
) -> SyntaxModule:
    """Return `parse_bytes(data)`, from `cache_dir` if an earlier call left it there.

    A cache that cannot be read, written or decoded is no fault: the source is parsed.
    """
    if cache_dir is None:
        return parse_bytes(data, name=name, path=path)
    digest = hashlib.sha256(data).hexdigest()
    entry = cache_dir / f"{_key(digest, name)}.spyast"
    module = _read(entry)
    if module is not None and module.digest == digest and module.name == name:
        return module if module.path == path else msgspec.structs.replace(module, path=path)
    module = parse_bytes(data, name=name, path=path)
    _write(entry, module)
    return module


def _key(digest: str, name: str) -> str:
    """Return the name of a cache entry: source, module name, parser and format."""
    seed = f"{digest} {name} {PARSER_VERSION} {SYNTAX_VERSION}"
    return hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _read(entry: Path) -> SyntaxModule | None:
    try:
        return codec.decode(entry.read_bytes())
    except (OSError, SpyError, ValueError):
        return None


def _write(entry: Path, module: SyntaxModule) -> None:
    """Write whole or not at all: readers see the old entry or the new one."""
    temporary = entry.with_name(f"{entry.name}.{os.getpid()}.{threading.get_ident()}.tmp")
    try:
        data = codec.encode(module)
        entry.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        os.replace(temporary, entry)
    except (OSError, RecursionError, ValueError):
        with suppress(OSError):
            temporary.unlink()
