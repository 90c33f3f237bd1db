from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

PROGRAM = """\
SIZE = 3


def f(x: int) -> int:
    y = SIZE * 2
    return x + y if x < 4 & 1 else len("<b>")
"""


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.titles: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.source = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.links += [value for name, value in attrs if name in ("src", "href") and value]
        if tag != "meta":
            self.open.append(tag)
        if values.get("title"):
            self.titles.append((str(values["class"]), str(values["title"])))
        if "data-number" in values and self.source:
            self.source += "\n"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "pre" in self.open and data != "\n":
            self.source += data


def page(spy: Callable[..., tuple[int, str, str]], tmp_path: Path) -> Page:
    (tmp_path / "demo.spy").write_text(PROGRAM)
    code, out, err = spy("colorize", "--format", "html", str(tmp_path / "demo.spy"))
    assert (code, err) == (0, "")
    result = Page()
    result.feed(out)
    assert result.open == []
    return result


def test_the_page_needs_nothing_else(spy, tmp_path):
    assert page(spy, tmp_path).links == []


def test_the_page_holds_the_source_as_it_is(spy, tmp_path):
    lines = [line for line in page(spy, tmp_path).source.split("\n") if line]
    assert lines == [line for line in PROGRAM.split("\n") if line]


def test_each_part_says_its_value_or_why_it_is_red(spy, tmp_path):
    titles = page(spy, tmp_path).titles
    assert ("red", "`x` is red: `x` is a parameter: its value comes with each call") in titles
    assert ("red", "`x + y` is red: it depends on `x`, which is red") in titles
    assert ("blue", "`y` is blue: 6") in titles
    assert ("blue", "`SIZE` is blue: 3") in titles
