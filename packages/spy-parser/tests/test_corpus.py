import sys
import warnings
from pathlib import Path

import msgspec
import pytest
from cpython_symbols import symbol_differences
from cpython_tree import difference, expected_body, wrong_name_spans
from parser_corpus import CONSTRUCTS_311, CONSTRUCTS_312, DECLARATIONS, library_sample
from spy_parser import parse, same_tree, unparse
from spy_types.syntax import codec
from spy_types.syntax import nodes as n

LIBRARY = library_sample(64)
CONSTRUCTS = [CONSTRUCTS_311, *([CONSTRUCTS_312] if sys.version_info >= (3, 12) else [])]
HANDWRITTEN = [CONSTRUCTS_311, CONSTRUCTS_312, DECLARATIONS]


def test_sample_is_big_enough() -> None:
    assert len(LIBRARY) >= 60


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize("path", [*CONSTRUCTS, *LIBRARY], ids=lambda path: path.stem)
def test_tree_and_spans_are_those_of_cpython(path: Path) -> None:
    text = path.read_text("utf-8")
    module = parse(text)
    assert difference(module.body, expected_body(text)) is None
    assert wrong_name_spans(module.body, text) == []


def test_python_312_as_stored_by_its_own_parser() -> None:
    expected = msgspec.json.decode(CONSTRUCTS_312.with_suffix(".json").read_bytes(), type=tuple[n.Stmt, ...])
    body = parse(CONSTRUCTS_312.read_text("utf-8")).body
    assert difference(body, expected, fstring_spans=True) is None


@pytest.mark.parametrize("path", [*HANDWRITTEN, *LIBRARY], ids=lambda path: path.stem)
def test_unparse_round_trip(path: Path) -> None:
    module = parse(path.read_text("utf-8"))
    assert same_tree(parse(unparse(module)), module)


@pytest.mark.parametrize("path", HANDWRITTEN, ids=lambda path: path.stem)
def test_codec_round_trip(path: Path) -> None:
    module = parse(path.read_text("utf-8"))
    assert codec.decode(codec.encode(module)) == module
    assert codec.decode_json(codec.encode_json(module)) == module


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="symtable merges comprehensions since 3.12 (PEP 709)")
@pytest.mark.parametrize("path", [CONSTRUCTS_311, *LIBRARY], ids=lambda path: path.stem)
def test_symbols_are_those_of_cpython(path: Path) -> None:
    text = path.read_text("utf-8").replace("from __future__ import annotations", "")
    with warnings.catch_warnings(action="ignore"):
        assert list(symbol_differences(text, parse(text))) == []


ODD_LAYOUTS = [
    "x = 1",
    "x = 1  # no line end",
    "if x:\n    y\n    # the last line is a comment",
    "\n\n  # comment\n\nx = 1\n\n\n",
    "\f\nx\n\fif y:\n    z\n\f    w\n",
    "if x:\n\ty\n\tif z:\n\t\tw\n\tv\n",
    "if x:\n\ty\n        # comment at another width\n\tz\n",
    "if x:\n    y\n        \n  \n    z\n",
    "x = \\\n    1 \\\n  + 2\ny\n",
    "if x \\\n  and y: z\nelse: \\\n  w\n",
    "\\\nx = 1\n",
    "x = [\n  1,  # one\n\n# two\n    2\n]; y = (\n)\n",
    "def f(\n    a,\nb): return (a\n+ b)\nc\n",
    "x = '''a\n  # no comment (\n\\\nb'''; y\n",
    "if x: y; z;\nw;\n",
    "class C:\n  def f(self):\n     if x:\n       y\n  z = 1\nw\n",
    'é = "\U0001d4b3" + ñ  # \u2192\nx = f"\U0001d4b3{é}" + y\n',
    "if x:\n    pass\n  # comment\nelif y:\n    pass\n# comment\nelse:\n    pass\n",
]


@pytest.mark.parametrize("text", ODD_LAYOUTS)
def test_odd_layouts_are_read_like_cpython_reads_them(text: str) -> None:
    module = parse(text)
    assert difference(module.body, expected_body(text)) is None
    assert wrong_name_spans(module.body, text) == []


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_make_no_difference(line_end: str) -> None:
    text = CONSTRUCTS_311.read_text("utf-8")
    assert parse(text.replace("\n", line_end)).body == parse(text).body
