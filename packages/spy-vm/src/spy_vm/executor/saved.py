"""Programs that were compiled to Python code before: what a second run needs, and quick to import.

`saving` writes what is read here. The bytes belong to one version of Python and of this package, and are
trusted like a `.pyc` file: whoever keeps them must make sure that they are its own.

Values are marshalled as themselves, but: ("t", items) a tuple, ("p", block, offset, length, width) a pointer,
("d", type, value) a dynamic value, ("f", fqn) a function, ("c", type) the Python class of a class,
("o", number) an object, ("s", items) a frozenset.

Quick to import, hence without `typing`.
"""

from __future__ import annotations

import marshal
import sys

from spy_vm.exceptions import Raised
from spy_vm.executor.guard import guard
from spy_vm.translation import MARK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FunctionType
    from typing import Any

    from spy_vm.modules.host_io import HostIO
else:
    FunctionType = type(lambda: None)

MAX_CALLS = 1000  # deep, as in CPython, whoever started the program


class Saved:
    """A program: code by FQN, and the values of all other names that the code refers to.

    `runtime` says of the executor's names where they come from: see `spy_vm.executor.runtime_places`.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # what is marshalled, in this order
        self,
        entry: str,
        codes: dict[str, Any],
        externs: list[str],
        runtime: dict[str, Any],
        constants: dict[str, Any],
        cells: dict[str, Any],
        blocks: list[list[Any]],
        classes: dict[str, Any],
        objects: list[Any],
    ) -> None:
        self.entry = entry
        self.codes = codes
        self.externs = externs
        self.runtime = runtime
        self.constants = constants
        self.cells = cells
        self.blocks = blocks
        self.classes = classes
        self.objects = objects

    def encode(self) -> bytes:
        """Return the program as `load_saved` reads it."""
        return marshal.dumps(tuple(vars(self).values()))


class SavedCell:
    """A module variable."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


def load_saved(data: bytes, io: HostIO) -> Callable[[], int]:
    """Return what runs the program and returns its exit code; ValueError if the bytes are damaged."""
    try:
        saved = Saved(*marshal.loads(data))
    except (EOFError, TypeError) as error:
        raise ValueError("not a saved program") from error
    variables: dict[str, Any] = {MARK: True}
    if saved.externs:
        from spy_vm.modules.bodies import host_body  # noqa: PLC0415  # not all programs have an effect

        for fqn in saved.externs:
            variables[fqn] = host_body(fqn, io)
    if saved.runtime:
        from spy_vm.executor.runtime_places import bind_runtime  # noqa: PLC0415  # few programs do without

        bind_runtime(saved.runtime, variables)
    for fqn, code in saved.codes.items():
        variables[fqn] = FunctionType(code, variables, fqn)
    values = _Values(saved, variables)
    for name, value in saved.constants.items():
        variables[name] = values.decode(value)
    for name, value in saved.cells.items():
        variables[name] = SavedCell(values.decode(value))
    return _runner(guard(variables[saved.entry]))


def _runner(main: Callable[[], Any]) -> Callable[[], int]:
    def run() -> int:
        before = sys.getrecursionlimit()
        sys.setrecursionlimit(_depth() + MAX_CALLS)
        try:
            result = main()
        except Raised as error:
            if not error.is_a("SystemExit") or error.code is None:
                raise
            return error.code & 0xFF
        finally:
            sys.setrecursionlimit(before)
        return result & 0xFF if isinstance(result, int) else 0

    return run


def _depth() -> int:
    """Return how many frames there are."""
    frame = sys._getframe()
    depth = 1
    while frame.f_back is not None:
        frame = frame.f_back
        depth += 1
    return depth


class _Values:
    def __init__(self, saved: Saved, variables: dict[str, Any]) -> None:
        self._blocks = saved.blocks
        self._classes = saved.classes
        self._objects = saved.objects
        self._variables = variables
        self._hosts: dict[str, Any] = {}
        self._living: dict[int, Any] = {}
        self._made: dict[int, list[Any]] = {}

    def decode(self, value: Any) -> Any:  # noqa: PLR0911  # one case after another
        if not isinstance(value, tuple):
            return value
        match value:
            case ("t", items):
                return tuple([self.decode(item) for item in items])
            case ("f", fqn):
                return self._variables[fqn]
            case ("d", t, inner):
                from spy_vm.memory import Dyn  # noqa: PLC0415  # most programs do without

                return Dyn(t, self.decode(inner))
            case ("p", block, offset, length, width):
                from spy_vm.memory import NULL, Ptr  # noqa: PLC0415  # as above

                return NULL if block is None else Ptr(self._block(block), offset, length, width)
            case ("c", t):
                return self._host(t)
            case ("o", number):
                return self._object(number)
            case ("s", items):
                return frozenset([self.decode(item) for item in items])
            case _:
                raise ValueError("not a saved value")

    def _host(self, t: str) -> Any:
        if t not in self._hosts:
            from spy_vm.host_objects import host_class  # noqa: PLC0415  # most programs do without

            display, base, own, methods = self._classes[t]
            made = host_class(t, display, None if base is None else self._host(base), own)
            for name, fqn in methods.items():
                setattr(made, name, self._variables[fqn])
            self._hosts[t] = made
        return self._hosts[t]

    def _object(self, number: int) -> Any:
        if number not in self._living:
            t, fields = self._objects[number]
            made = self._living[number] = self._host(t)()  # before its fields: they may point back here
            for name, value in fields.items():
                setattr(made, name, self.decode(value))
        return self._living[number]

    def _block(self, number: int) -> list[Any]:
        if number not in self._made:
            self._made[number] = []  # before its values: they may point back here
            self._made[number].extend([self.decode(value) for value in self._blocks[number]])
        return self._made[number]
