"""What the comments of a wrong program promise. tests/README.md explains the form."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

HERE = re.compile(r'#\s*error: (\S+)(?: "(.*)")?$')
ELSEWHERE = re.compile(r'^# error-at: (\d+) (\S+)(?: "(.*)")?$')
NOTE = re.compile(r"#\s*note$")


@final
@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """An expected diagnostic: its file, line, exception type (`*` for any) and a part of its text."""

    file: str
    line: int
    etype: str
    text: str

    def accepts(self, diagnostic: Any) -> bool:
        """Tell whether an entry of `spy check --format json` is the one promised."""
        place = (Path(diagnostic.get("file", "")).name, diagnostic.get("line"))
        texts = [diagnostic["title"], *(label["text"] for label in diagnostic["labels"])]
        return (
            place == (self.file, self.line)
            and self.etype in ("*", diagnostic["type"])
            and any(self.text in text for text in texts)
        )


@final
@dataclass(frozen=True, slots=True)
class WrongProgram:
    """A wrong program, its neighbour that is right, and what must be found."""

    name: str
    path: Path
    neighbour: Path
    errors: tuple[Mark, ...]
    notes: tuple[tuple[str, int], ...]
    runs_in_interp: bool


def read_wrong_programs(root: Path) -> list[WrongProgram]:
    """Return every wrong program under `root`, in order of name."""
    mains = [p for p in root.rglob("main.spy") if not p.parent.name.endswith("_ok")]
    folders = {p.parent for p in root.rglob("main.spy")}
    single = [p for p in root.rglob("*.spy") if p.parent not in folders and not p.stem.endswith("_ok")]
    return sorted((_read(root, path) for path in mains + single), key=lambda program: program.name)


def _read(root: Path, path: Path) -> WrongProgram:
    is_folder = path.name == "main.spy"
    base = path.parent if is_folder else path.with_suffix("")
    right = base.with_name(base.name + "_ok")
    files = sorted(path.parent.rglob("*.spy")) if is_folder else [path]
    errors: list[Mark] = []
    notes: list[tuple[str, int]] = []
    for file in files:
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if match := HERE.search(line):
                errors.append(Mark(file.name, number, match[1], match[2] or ""))
            if match := ELSEWHERE.search(line):
                errors.append(Mark(file.name, int(match[1]), match[2], match[3] or ""))
            if NOTE.search(line):
                notes.append((file.name, number))
    return WrongProgram(
        name=base.relative_to(root).as_posix(),
        path=path,
        neighbour=right / "main.spy" if is_folder else right.with_suffix(".spy"),
        errors=tuple(sorted(errors)),
        notes=tuple(notes),
        runs_in_interp=not path.read_text().startswith("# interp: fails"),
    )
