"""The tables are data: Python can read them, and must find in them what it knows of the characters."""

import ast
import runpy
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILE = ROOT / "src/spy_stdlib/lib/_unicode_tables.spy"
GENERATOR = runpy.run_path(str(ROOT / "tools/generate_unicode.py"))
OLD = range(0x80, 0x500)  # characters that no version of Unicode changes any more


def tables() -> dict[str, list[int]]:
    module = ast.parse(FILE.read_text())
    found = [stmt for stmt in module.body if isinstance(stmt, ast.Assign)]
    return {stmt.targets[0].id: [ord(c) for c in ast.literal_eval(stmt.value)] for stmt in found}


def entries(table: list[int], width: int) -> list[list[int]]:
    return [table[i : i + width] for i in range(0, len(table), width)]


@pytest.mark.parametrize("name", GENERATOR["PROPERTIES"])
def test_property(name):
    has = GENERATOR["PROPERTIES"][name]
    members = {
        c for first, last, stride in entries(tables()[name], 3) for c in range(first, last + 1, stride)
    }
    assert [c for c in OLD if (c in members) != has(chr(c))] == []


@pytest.mark.parametrize("name", GENERATOR["MAPPINGS"])
def test_mapping(name):
    convert = GENERATOR["MAPPINGS"][name]
    mapped = {
        c: chr(target + c - first)
        for first, last, stride, target in entries(tables()[name], 4)
        for c in range(first, last + 1, stride)
    }
    for c, *longer in entries(tables()[f"{name}_LONG"], 4):
        mapped[c] = "".join(map(chr, longer)).rstrip("\0")
    assert [c for c in OLD if mapped.get(c, chr(c)) != convert(chr(c))] == []


@pytest.mark.parametrize("name", [*GENERATOR["PROPERTIES"], *GENERATOR["MAPPINGS"]])
def test_ranges_can_be_searched(name):
    width = 3 if name in GENERATOR["PROPERTIES"] else 4
    rows = entries(tables()[name], width)
    assert all(row[0] <= row[1] for row in rows)
    assert [a for a, b in pairwise(rows) if a[1] >= b[0]] == []


def test_file_is_what_the_generator_writes(capsys):
    if unicodedata.unidata_version != "15.0.0":
        pytest.skip("the tables are those of Python 3.12")
    GENERATOR["main"]()
    assert FILE.read_text() == capsys.readouterr().out
