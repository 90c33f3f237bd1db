"""What a program did: output, exit code, uncaught exception and its place."""

import re
from dataclasses import dataclass
from typing import final

ANSI = re.compile(r"\x1b\[[0-9;]*m")
RAISED = re.compile(r"^(?:[a-z_]\w*\.)?([A-Z]\w*(?:Error|Exception|Interrupt|Exit)|WIP)(?:: (.*))?$")
PLACE = re.compile(r'(?:^|[\s"/(])([\w.-]+\.spy)(?::|", line )(\d+)')


@final
@dataclass(frozen=True, slots=True)
class Fault:
    """An uncaught exception; `place` is `file.spy:line` of the innermost frame in the user's own files.

    A message of None in an expectation matches any message.
    """

    etype: str
    message: str | None
    place: str


@final
@dataclass(frozen=True, slots=True)
class Outcome:
    """All that the engines must agree on. `stderr` is kept for the reader of a failure only."""

    stdout: str
    exit_code: int
    fault: Fault | None = None
    stderr: str = ""

    def differences(self, actual: "Outcome") -> list[str]:
        """Return a line for each respect in which `actual` is not what this expectation says."""
        found = []
        if self.stdout != actual.stdout:
            found.append(f"stdout: expected\n{self.stdout}--- got\n{actual.stdout}---")
        if self.exit_code != actual.exit_code:
            found.append(f"exit code: expected {self.exit_code}, got {actual.exit_code}")
        if not _same_fault(self.fault, actual.fault):
            found.append(f"exception: expected {self.fault}, got {actual.fault}")
        return found


def read_fault(stderr: str, own_files: set[str]) -> Fault | None:
    """Find the exception that a traceback on stderr ends with, and its last place inside `own_files`."""
    text = ANSI.sub("", stderr)
    raised = [match for line in text.splitlines() if (match := RAISED.match(line))]
    if not raised:
        return None
    places = [f"{name}:{line}" for name, line in PLACE.findall(text) if name in own_files]
    etype, message = raised[-1].groups()
    return Fault(etype, message or "", places[-1] if places else "")


def _same_fault(expected: Fault | None, actual: Fault | None) -> bool:
    if expected is None or actual is None:
        return expected is actual
    same_message = expected.message is None or expected.message == actual.message
    return same_message and (expected.etype, expected.place) == (actual.etype, actual.place)
