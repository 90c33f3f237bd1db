"""The project file: `spy.toml`, or `[tool.spy]` in pyproject.toml, next to the main file or further up.

path = ["lib"]          # more folders to look for modules in
overflow = "check"      # or "wrap"
[build]
release = true
"""

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec

from spy_cli import errors
from spy_cli.project_files import project_files
from spy_cli.read_source import read_source
from spy_cli.settings import BuildDefaults, Settings

_MARK = re.compile(rb"^\s*\[\s*tool\s*\.\s*spy\b", re.MULTILINE)
_AT = re.compile(r" \(at line (\d+), column (\d+)\)$")


def find_project(main: Path) -> Settings:
    """Return the settings that hold for the program whose main file is `main`."""
    for path in project_files(main):
        if not path.is_file():
            continue
        if path.name == "spy.toml":
            return _settings(path, _read_toml(path))
        if _MARK.search(read_source(path)):
            return _settings(path, _read_toml(path)["tool"]["spy"])
    return Settings()


def _read_toml(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(read_source(path).decode())
    except tomllib.TOMLDecodeError as error:
        text = str(error)
        place = _AT.search(text)
        line, col = (int(place[1]), int(place[2])) if place else (1, 1)
        reason = _AT.sub("", text)
        raise errors.malformed_project(str(path), reason[:1].lower() + reason[1:], line, col) from None
    except UnicodeDecodeError:
        raise errors.malformed_project(str(path), "it is not UTF-8 text") from None


def _settings(path: Path, table: object) -> Settings:
    if not isinstance(table, dict):
        raise errors.malformed_project(str(path), "`tool.spy` is not a table")
    _refuse_unknown(path, table, ("path", "overflow", "build"))
    build = table.get("build", {})
    if isinstance(build, dict):
        _refuse_unknown(path, build, BuildDefaults.__struct_fields__)
    try:
        return msgspec.convert({**table, "file": path}, Settings)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at `$.")
        key = place.rstrip("`").partition("[")[0]
        message = f"`{key}`: {reason[:1].lower()}{reason[1:]}" if key else reason
        raise errors.malformed_project(str(path), message, _line_of(path, key.rpartition(".")[2])) from None


def _refuse_unknown(path: Path, table: dict[str, Any], known: tuple[str, ...]) -> None:
    for name in table:
        if name not in known:
            close = get_close_matches(name, known, 1)
            raise errors.unknown_setting(
                str(path), name, known, close[0] if close else None, _line_of(path, name)
            )


def _line_of(path: Path, key: str) -> int:
    pattern = re.compile(rf"^\s*\[?\s*[\w.]*\b{re.escape(key)}\b\s*[=.\]]")
    lines = read_source(path).decode().split("\n")
    return next((number for number, line in enumerate(lines, 1) if key and pattern.match(line)), 1)
