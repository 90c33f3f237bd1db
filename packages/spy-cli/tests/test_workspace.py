"""The packages of this repository fit together."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

PACKAGES = sorted(path.parent for path in Path(__file__).parents[2].glob("*/pyproject.toml"))
FRAGMENT = re.compile(r"(\d+|\+[\w-]+)\.(removal|feature|bugfix|doc|misc)\.md")

each_package = pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)


def pyproject(package: Path) -> dict[str, Any]:
    return tomllib.loads((package / "pyproject.toml").read_text())


VERSIONS = {package.name: pyproject(package)["project"]["version"] for package in PACKAGES}


def test_there_are_seven_packages() -> None:
    names = ("types", "parser", "vm", "redshift", "cbackend", "stdlib", "cli")
    assert set(VERSIONS) == {f"spy-{name}" for name in names}


@each_package
def test_ranges_of_siblings_admit_the_versions_here(package: Path) -> None:
    for text in pyproject(package)["project"].get("dependencies", []):
        requirement = Requirement(text)
        if requirement.name in VERSIONS:
            assert requirement.specifier.contains(VERSIONS[requirement.name]), text
            assert {s.operator for s in requirement.specifier} == {">=", "<"}, f"{text} is no range"
        else:
            assert all(s.operator == ">=" for s in requirement.specifier), f"{text} has a pin from above"


@each_package
def test_a_package_is_complete(package: Path) -> None:
    settings = pyproject(package)
    assert settings["project"]["name"] == package.name
    assert settings["project"]["requires-python"] == ">=3.11"
    assert settings["tool"]["towncrier"]["name"] == package.name
    assert (package / "src" / package.name.replace("-", "_") / "py.typed").exists()
    assert len((package / "README.md").read_text().splitlines()) > 5
    assert "<!-- release notes start -->" in (package / "CHANGELOG.md").read_text()


@each_package
def test_fragments_have_names_that_towncrier_knows(package: Path) -> None:
    names = [path.name for path in (package / "changelog.d").iterdir() if not path.name.startswith(".")]
    assert [name for name in names if not FRAGMENT.fullmatch(name)] == []
    assert names, "say what is new"
