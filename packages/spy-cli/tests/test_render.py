import json

import msgspec
from spy_cli.render import render, render_all
from spy_cli.snippet import WIDTH
from spy_cli.sources import Sources
from spy_cli.style import Palette
from spy_types.errors import Diagnostic, Label
from spy_types.loc import Loc
from spy_types.testing import GoldenCase


def test_render(golden: GoldenCase) -> None:
    sources = Sources()
    sources.add("demo.spy", golden.sections["source"])
    diagnostic = msgspec.convert(json.loads(golden.sections["diagnostic"]), Diagnostic)
    golden.check("rendered", render(diagnostic, sources))


def fault(line: int, col: int, end_col: int) -> Diagnostic:
    return Diagnostic("VM001", "mismatched types", [Label(Loc("demo.spy", line, col, line, end_col), "here")])


def test_a_huge_line_is_cut_around_the_mark() -> None:
    sources = Sources()
    sources.add("demo.spy", "a" * 500_000 + "bad" + "c" * 500_000)
    lines = render(fault(1, 500_001, 500_004), sources).splitlines()
    assert all(len(line) < WIDTH + 20 for line in lines)
    source, marks = lines[-2:]
    assert source[marks.index("^") : marks.rindex("^") + 1] == "bad"


def test_a_mark_past_the_end_of_the_line_is_still_shown() -> None:
    sources = Sources()
    sources.add("demo.spy", "x = 1\n")
    assert render(fault(1, 40, 41), sources).endswith("  |      ^ here")


def test_control_characters_do_not_reach_the_terminal() -> None:
    sources = Sources()
    sources.add("demo.spy", "x = '\x1b[31m'\n")
    assert "\x1b" not in render(fault(1, 1, 2), sources)


def test_colours_only_add_escape_sequences() -> None:
    sources = Sources()
    sources.add("demo.spy", "x = 1\n")
    plain = render(fault(1, 1, 2), sources)
    coloured = render(fault(1, 1, 2), sources, Palette(True))
    assert coloured != plain
    assert "".join(part.partition("m")[2] for part in f"m{coloured}".split("\x1b[")) == plain


def test_reports_are_separated_by_a_blank_line() -> None:
    text = render_all([fault(1, 1, 2), fault(2, 1, 2)], Sources())
    assert [part.splitlines()[1] for part in text.split("\n\n")] == [" --> demo.spy:1:1", " --> demo.spy:2:1"]
