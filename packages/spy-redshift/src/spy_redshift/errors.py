"""Faults that only appear when a program is made for run time. Codes RS001-RS099."""

from spy_types.errors import Diagnostic, Label, SpyError
from spy_types.loc import Loc
from spy_vm.objects.types import W_Type


def blue_only(w_T: W_Type, loc: Loc | None) -> SpyError:
    """A value of a type that exists early only would have to exist at run time."""
    labels = [Label(loc, "it would have to exist at run time")] if loc is not None else []
    return SpyError(
        Diagnostic(
            "RS001",
            f"a value of type `{w_T.display}` exists only before run time",
            labels,
            hint="keep it in a name that is assigned once, outside loops, or pass it to a @blue function",
        )
    )


def inline_return(loc: Loc | None, text: str) -> SpyError:
    """A function cannot be inlined because of where it returns."""
    labels = [Label(loc, text)] if loc is not None else []
    return SpyError(Diagnostic("RS002", "@force_inline requires a single tail return", labels))


def recursive_inline(name: str, loc: Loc | None) -> SpyError:
    """A function would be inlined into itself."""
    labels = [Label(loc, "recursive inline call")] if loc is not None else []
    return SpyError(
        Diagnostic("RS003", f"cannot inline a recursive call to @force_inline function `{name}`", labels)
    )


def untyped_capture(name: str, loc: Loc | None) -> SpyError:
    """An inner function uses a variable whose type no earlier line tells."""
    labels = [Label(loc, "it is needed here")] if loc is not None else []
    return SpyError(
        Diagnostic(
            "RS008",
            f"the type of `{name}` is not known yet where an inner function uses it",
            labels,
            hint=f"declare it before the function, as in `{name}: int`",
        )
    )


def endless_inference(name: str, loc: Loc | None, definition: Loc | None) -> SpyError:
    """The type of a result depends on itself."""
    labels = [
        Label(place, text) for place, text in ((loc, "called here"), (definition, "defined here")) if place
    ]
    return SpyError(
        Diagnostic(
            "RS005",
            f"cannot infer the type of the result of `{name}`: it depends on itself",
            labels,
            hint="write the type after `->`",
        )
    )
