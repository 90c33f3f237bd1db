"""Notes whether code that runs early did what a run can see: then each run must do it again."""

from collections.abc import Callable
from functools import wraps
from typing import Any, final

import msgspec
from spy_types.artifacts import BuiltinModule, HostFunction


@final
class Acts:
    """`noted` is True after a function of a builtin module that is not pure was called."""

    def __init__(self) -> None:
        self.noted = False

    def noting(self, module: BuiltinModule) -> BuiltinModule:
        """Return `module` with functions that note their calls."""
        functions = {name: self._noting(function) for name, function in module.functions.items()}
        return msgspec.structs.replace(module, functions=functions)

    def _noting(self, function: HostFunction) -> HostFunction:
        if function.effects.pure:
            return function
        return msgspec.structs.replace(function, python=self._noting_body(function.python))

    def _noting_body(self, body: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(body)
        def noted(*operands: Any) -> Any:
            self.noted = True
            return body(*operands)

        return noted
