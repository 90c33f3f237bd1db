"""What all faults of the parser share."""

from typing import Final

from spy_types.errors import Diagnostic, Label
from spy_types.loc import Loc

SYNTAX_ERROR: Final = "ParseError"


def fault(code: str, title: str, loc: Loc, text: str, hint: str | None = None, *more: Label) -> Diagnostic:
    """Return a syntax error that marks `loc`."""
    return Diagnostic(code, title, (Label(loc, text), *more), hint, SYNTAX_ERROR)
