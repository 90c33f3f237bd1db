"""The user's faults that the C backend finds. Codes CBACK001-CBACK099; every other exception is a bug of
ours.
"""

from collections.abc import Sequence

from spy_types.errors import Diagnostic, Label, SpyError
from spy_types.loc import Loc
from spy_types.program.nodes import Pos
from spy_types.program.program import Program


class InternalError(Exception):
    """The backend itself is at fault: the message says what to report, and which files were kept."""


def place(program: Program, pos: Pos) -> Loc:
    """Return where in the user's source `pos` is."""
    return Loc(program.sources[pos.source].path, pos.line, pos.col, pos.end_line, pos.end_col)


def no_compiler(tried: Sequence[str]) -> SpyError:
    """There is no C compiler on this machine."""
    return SpyError(
        Diagnostic(
            "CBACK001",
            "no C compiler was found (tried: " + ", ".join(tried) + ")",
            hint="install gcc or clang, set $CC, or run `pip install spy-cbackend[zig]`",
            etype="OSError",
        )
    )


def compiler_not_found(command: str, source: str) -> SpyError:
    """The compiler that the user asked for does not exist."""
    return SpyError(
        Diagnostic(
            "CBACK002",
            f"the C compiler `{command}` ({source}) cannot be run",
            hint="give the path of a C compiler, or none to have one found",
            etype="OSError",
        )
    )


def extern_without_body(fqn: str) -> SpyError:
    """A builtin function has no C source."""
    return SpyError(
        Diagnostic(
            "CBACK003",
            f"the builtin function `{fqn}` has no C body, so that a program that calls it cannot be compiled",
            hint="run it in process with `spy run`, or let the plugin that provides it bring a `c_source`",
            etype="NotImplementedError",
        )
    )


def extern_mismatch(fqn: str, expected: str, found: str) -> SpyError:
    """A builtin function of the C runtime is declared with another signature."""
    return SpyError(
        Diagnostic(
            "CBACK004",
            f"`{fqn}` is `{expected}` in the C runtime, but the program declares `{found}`",
            hint="the packages of this installation do not fit together: upgrade them all",
            etype="ImportError",
        )
    )


def unsupported(program: Program, pos: Pos, what: str) -> SpyError:
    """The program uses what this backend cannot do yet."""
    return SpyError(
        Diagnostic(
            "CBACK005",
            f"the C backend does not support {what} yet",
            labels=[Label(place(program, pos), "used here")],
            hint="run the program in process with `spy run`",
            etype="NotImplementedError",
        )
    )


def no_entry(name: str) -> SpyError:
    """An executable needs a main function."""
    return SpyError(
        Diagnostic(
            "CBACK006",
            f"`{name}` has no `main` function, so that it cannot be an executable",
            hint="define `def main() -> None:`, or build a library with `--kind lib`",
            etype="NameError",
        )
    )


def unknown_option(name: str, known: Sequence[str]) -> SpyError:
    """An option that the backend does not have."""
    return SpyError(
        Diagnostic(
            "CBACK007",
            f"the C backend has no option `{name}`",
            hint="it has " + ", ".join(f"`{option}`" for option in known),
            etype="ValueError",
        )
    )


def bad_option(name: str, value: str, expected: str) -> SpyError:
    """An option's value makes no sense."""
    return SpyError(
        Diagnostic("CBACK008", f"the option `{name}` is {expected}, not `{value}`", etype="ValueError")
    )


def unknown_kind(kind: str, known: Sequence[str]) -> SpyError:
    """An artifact that the backend cannot make."""
    return SpyError(
        Diagnostic(
            "CBACK009",
            f"the C backend does not build artifacts of kind `{kind}`",
            hint="it builds " + ", ".join(f"`{known_kind}`" for known_kind in known),
            etype="ValueError",
        )
    )


def export_not_supported(program: Program, pos: Pos, name: str, t: str, kind: str) -> SpyError:
    """An exported function has a type that callers of this kind of artifact cannot pass."""
    return SpyError(
        Diagnostic(
            "CBACK010",
            f"`{name}` cannot be exported to a {kind}: it takes or returns `{t}`",
            labels=[Label(place(program, pos), "defined here")],
            hint="export functions of numbers, bool, str, bytes and structs of these",
            etype="TypeError",
        )
    )


def cannot_write(path: str, reason: str) -> SpyError:
    """The artifact cannot be written where the user wants it."""
    return SpyError(Diagnostic("CBACK011", f"cannot write `{path}`: {reason}", etype="OSError"))


def bad_c_source(fqn: str, fault: str) -> SpyError:
    """The C body that a plugin brings does not compile."""
    return SpyError(
        Diagnostic(
            "CBACK012",
            f"the C source of `{fqn}` does not compile",
            notes=[fault],
            hint="mend the `c_source` of the plugin that provides it",
            etype="ImportError",
        )
    )


def unsupported_target(target: str) -> SpyError:
    """The backend cannot compile for this target."""
    return SpyError(
        Diagnostic(
            "CBACK013",
            f"the C backend cannot build for the target `{target}`",
            hint="it builds for `native`",
            etype="ValueError",
        )
    )


def recursive_type(display: str) -> SpyError:
    """A type contains itself by value."""
    return SpyError(
        Diagnostic(
            "CBACK014",
            f"the type `{display}` contains itself",
            hint="refer to it through a pointer",
            etype="TypeError",
        )
    )


def too_deep(what: str) -> SpyError:
    """The program nests deeper than the backend can follow."""
    return SpyError(
        Diagnostic(
            "CBACK015",
            f"{what} nests too deeply for the C backend",
            hint="split the expression into several statements",
            etype="RecursionError",
        )
    )


def bad_entry(name: str) -> SpyError:
    """The entry function has another signature than `main` may have."""
    return SpyError(
        Diagnostic(
            "CBACK016",
            f"the entry function `{name}` must take no parameter and return None or i32",
            etype="TypeError",
        )
    )


def broken_compiler(command: str, fault: str) -> SpyError:
    """The C compiler cannot compile the smallest program."""
    return SpyError(
        Diagnostic(
            "CBACK017",
            f"the C compiler `{command}` does not work",
            notes=[fault],
            hint="see that it compiles a C program by itself, or choose another one by $CC",
            etype="OSError",
        )
    )
