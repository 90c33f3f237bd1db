from pathlib import Path

import pytest
from spy_cli.project import find_project
from spy_cli.settings import BuildDefaults, Settings
from spy_types.errors import Diagnostic, SpyError


def fault_of(tmp_path: Path, text: str | bytes, name: str = "spy.toml") -> Diagnostic:
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SpyError) as caught:
        find_project(tmp_path / "demo.spy")
    return caught.value.diagnostic


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert find_project(tmp_path / "demo.spy").overflow == "wrap"


def test_spy_toml_is_found_upwards(tmp_path: Path) -> None:
    file = tmp_path / "spy.toml"
    file.write_text('path = ["lib"]\noverflow = "check"\n[build]\nrelease = true\nkind = "lib"\n')
    settings = find_project(tmp_path / "src" / "deep" / "demo.spy")
    assert settings == Settings(("lib",), "check", BuildDefaults(kind="lib", release=True), file)
    assert settings.folders() == [tmp_path / "lib"]


def test_a_table_in_pyproject_does_the_same(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n[tool.spy]\noverflow = "check"\n')
    assert find_project(tmp_path / "demo.spy").overflow == "check"


def test_a_pyproject_without_the_table_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "spy.toml").write_text('overflow = "check"\n')
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text('[project]\nname = "x"\n')
    assert find_project(inner / "demo.spy").overflow == "check"


def test_a_syntax_error_has_its_place(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, 'overflow = "wrap"\npath = = 3\n')
    assert (fault.code, fault.labels[0].loc.line, fault.labels[0].loc.col) == ("CLI006", 2, 8)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("path = 3", 1, "`path`: expected `array`"),
        ('\noverflow = "trap"', 2, "`overflow`: invalid enum value 'trap'"),
        ('[build]\nrelease = "yes"', 2, "`build.release`: expected `bool`"),
        ("build = 1", 1, "`build`: expected `object`"),
        (b"path = '\xff'", 1, "not UTF-8"),
    ],
)
def test_a_wrong_value_names_its_key_and_line(
    tmp_path: Path, text: str | bytes, line: int, says: str
) -> None:
    fault = fault_of(tmp_path, text)
    assert (fault.code, fault.labels[0].loc.line) == ("CLI006", line)
    assert says in fault.title


@pytest.mark.parametrize(
    ("text", "line", "close"), [('ovrflow = "wrap"', 1, "overflow"), ("[build]\nrelese = 1", 2, "release")]
)
def test_an_unknown_key_gets_a_suggestion(tmp_path: Path, text: str, line: int, close: str) -> None:
    fault = fault_of(tmp_path, text)
    assert (fault.code, fault.labels[0].loc.line, fault.hint) == ("CLI007", line, f"did you mean `{close}`?")


def test_tool_spy_must_be_a_table(tmp_path: Path) -> None:
    assert fault_of(tmp_path, "[tool]\nspy = 1\n[tool.spy.x]\n", "pyproject.toml").code == "CLI006"
