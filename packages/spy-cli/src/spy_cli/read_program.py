"""Programs in `.spyir` files: untrusted input, decoded and verified."""

from pathlib import Path

from spy_types.errors import SpyError
from spy_types.program.codec import decode
from spy_types.program.program import Program
from spy_types.program.verify import verify

from spy_cli.placed import placed
from spy_cli.read_source import read_source


def read_program(path: Path) -> Program:
    """Return the program in the file at `path`; SpyError says what is wrong with it."""
    data = read_source(path)
    try:
        program = decode(data)
        verify(program)
    except SpyError as error:
        raise SpyError.of(placed(diagnostic, path) for diagnostic in error.diagnostics) from None
    return program
