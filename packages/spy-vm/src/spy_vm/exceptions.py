"""Exceptions of the SPy program: `Raised`, and the hierarchy of the builtin exception types.

A SPy exception in flight is the Python exception `Raised`. The engines add where it passed: the executor
leaves that to the Python traceback, the evaluator appends to `frames`.

Quick to import, hence without `typing`.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spy_types.loc import Loc

    from spy_vm.trace_entry import TraceEntry


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


# The parent of each builtin exception type: CPython's, then those that only SPy has. TypeError is a
# StaticError here, since almost all of them are found before the program runs.
PARENTS: dict[str, str] = {
    "BaseExceptionGroup": "BaseException",
    "Exception": "BaseException",
    "GeneratorExit": "BaseException",
    "KeyboardInterrupt": "BaseException",
    "SystemExit": "BaseException",
    "ArithmeticError": "Exception",
    "AssertionError": "Exception",
    "AttributeError": "Exception",
    "BufferError": "Exception",
    "EOFError": "Exception",
    "ExceptionGroup": "BaseExceptionGroup",
    "ImportError": "Exception",
    "LookupError": "Exception",
    "MemoryError": "Exception",
    "NameError": "Exception",
    "OSError": "Exception",
    "ReferenceError": "Exception",
    "RuntimeError": "Exception",
    "StopAsyncIteration": "Exception",
    "StopIteration": "Exception",
    "SyntaxError": "Exception",
    "SystemError": "Exception",
    "ValueError": "Exception",
    "Warning": "Exception",
    "FloatingPointError": "ArithmeticError",
    "OverflowError": "ArithmeticError",
    "ZeroDivisionError": "ArithmeticError",
    "ModuleNotFoundError": "ImportError",
    "IndexError": "LookupError",
    "KeyError": "LookupError",
    "UnboundLocalError": "NameError",
    "BlockingIOError": "OSError",
    "ChildProcessError": "OSError",
    "ConnectionError": "OSError",
    "FileExistsError": "OSError",
    "FileNotFoundError": "OSError",
    "InterruptedError": "OSError",
    "IsADirectoryError": "OSError",
    "NotADirectoryError": "OSError",
    "PermissionError": "OSError",
    "ProcessLookupError": "OSError",
    "TimeoutError": "OSError",
    "BrokenPipeError": "ConnectionError",
    "ConnectionAbortedError": "ConnectionError",
    "ConnectionRefusedError": "ConnectionError",
    "ConnectionResetError": "ConnectionError",
    "NotImplementedError": "RuntimeError",
    "RecursionError": "RuntimeError",
    "IndentationError": "SyntaxError",
    "TabError": "IndentationError",
    "UnicodeError": "ValueError",
    "UnicodeDecodeError": "UnicodeError",
    "UnicodeEncodeError": "UnicodeError",
    "UnicodeTranslateError": "UnicodeError",
    "BytesWarning": "Warning",
    "DeprecationWarning": "Warning",
    "EncodingWarning": "Warning",
    "FutureWarning": "Warning",
    "ImportWarning": "Warning",
    "PendingDeprecationWarning": "Warning",
    "ResourceWarning": "Warning",
    "RuntimeWarning": "Warning",
    "SyntaxWarning": "Warning",
    "UnicodeWarning": "Warning",
    "UserWarning": "Warning",
    "StaticError": "Exception",
    "TypeError": "StaticError",
    "ScopeError": "StaticError",
    "ParseError": "SyntaxError",
    "PanicError": "Exception",
    "WIP": "Exception",
}
ALIASES: dict[str, str] = {"EnvironmentError": "OSError", "IOError": "OSError"}


def is_builtin_exception(etype: str) -> bool:
    """Whether `etype` is the name of a builtin exception type."""
    return etype == "BaseException" or etype in PARENTS


def is_subexception(etype: str, ancestor: str) -> bool:
    """Whether a handler for `ancestor` catches the builtin exception `etype`."""
    while etype != ancestor:
        if etype not in PARENTS:
            return False
        etype = PARENTS[etype]
    return True
