"""A line of a traceback, as users see it."""

from typing import NamedTuple


class TraceEntry(NamedTuple):
    """Where the program was: the path as shown to users, the line, and the function's name for them."""

    path: str
    line: int
    function: str
