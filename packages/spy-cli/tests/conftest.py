"""Stages that tests can steer, and the command on top of them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from spy_cli.main import main
from spy_types.errors import SpyError
from spy_types.program.program import PROGRAM_VERSION, Features, Program
from spy_types.syntax.module import SYNTAX_VERSION, SyntaxModule

PROGRAM = Program("spyir", PROGRAM_VERSION, "test", Features(), (), {}, (), (), (), (), None, ())


class FakeStages:
    """Stages that note what they are asked to do. Set an attribute to make things happen."""

    def __init__(self) -> None:
        self.log: list[Any] = []
        self.import_error: SpyError | None = None
        self.static_errors: SpyError | None = None
        self.body: Callable[[], int] = lambda: 0

    def plugins(self) -> Any:
        raise AssertionError("no plugins here")

    def did_something(self) -> bool:
        return True

    def folders(self) -> list[Path]:
        return []

    def libraries(self) -> dict[Path, str]:
        return {}

    def parse(self, data: bytes, name: str, path: str) -> SyntaxModule:
        return SyntaxModule("spyast", SYNTAX_VERSION, name, path, "", None, (), (), ())

    def import_program(self, loader: Any, options: Any) -> Any:
        self.log.append(("import", options))
        if self.import_error is not None:
            raise self.import_error
        return loader.main()

    def redshift(self, world: Any, options: Any, *, purpose: str = "run", also: Any = ()) -> Program:
        self.log.append("redshift" if purpose == "run" else purpose)
        if self.static_errors is not None:
            raise self.static_errors
        return PROGRAM

    def interpret(self, world: Any, argv: Sequence[str]) -> int:
        self.log.append(("interpret", list(argv)))
        return self.body()

    def execute_saved(self, saved: bytes, argv: Sequence[str]) -> int:
        raise AssertionError("nothing is saved here")

    def execute(self, program: Any, argv: Sequence[str]) -> int:
        self.log.append(("execute", list(argv)))
        return self.body()


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> FakeStages:
    """What the command uses instead of the installed stages."""
    fake = FakeStages()
    monkeypatch.setattr("spy_cli.session.InstalledStages", lambda: fake)
    return fake


@pytest.fixture
def project(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The current folder, with `demo.spy` in it. The cache is not the user's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SPY_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.setenv("NO_COLOR", "1")
    (tmp_path / "demo.spy").write_text("def main() -> None:\n    x: int = 'a'\n")
    return tmp_path


@pytest.fixture
def spy(project: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command line in `project`; return exit code, stdout, stderr."""

    def run(*argv: str) -> tuple[int, str, str]:
        code = main(list(argv))
        out, err = capsys.readouterr()
        return code, out, err

    return run
