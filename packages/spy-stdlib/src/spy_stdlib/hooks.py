"""What spy-stdlib offers to SPy: the folder `lib`, and which of its names every module sees."""

from collections.abc import Sequence
from pathlib import Path

from spy_types.artifacts import StdlibProvider
from spy_types.hookspecs import hookimpl

LIBRARY = Path(__file__).parent / "lib"

BUILTIN_NAMES = {
    "dict": "_dict::dict",
    "list": "_list::list",
    "print": "_print::print",
    "range": "_range::range",
    "slice": "_slice::slice",
    "tuple": "_tuple::tuple",
}

TYPE_METHODS = {
    "str": "_str::methods",
}


@hookimpl
def spy_stdlib_providers() -> Sequence[StdlibProvider]:
    """Offer the library."""
    return [StdlibProvider("spy-stdlib", LIBRARY, BUILTIN_NAMES, TYPE_METHODS)]
