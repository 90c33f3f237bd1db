"""The pages of docs/errors: one for every code, most with a program that fails and the same one mended."""

import ast
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from spy_cli.error_pages import FOLDER
from spy_parser import parse

PACKAGES = Path(__file__).parents[2]
CODE = re.compile(r"[A-Z]{2,}\d{3}")
EXAMPLE = re.compile(r"^```spy\n(.*?)^```", re.MULTILINE | re.DOTALL)
PAGES = sorted(path for path in FOLDER.glob("*.md") if path.stem != "README")
WITH_EXAMPLES = [path for path in PAGES if "```spy" in path.read_text()]

Spy = Callable[..., tuple[int, str, str]]


def used_codes() -> set[str]:
    """Return every string literal in the packages that looks like a code."""
    found = set()
    for file in PACKAGES.glob("*/src/**/*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.add(node.value)
    return found


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    pages = {path.stem for path in PAGES}
    assert sorted(used_codes() - pages) == []
    assert sorted(pages - used_codes()) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_has_a_title_and_a_text(path: Path) -> None:
    head, blank, *text = path.read_text().split("\n")
    assert re.fullmatch(rf"# {path.stem}: .*[^.]", head)
    assert (blank, bool(text)) == ("", True)


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=lambda path: path.stem)
def test_the_first_program_fails_and_the_second_does_not(spy: Spy, project: Path, path: Path) -> None:
    fails, works = EXAMPLE.findall(path.read_text())
    assert path.stem in codes(spy, project, fails)
    if path.stem.startswith("PARSE"):
        parse(works)
    else:
        assert codes(spy, project, works) == set()


def codes(spy: Spy, project: Path, program: str) -> set[str]:
    """Return the codes that `spy check` reports for `program`."""
    (project / "program.spy").write_text(program)
    code, out, err = spy("check", "--blue-fuel", "10000", "--format", "json", "program.spy")
    assert code in (0, 1), err
    return {diagnostic["code"] for diagnostic in json.loads(out)["diagnostics"]}


def test_explain_prints_the_page(spy: Spy) -> None:
    code, out, _ = spy("explain", "vm001")
    assert (code, out) == (0, (FOLDER / "VM001.md").read_text())


def test_explain_without_a_code_lists_all(spy: Spy) -> None:
    code, out, _ = spy("explain")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == [path.stem for path in PAGES]


def test_explain_suggests_a_code(spy: Spy) -> None:
    code, out, err = spy("explain", "VM0001")
    assert (code, out) == (1, "")
    assert "error[CLI010]: there is no error with the code `VM0001`" in err
