"""Program IR as it arrives: bytes from anyone."""

from spy_types.program.codec import decode
from spy_types.program.program import Program
from spy_types.program.verify import verify


def read_program(data: bytes) -> Program:
    """Return the program in `data`; raise SpyError if it is none, or if it breaks the rules of the IR."""
    program = decode(data)
    verify(program)
    return program
