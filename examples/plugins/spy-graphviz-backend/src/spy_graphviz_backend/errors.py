"""Faults that this backend finds. Codes DOT001-DOT099."""

from collections.abc import Iterable

from spy_types.errors import Diagnostic, SpyError


def unknown_option(name: str, known: Iterable[str]) -> SpyError:
    """There is no such option."""
    hint = f"options are {', '.join(known)}"
    return SpyError(
        Diagnostic("DOT001", f"the graphviz backend has no option `{name}`", hint=hint, etype="ValueError")
    )


def bad_option(name: str, value: str, choices: Iterable[str]) -> SpyError:
    """The option does not take this value."""
    title = f"the option `{name}` of the graphviz backend cannot be `{value}`"
    return SpyError(Diagnostic("DOT002", title, hint=f"it is {' or '.join(choices)}", etype="ValueError"))


def empty_module(name: str) -> SpyError:
    """No function belongs to the module."""
    title = f"the program has no function of a module `{name}`"
    return SpyError(
        Diagnostic(
            "DOT003", title, hint="functions that nobody calls are not in the program", etype="ValueError"
        )
    )
