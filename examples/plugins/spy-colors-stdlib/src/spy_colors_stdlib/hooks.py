"""What this package offers to SPy: the folder `lib`, whose modules every program can import."""

from collections.abc import Sequence
from pathlib import Path

from spy_types.artifacts import StdlibProvider
from spy_types.hookspecs import hookimpl

LIBRARY = Path(__file__).parent / "lib"


@hookimpl
def spy_stdlib_providers() -> Sequence[StdlibProvider]:
    """Offer the library."""
    return [StdlibProvider("spy-colors-stdlib", LIBRARY)]
