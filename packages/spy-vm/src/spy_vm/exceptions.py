"""Exceptions of the SPy program: `Raised`, and how their types relate.

A SPy exception in flight is the Python exception `Raised`. The engines add where it passed: the executor
leaves that to the Python traceback, the evaluator appends to `frames`.

Quick to import, hence without `typing`.
"""

from spy_types.exception_types import ALIASES, PARENTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from spy_types.loc import Loc

    from spy_vm.trace_entry import TraceEntry

__all__ = ["ALIASES", "PARENTS", "Raised", "is_builtin_exception", "is_subexception", "panic", "wrapped"]


class Raised(Exception):
    """An exception of the SPy program. `frames` runs from caller to callee.

    `message` is the text of `str(e)`, `arguments` what `repr(e)` shows in parentheses. One of a class
    of the program has the `object`, and in `lineage` the names of its class and of those above it.
    """

    def __init__(self, etype: str, message: str = "", arguments: str | None = None) -> None:
        super().__init__(etype, message)
        self.etype = etype
        self.lineage: tuple[str, ...] = (etype,)
        self.object: Any = None
        self.message = message
        self.frames: list[TraceEntry] = []
        self.where: Loc | None = None
        self.quiet = False  # raised from None
        self.arguments = arguments  # None: it follows from the message

    def __str__(self) -> str:
        return f"{self.etype}: {self.message}" if self.message else self.etype

    def is_a(self, ancestor: str) -> bool:
        """Whether a handler for `ancestor` catches this."""
        return ancestor in self.lineage or is_subexception(self.lineage[-1], ancestor)

    @property
    def code(self) -> int | None:
        """The exit code that a SystemExit asks for; None if it has a message instead."""
        text = self.arguments
        if text is None:
            return None if self.message else 0
        if text in ("", "None"):
            return 0
        return int(text) if text.lstrip("-").isdigit() else None


def wrapped(lineage: str, text: str, arguments: str, value: object) -> Raised:
    """Return the exception that stands for an object of a class of the program."""
    names = tuple(lineage.split("\n"))
    raised = Raised(names[0].rpartition("::")[2], text, arguments)
    raised.lineage = names
    raised.object = value
    return raised


def panic(message: str) -> Raised:
    """Return the error of a memory access that the language can see to be wrong."""
    return Raised("PanicError", message)


def is_builtin_exception(etype: str) -> bool:
    """Whether `etype` is the name of a builtin exception type."""
    return etype == "BaseException" or etype in PARENTS


def is_subexception(etype: str, ancestor: str) -> bool:
    """Whether a handler for `ancestor` catches the exception `etype`; an unknown one is an Exception."""
    while etype != ancestor:
        if etype == "BaseException":
            return False
        etype = PARENTS.get(etype, "Exception")
    return True
