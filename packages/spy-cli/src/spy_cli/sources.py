"""Lines of source files, for messages."""

from pathlib import Path

TAB = "    "


class Sources:
    """Source lines by path, read when first asked for; what cannot be read has no lines."""

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {}

    def add(self, path: str, text: str) -> None:
        """Make `text` the content of `path`."""
        self._lines[path] = _split(text)

    def line(self, path: str, number: int) -> str | None:
        """Return line `number` (from 1) of `path` without its end, or None."""
        if path not in self._lines:
            self._lines[path] = _read(path)
        lines = self._lines[path]
        return lines[number - 1] if 0 < number <= len(lines) else None


def _read(path: str) -> list[str]:
    try:
        return _split(Path(path).read_text(encoding="utf-8-sig", errors="replace"))
    except (OSError, ValueError):
        return []


def _split(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
