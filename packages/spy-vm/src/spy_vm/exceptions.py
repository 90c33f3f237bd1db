"""Exceptions of the SPy program: `Raised`, and how their types relate.

A SPy exception in flight is the Python exception `Raised`. The engines add where it passed: the executor
leaves that to the Python traceback, the evaluator appends to `frames`.

Quick to import, hence without `typing`.
"""

from spy_types.exception_types import ALIASES, PARENTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spy_types.loc import Loc

    from spy_vm.trace_entry import TraceEntry

__all__ = ["ALIASES", "PARENTS", "Raised", "is_builtin_exception", "is_subexception", "panic"]


class Raised(Exception):
    """An exception of the SPy program. `frames` runs from caller to callee; `code` is a SystemExit's."""

    def __init__(self, etype: str, message: str = "", *, code: int = 1) -> None:
        super().__init__(etype, message)
        self.etype = etype
        self.message = message
        self.code = code
        self.frames: list[TraceEntry] = []
        self.where: Loc | None = None

    def __str__(self) -> str:
        return f"{self.etype}: {self.message}" if self.message else self.etype


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
