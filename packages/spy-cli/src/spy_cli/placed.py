"""Diagnostics without a place get one: every report names `file:line:column`."""

from pathlib import Path

import msgspec
from spy_types.errors import Diagnostic, Label
from spy_types.loc import Loc


def placed(diagnostic: Diagnostic, file: Path) -> Diagnostic:
    """Return `diagnostic`, at the start of `file` if it has no place."""
    if diagnostic.labels:
        return diagnostic
    return msgspec.structs.replace(diagnostic, labels=(Label(Loc(str(file), 1, 1, 1, 1), ""),))
