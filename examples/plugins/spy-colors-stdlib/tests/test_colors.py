"""The library under CPython, which decides what its functions return; and the provider."""

import ast
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from spy_colors_stdlib import hooks
from spy_types.plugins import Plugins

README = Path(__file__).parents[1] / "README.md"
SOURCE = hooks.LIBRARY / "colors.spy"
ESC = "\x1b"


@pytest.fixture(scope="module")
def colors() -> SimpleNamespace:
    namespace = {"i32": int}
    exec(compile(SOURCE.read_text(), str(SOURCE), "exec"), namespace)
    return SimpleNamespace(**namespace)


def test_the_provider_is_offered_by_its_hook():
    plugins = Plugins()
    plugins.load(hooks, entry_point_group=None)
    provider = plugins.stdlib_providers()["spy-colors-stdlib"]
    assert plugins.broken == []
    assert [path.name for path in provider.root.iterdir()] == ["colors.spy"]
    assert not provider.builtin_names
    assert not provider.type_methods


def test_every_function_has_its_types():
    for node in ast.parse(SOURCE.read_text()).body:
        if isinstance(node, ast.FunctionDef):
            assert node.returns is not None
            assert all(arg.annotation is not None for arg in node.args.args), node.name


def test_every_function_of_the_readme_exists(colors):
    _, _, table = README.read_text().partition("| function |")
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    names = re.sub(r"\(.*?\)|[`,]", " ", " ".join(cells)).split()
    assert len(names) > 10
    assert [name for name in names if not hasattr(colors, name)] == []


@pytest.mark.parametrize(
    ("parts", "color"), [((0, 0, 0), 0), ((255, 128, 1), 0xFF8001), ((-5, 300, 7), 0x00FF07)]
)
def test_rgb(colors, parts, color):
    assert colors.rgb(*parts) == color


def test_parts(colors):
    assert [part(0x123456) for part in (colors.red_part, colors.green_part, colors.blue_part)] == [
        0x12,
        0x34,
        0x56,
    ]


@pytest.mark.parametrize(("percent", "color"), [(0, 0x000000), (50, 0x7F7F7F), (100, 0xFFFFFF)])
def test_mix(colors, percent, color):
    assert colors.mix(colors.BLACK, colors.WHITE, percent) == color


def test_text_is_readable_on_its_background(colors):
    assert colors.readable_on(0xFFFF00) == colors.BLACK
    assert colors.readable_on(0x000080) == colors.WHITE


def test_paint(colors):
    assert colors.paint("hi", 0xFF8000) == f"{ESC}[38;2;255;128;0mhi{ESC}[0m"
    assert colors.label("hi", 0xFFFFFF) == f"{ESC}[38;2;0;0;0;48;2;255;255;255mhi{ESC}[0m"


@pytest.mark.parametrize(
    ("style", "code"), [("bold", 1), ("underlined", 4), ("red", 31), ("green", 32), ("yellow", 33)]
)
def test_styles(colors, style, code):
    assert getattr(colors, style)("hi") == f"{ESC}[{code}mhi{ESC}[0m"


@pytest.mark.parametrize("text", ["", "hi", "m", "grün"])
def test_plain_takes_the_escapes_away_again(colors, text):
    assert colors.plain(colors.paint(colors.bold(text), 0x123456) + text) == text + text
