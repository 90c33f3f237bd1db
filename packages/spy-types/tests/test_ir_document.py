"""docs/ir.md says what the code says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from spy_types.prims.scalars import PRIMITIVES
from spy_types.prims.table import PRIMS
from spy_types.program.verify.codes import RULES

ROOT = Path(__file__).parents[3]
IR_MD = ROOT / "docs" / "ir.md"
TOOL = ROOT / "tools" / "ir_tables.py"


def test_the_tables_are_current():
    checked = subprocess.run([sys.executable, str(TOOL), "--check"], check=False)
    assert checked.returncode == 0, "run python tools/ir_tables.py"


def meanings() -> set[str]:
    """Return the words in code font of the prose about primitives."""
    _, _, rest = IR_MD.read_text().partition("### 2.10")
    prose, _, _ = rest.partition("<!-- primitives")
    words = re.findall(r"`([^`]*)`", prose)
    return {part for word in words for part in re.split(r"[ (]", word)}


def own_name(primitive: str) -> str:
    """Return the name without the type it belongs to, and conversions as `to_B`."""
    name = re.sub(rf"^({'|'.join(PRIMITIVES)})_", "", primitive)
    return re.sub(rf"^to_({'|'.join(PRIMITIVES - {'bool'})})$", "to_B", name)


@pytest.mark.parametrize("name", sorted({own_name(primitive) for primitive in PRIMS}))
def test_every_primitive_has_a_meaning(name):
    assert {name, f"A_{name}", f"str_{name}", f"bytes_{name}", f"bool_{name}"} & meanings()


def test_a_primitive_without_a_meaning_would_be_noticed():
    assert own_name("i32_sqrt") == "sqrt"
    assert not {"sqrt", "A_sqrt", "str_sqrt"} & meanings()


def test_the_example_of_section_1_has_as_many_fields_as_a_program():
    _, _, rest = IR_MD.read_text().partition('["spyir", 1,')
    example = '["spyir", 1,' + rest.split("\n")[0]
    depth = commas = 0
    for character in example:
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(character, 0)
        commas += character == "," and depth == 1
    assert commas + 1 == 14


def codes() -> set[str]:
    """Return the codes that this package's sources name."""
    sources = (ROOT / "packages" / "spy-types" / "src").rglob("*.py")
    return {code for source in sources for code in re.findall(r'"((?:IR|PLUGIN)\d{3})"', source.read_text())}


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_code_has_a_page(code):
    page = (ROOT / "docs" / "errors" / f"{code}.md").read_text()
    assert page.startswith(f"# {code}: {RULES.get(code, '')}")
    assert len(page.splitlines()) >= 3
