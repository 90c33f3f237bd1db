"""Parse the programs that the tests of spy-vm and spy-redshift run, so that these need no parser.

python tools/syntax_fixtures.py          # writes name.spyast (JSON) next to each tests/programs/name.spy
python tools/syntax_fixtures.py --check  # says which are out of date; exit code 1 if some are

A module's name is its path below `programs`, with dots; `__init__.spy` is its package.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from spy_parser import parse
from spy_types.syntax.codec import encode_json

PACKAGES = Path(__file__).resolve().parent.parent / "packages"


def main(argv: list[str]) -> int:
    """Write or check all fixtures."""
    outdated = [
        fixture for fixture, text in fixtures() if not fixture.exists() or fixture.read_bytes() != text
    ]
    if argv == ["--check"]:
        for fixture in outdated:
            print(f"{fixture.relative_to(PACKAGES)} is out of date: run python tools/syntax_fixtures.py")
        return bool(outdated)
    for fixture, text in fixtures():
        if fixture in outdated:
            fixture.write_bytes(text)
    return 0


def fixtures() -> Iterator[tuple[Path, bytes]]:
    """Yield each fixture's path and what it should hold."""
    for programs in sorted(PACKAGES.glob("*/tests/programs")):
        for source in sorted(programs.rglob("*.spy")):
            parts = source.relative_to(programs).with_suffix("").parts
            name = ".".join(parts).removesuffix(".__init__")
            syntax = parse(source.read_text(), name=name, path=str(source.relative_to(programs)))
            yield source.with_suffix(".spyast"), encode_json(syntax) + b"\n"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
