from collections.abc import Callable
from pathlib import Path

import pytest
from spy_cli.sources import Sources
from spy_types.testing import GoldenCase

Spy = Callable[..., tuple[int, str, str]]


def test_command(golden: GoldenCase, spy: Spy, project: Path) -> None:
    (project / "demo.spy").write_text(golden.sections["program"])
    (project / "util.spy").write_text("import math\n")
    code, out, err = spy(*golden.sections["command"].split())
    assert err == ""
    assert code == (1 if "error[" in out else 0)
    golden.check("output", out.replace(str(Path(__file__).parents[2]), "PACKAGES"))


def test_ir_goes_to_a_file_and_back(spy: Spy, project: Path) -> None:
    (project / "demo.spy").write_text("def main() -> int:\n    return 3\n")
    assert spy("ir", "--format", "bytes", "-o", "demo.spyir", "demo.spy") == (0, "", "")
    assert spy("demo.spyir")[0] == 3
    assert spy("ir", "demo.spyir") == spy("ir", "demo.spy")


def test_the_cache_can_be_shown_and_emptied(spy: Spy, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = project / "own-cache"
    monkeypatch.setenv("SPY_CACHE_DIR", str(cache))
    (project / "demo.spy").write_text("def main() -> None:\n    pass\n")
    spy("check", "demo.spy")
    shown = spy("cache")[1].splitlines()
    assert shown[0] == str(cache)
    assert any("parsed modules" in line and " 0 files" not in line for line in shown)
    assert spy("cache", "clean")[0] == 0
    assert [path for path in cache.rglob("*.spyast")] == []


def test_plugins_lists_the_builtin_ones(spy: Spy) -> None:
    code, out, err = spy("plugins")
    assert (code, err) == (0, "")
    assert "  c: kinds exe, lib, cffi; Program IR 1\n" in out
    assert "  spy-stdlib: " in out


def test_doctor_finds_everything_in_a_good_place(spy: Spy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    code, out, _ = spy("doctor")
    assert (code, [line for line in out.splitlines() if not line.startswith("ok ")]) == (0, [])


def test_doctor_misses_a_compiler(spy: Spy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    code, out, _ = spy("doctor")
    assert code == 1
    assert "PROBLEM no C compiler" in out


def test_lines_end_as_python_says() -> None:
    sources = Sources()
    sources.add("demo.spy", "a\r\nb\rc\nd")
    assert [sources.line("demo.spy", number) for number in range(6)] == [None, "a", "b", "c", "d", None]
