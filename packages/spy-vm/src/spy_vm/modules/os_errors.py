"""Python's errors of the operating system, as exceptions of the program."""

from __future__ import annotations

from spy_vm.exceptions import Raised, is_builtin_exception

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def os_errors(body: Callable[..., Any]) -> Callable[..., Any]:
    """Return `body` with its OSError and ValueError (UnicodeError, a null character) translated."""

    def translated(*operands: Any) -> Any:
        try:
            return body(*operands)
        except (OSError, ValueError) as error:
            name = type(error).__name__
            raise Raised(name if is_builtin_exception(name) else "OSError", str(error)) from None

    return translated
