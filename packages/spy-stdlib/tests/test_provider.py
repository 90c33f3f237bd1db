import re
from pathlib import Path

import pytest
from spy_stdlib.hooks import BUILTIN_NAMES, TYPE_METHODS
from spy_types.plugins import Plugins

TARGETS = {**BUILTIN_NAMES, **TYPE_METHODS}


@pytest.fixture(scope="module")
def provider():
    plugins = Plugins()
    plugins.load()
    return plugins.stdlib_providers()["spy-stdlib"]


def sources(root: Path) -> list[Path]:
    return sorted(root.rglob("*.spy"))


def test_is_found_by_its_entry_point(provider):
    assert sources(provider.root)
    assert provider.builtin_names == BUILTIN_NAMES
    assert provider.type_methods == TYPE_METHODS


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_a_name_leads_to_a_definition(name, provider):
    module, _, attribute = TARGETS[name].partition("::")
    text = (provider.root / f"{module}.spy").read_text()
    assert re.search(rf"^(?:(?:def|class) {attribute}\b|{attribute} = )", text, re.MULTILINE)


def test_modules_are_documented(provider):
    assert [path.name for path in sources(provider.root) if not path.read_text().startswith('"""')] == []


def test_names_of_the_readme_are_the_names_there_are():
    readme = (Path(__file__).parents[1] / "README.md").read_text()
    (table,) = re.findall(r"<!-- names -->\n(.*?)<!-- end -->", readme, re.DOTALL)
    first_column = " ".join(row.split("|")[1] for row in table.splitlines())
    assert sorted(re.findall(r"`(\w+)`", first_column)) == sorted(BUILTIN_NAMES)


def test_every_module_parses(provider):
    parser = pytest.importorskip("spy_parser", reason="spy-stdlib alone has no parser")
    for path in sources(provider.root):
        module = parser.parse(path.read_text(), name=path.stem, path=str(path))
        assert module.docstring, path
