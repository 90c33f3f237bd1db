"""Python's errors of the operating system, as exceptions of the program."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from spy_vm.exceptions import Raised, is_builtin_exception


def os_errors(body: Callable[..., Any]) -> Callable[..., Any]:
    """Return `body` with its OSError and ValueError (UnicodeError, a null character) translated."""

    @wraps(body)
    def translated(*operands: Any) -> Any:
        try:
            return body(*operands)
        except (OSError, ValueError) as error:
            name = type(error).__name__
            raise Raised(name if is_builtin_exception(name) else "OSError", str(error)) from None

    return translated
