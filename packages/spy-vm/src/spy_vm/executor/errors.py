"""Programs that cannot be turned into Python functions. Codes VM080-VM089."""

from spy_types.errors import Diagnostic, Label, SpyError
from spy_types.loc import Loc


def too_deep(function: str, loc: Loc) -> SpyError:
    """Return the error of a statement that Python's compiler cannot take."""
    return SpyError(
        Diagnostic(
            "VM080",
            "this code is nested too deeply",
            [Label(loc, f"in `{function}`")],
            hint="split it into several statements or functions",
            etype="RecursionError",
        )
    )
