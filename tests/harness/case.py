"""A case: a SPy program whose comments say what it must do. tests/README.md explains the form."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import final

from .outcome import Fault, Outcome

HEADER = re.compile(r"^# (python|args|exit|options|not yet): (.+)$")
RAISES = re.compile(r"#\s*raises: (\w+)(?:: (.*))?$")
EXPECT = "# expect:\n"


@final
@dataclass(frozen=True, slots=True)
class Case:
    """One program (a file, or `main.spy` of a folder) and its expectation."""

    name: str
    path: Path
    python: bool
    args: tuple[str, ...]
    options: tuple[str, ...]
    expected: Outcome
    not_yet: str = ""

    @property
    def own_files(self) -> set[str]:
        """The names of the program's files."""
        return {path.name for path in _sources(self.path)}


def read_cases(root: Path) -> list[Case]:
    """Return every case under `root`, in order of name."""
    folders = {path.parent for path in root.rglob("main.spy")}
    files = [p for p in root.rglob("*.spy") if not any(folder in p.parents for folder in folders)]
    programs = {p.relative_to(root).with_suffix("").as_posix(): p for p in files}
    programs |= {folder.relative_to(root).as_posix(): folder / "main.spy" for folder in folders}
    return [read_case(name, path) for name, path in sorted(programs.items())]


def read_case(name: str, path: Path) -> Case:
    """Read the header lines, the `# raises:` mark and the `# expect:` block, or the `.out` file."""
    code, _, expect = path.read_text().partition(EXPECT)
    header = dict(match.groups() for line in code.splitlines() if (match := HEADER.match(line)))
    fault = _fault(path)
    exit_code = 1 if fault else int(header.get("exit", "0"))
    beside = path.with_suffix(".out")
    stdout = beside.read_text() if beside.exists() else _uncomment(expect)
    return Case(
        name=name,
        path=path,
        python=header.get("python") == "same",
        args=tuple(header.get("args", "").split()),
        options=tuple(header.get("options", "").split()),
        expected=Outcome(stdout, exit_code, fault),
        not_yet=header.get("not yet", ""),
    )


def write_expected(path: Path, stdout: str) -> None:
    """Replace the `# expect:` block of a program."""
    code = path.read_text().partition(EXPECT)[0].rstrip("\n")
    block = "".join(f"# {line}\n" if line else "#\n" for line in stdout.split("\n")[:-1])
    path.write_text(f"{code}\n\n{EXPECT}{block}" if stdout else f"{code}\n")


def _fault(main: Path) -> Fault | None:
    """Find the line that carries a `# raises:` mark, in any file of the program."""
    for path in _sources(main):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if match := RAISES.search(line):
                return Fault(match[1], match[2], f"{path.name}:{number}")
    return None


def _sources(main: Path) -> list[Path]:
    return sorted(main.parent.rglob("*.spy")) if main.name == "main.spy" else [main]


def _uncomment(block: str) -> str:
    return "".join(line.removeprefix("#").removeprefix(" ") + "\n" for line in block.split("\n")[:-1])
