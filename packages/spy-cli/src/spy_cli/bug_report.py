"""The report of a bug in SPy: a file with what a maintainer needs, and a message that names it."""

import platform
import tempfile
import traceback
from importlib.metadata import distributions


def write_report(error: Exception, arguments: list[str]) -> str:
    """Write the report; return the message for the user."""
    summary = f"{type(error).__name__}: {error}"
    lines = [
        f"command: spy {' '.join(arguments)}",
        f"python: {platform.python_implementation()} {platform.python_version()} on {platform.platform()}",
        f"packages: {', '.join(_packages())}",
        "",
        "".join(traceback.format_exception(error)),
    ]
    try:
        with tempfile.NamedTemporaryFile("w", prefix="spy-bug-", suffix=".txt", delete=False) as file:
            file.write("\n".join(lines))
            where = f"the details are in {file.name}"
    except OSError:
        where = "the details could not be written to a file"
    return (
        f"error: this is a bug in SPy, not in your program ({_first_line(summary)})\n"
        f"  = note: {where}\n"
        "  = hint: please report it, with that file and your program"
    )


def _packages() -> list[str]:
    names = {str(d.metadata["Name"]): d.version for d in distributions()}
    return [f"{name} {names[name]}" for name in sorted(names) if name.startswith("spy-")]


def _first_line(text: str) -> str:
    return text.split("\n", 1)[0][:200]
