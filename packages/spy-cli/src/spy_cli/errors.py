"""Faults that the command finds itself: files, project file, arguments. Codes CLI001-CLI099."""

from collections.abc import Sequence

from spy_types.errors import Diagnostic, Label, SpyError
from spy_types.loc import Loc


def _start_of(path: str) -> Loc:
    return Loc(path, 1, 1, 1, 1)


def missing_file(path: str, close: str | None = None) -> SpyError:
    """There is no such file."""
    hint = f"did you mean `{close}`?" if close else None
    return SpyError(
        Diagnostic("CLI001", f"there is no file `{path}`", [Label(_start_of(path), "")], hint, "ImportError")
    )


def unreadable_file(path: str, reason: str) -> SpyError:
    """The file or folder is there, but cannot be read."""
    return SpyError(
        Diagnostic(
            "CLI002", f"cannot read `{path}`: {reason}", [Label(_start_of(path), "")], etype="ImportError"
        )
    )


def not_a_source_file(path: str) -> SpyError:
    """The name of the main file does not end in `.spy` or `.py`."""
    return SpyError(
        Diagnostic(
            "CLI003",
            f"`{path}` is not a SPy file",
            [Label(_start_of(path), "")],
            "the name of a program ends in .spy or .py",
            "ImportError",
        )
    )


def python_module(name: str, path: str) -> SpyError:
    """An import leads to a Python file."""
    return SpyError(
        Diagnostic(
            "CLI004",
            f"cannot import `{name}`",
            [Label(_start_of(path), "this file exists, but .py files cannot be imported")],
            f"rename it to {name.rpartition('.')[2]}.spy if it is SPy",
            "ImportError",
        )
    )


def malformed_project(path: str, reason: str, line: int = 1, col: int = 1) -> SpyError:
    """The project file is not what it should be."""
    label = Label(Loc(path, line, col, line, col), "")
    return SpyError(
        Diagnostic("CLI006", f"the project file is malformed: {reason}", [label], etype="ValueError")
    )


def unknown_setting(path: str, name: str, known: Sequence[str], close: str | None, line: int) -> SpyError:
    """The project file sets something that does not exist."""
    hint = f"did you mean `{close}`?" if close else f"known settings: {', '.join(known)}"
    label = Label(Loc(path, line, 1, line, 1 + len(name)), "")
    return SpyError(Diagnostic("CLI007", f"there is no setting `{name}`", [label], hint, "ValueError"))


def no_backend(name: str, known: Sequence[str], close: str | None) -> SpyError:
    """No installed plugin offers this backend."""
    hint = f"did you mean `{close}`?" if close else f"installed backends: {', '.join(known) or 'none'}"
    return SpyError(Diagnostic("CLI008", f"there is no backend `{name}`", (), hint, "ValueError"))


def machine_fault(error: OSError) -> SpyError:
    """The operating system refused something."""
    place = f" `{error.filename}`" if error.filename else ""
    return SpyError(
        Diagnostic(
            "CLI009", f"the system refused to use{place}: {error.strerror or error}", (), None, "OSError"
        )
    )


def no_page(code: str, close: str | None) -> SpyError:
    """`spy explain` does not know the code."""
    hint = f"did you mean `{close}`?" if close else "`spy explain` lists all codes"
    return SpyError(Diagnostic("CLI010", f"there is no error with the code `{code}`", (), hint, "ValueError"))


def unsupported_kind(backend: str, kind: str, kinds: Sequence[str]) -> SpyError:
    """The backend cannot make such an artifact."""
    return SpyError(
        Diagnostic(
            "CLI011",
            f"the backend `{backend}` cannot make `{kind}`",
            (),
            f"it makes: {', '.join(kinds)}",
            "ValueError",
        )
    )


def version_clash(backend: str, package: str, accepts: Sequence[int], produced: int) -> SpyError:
    """The backend reads other versions of Program IR than this SPy writes."""
    versions = ", ".join(map(str, accepts))
    return SpyError(
        Diagnostic(
            "CLI012",
            f"the backend `{backend}` ({package}) reads Program IR {versions}, but SPy writes {produced}",
            (),
            "install versions of the two packages that go together",
            "ImportError",
        )
    )


def too_deep(path: str) -> SpyError:
    """The program nests deeper than the stages can follow."""
    return SpyError(
        Diagnostic(
            "CLI005",
            "the program is nested too deeply",
            [Label(_start_of(path), "somewhere in this program, or in what it imports")],
            "split expressions into several statements, and blocks into functions",
            "RecursionError",
        )
    )


def not_an_expression(text: str, loc: Loc) -> SpyError:
    """A quoted annotation does not hold a type."""
    return SpyError(
        Diagnostic(
            "CLI013",
            f"this quoted annotation is no expression: {text!r}",
            [Label(loc, "expected a type")],
            "write the type without quotes",
            "SyntaxError",
        )
    )
