"""What a build may vary: the backend's own options, read from a BuildRequest."""

from dataclasses import dataclass
from typing import Literal, final

from spy_types.artifacts import BuildRequest
from spy_types.program.program import Program

from spy_cbackend.errors import bad_option, unknown_option

KNOWN = ("cc", "cflags", "sanitize", "debug_c", "march", "collect")

# When unused memory is taken back: as the program goes on, all the time (to find faults), not at all.
COLLECT = ("usual", "often", "never")


@final
@dataclass(frozen=True, slots=True)
class Mode:
    """How the C is written: with checks of pointers or not, what overflow does, with `#line` or not."""

    checked_pointers: bool
    overflow: Literal["wrap", "warn", "check"]
    line_directives: bool = True


@final
@dataclass(frozen=True, slots=True)
class Options:
    """The options of one build; `cc` is a compiler command, `cflags` further words for it."""

    cc: str | None = None
    cflags: tuple[str, ...] = ()
    sanitize: str = ""
    debug_c: bool = False
    march: str = ""
    collect: str = "usual"


def read_options(request: BuildRequest) -> Options:
    """Return the options of `request`; refuse those nobody knows."""
    for name in request.options:
        if name not in KNOWN:
            raise unknown_option(name, KNOWN)
    options = request.options
    return Options(
        cc=options.get("cc"),
        cflags=tuple(options.get("cflags", "").split()),
        sanitize=options.get("sanitize", ""),
        debug_c=_flag("debug_c", options.get("debug_c", "0")),
        march=options.get("march", ""),
        collect=_choice("collect", options.get("collect", "usual"), COLLECT),
    )


def mode_of(program: Program, *, release: bool, debug_c: bool = False) -> Mode:
    """Return how to write `program`."""
    checked = program.features.overflow == "check"
    return Mode(
        checked_pointers=not release,
        overflow="check" if checked else "wrap" if release else "warn",
        line_directives=not debug_c,
    )


def _choice(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise bad_option(name, value, " or ".join(known))
    return value


def _flag(name: str, value: str) -> bool:
    match value.lower():
        case "1" | "true" | "yes" | "on":
            return True
        case "0" | "false" | "no" | "off" | "":
            return False
        case _:
            raise bad_option(name, value, "1 or 0")
