"""Golden tests: one text file per case, with `== name ==` sections. Loaded by `-p spy_types.testing`."""

import re
from pathlib import Path

import pytest

SECTION = re.compile(r"^== (\w+) ==\n", re.MULTILINE)


class GoldenCase:
    """One case file: the sections before the first check are inputs, the rest expectations."""

    def __init__(self, path: Path, update: bool) -> None:
        self.path = path
        self.update = update
        head, *parts = SECTION.split(path.read_text())
        self.title = head
        self.sections = dict(zip(parts[::2], parts[1::2], strict=True))

    def check(self, section: str, actual: str, advice: str = "if right: pytest --update-golden") -> None:
        """Compare `actual` with `section`, or rewrite it under --update-golden; `advice` ends the failure."""
        actual = actual.rstrip("\n") + "\n"
        expected = self.sections.get(section, "").rstrip("\n") + "\n"
        if self.update and actual != expected:
            self.sections[section] = actual + "\n"
            body = "".join(f"== {name} ==\n{text}" for name, text in self.sections.items())
            self.path.write_text(self.title + body.rstrip("\n") + "\n")
            return
        assert actual == expected, f"{self.path} [{section}] differs; {advice}"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite expectations in golden files")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "golden" not in metafunc.fixturenames:
        return
    folder = metafunc.definition.path.parent / "golden" / metafunc.function.__name__.removeprefix("test_")
    update = bool(metafunc.config.getoption("--update-golden"))
    cases = [GoldenCase(path, update) for path in sorted(folder.glob("*.golden"))]
    assert cases, f"no golden files in {folder}"
    metafunc.parametrize("golden", cases, ids=[case.path.stem for case in cases])
