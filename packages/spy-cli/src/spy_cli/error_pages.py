"""The pages of docs/errors, which are shipped with the command."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from spy_cli import errors

FOLDER = Path(__file__).with_name("pages")


def page(code: str) -> str:
    """Return the page of `code`, Markdown text."""
    path = FOLDER / f"{code}.md"
    if not code.isalnum() or not path.is_file():
        close = get_close_matches(code, [known for known, _ in titles()], 1)
        raise errors.no_page(code, close[0] if close else None)
    return path.read_text(encoding="utf-8")


def titles() -> Iterator[tuple[str, str]]:
    """Yield each code and the title of its page."""
    for path in sorted(FOLDER.glob("[A-Z]*.md")):
        if path.stem != "README":
            heading = path.read_text(encoding="utf-8").split("\n", 1)[0]
            yield path.stem, heading.removeprefix("# ").partition(": ")[2]
