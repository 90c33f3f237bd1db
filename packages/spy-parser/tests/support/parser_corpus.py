"""The files that the tests parse: those in `corpus/`, and a sample of CPython's own library."""

import sysconfig
from pathlib import Path

CORPUS = Path(__file__).parent.parent / "corpus"
CONSTRUCTS_311 = CORPUS / "constructs_311.txt"
CONSTRUCTS_312 = CORPUS / "constructs_312.txt"
DECLARATIONS = CORPUS / "declarations.spy"

_LIBRARY = Path(sysconfig.get_path("stdlib"))
_BIGGEST = 24_000


def library_sample(count: int) -> list[Path]:
    """Return `count` modules of the running CPython, spread over its library, none of them very long."""
    found = [
        path
        for folder in (
            ".",
            "asyncio",
            "collections",
            "email",
            "importlib",
            "json",
            "logging",
            "unittest",
            "test",
        )
        for path in sorted((_LIBRARY / folder).glob("*.py"))
        if path.stat().st_size < _BIGGEST and _is_utf8(path)
    ]
    step = max(1, len(found) // count)
    return found[::step]


def _is_utf8(path: Path) -> bool:
    """Files in other encodings, and those that test how CPython refuses them, are for other tests."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        return False
    return "\\ud" not in text.lower() and not path.name.startswith("bad")
