"""What the project file, the environment and the options of the command decide together."""

from pathlib import Path
from typing import Literal, final

import msgspec

Overflow = Literal["wrap", "check"]
Kind = Literal["exe", "lib", "cffi"]


@final
class BuildDefaults(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[build]` table: what `spy build` does when no option says otherwise."""

    out: str | None = None
    kind: str = "exe"
    backend: str = "c"
    release: bool = False
    options: dict[str, str] = {}


@final
class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A project file: `path` holds folders relative to the file."""

    path: tuple[str, ...] = ()
    overflow: Overflow = "wrap"
    build: BuildDefaults = BuildDefaults()
    file: Path | None = None

    def folders(self) -> list[Path]:
        """Return the folders of the search path."""
        base = self.file.parent if self.file is not None else Path()
        return [base / folder for folder in self.path]
