"""Writes a program as Python code, for later runs: see `saved`."""

from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import Any, final

from spy_types.program.program import Program

from spy_vm.executor.compile import compile_function
from spy_vm.executor.executor import Executor
from spy_vm.executor.place_search import place_of
from spy_vm.executor.saved import Saved
from spy_vm.host import HOST_PRIMS
from spy_vm.host_objects import HeapObject
from spy_vm.memory import Dyn, Ptr
from spy_vm.modules import HostIO, host_bodies


class NotSavable(Exception):
    """The program needs what only this process has: dynamic operations, functions of other packages."""


def save_program(program: Program) -> bytes:
    """Return `program` for `load_saved`; raise NotSavable if that cannot run it."""
    if program.entry is None:
        raise NotSavable("no entry")
    writer = _Writer(program)
    writer.add(program.entry)
    return writer.saved.encode()


@final
class _Writer:
    """Collects what the entry reaches. The executor is only for making code: nothing is run."""

    def __init__(self, program: Program) -> None:
        self.executor = Executor.from_program(program)
        self.unit = self.executor._unit
        self.functions = {function.fqn: function for function in program.functions}
        self.variables = self.unit.namespace.variables
        self.own = set(self.variables)  # before there is code that refers to anything else
        self.externs = host_bodies(HostIO())
        self.saved = Saved(str(program.entry), {}, [], {}, {}, {}, [], {}, [])
        self.block_numbers: dict[int, int] = {}
        self.blocks: list[list[Any]] = []
        self.objects: dict[int, tuple[int, HeapObject]] = {}

    def add(self, fqn: str) -> None:
        """Add a function and what its code refers to."""
        waiting = [fqn]
        while waiting:
            name = waiting.pop()
            if name in self.saved.codes:
                continue
            function = compile_function(self.functions[name], self.unit)
            assert isinstance(function, FunctionType)
            self.saved.codes[name] = function.__code__
            for used in _names(function.__code__):
                waiting += self._name(used)

    def _name(self, name: str) -> list[str]:
        """Note what `name` means; return the functions that this adds."""
        saved = self.saved
        if name in self.functions:
            return [name]
        if name in self.externs:
            if name not in saved.externs:
                saved.externs.append(name)
        elif name in self.own or name[1:] in HOST_PRIMS:
            saved.runtime[name] = self._place(name)
        elif not name.startswith("."):
            if "::" in name:
                raise NotSavable(f"{name} is a function of another package")
        elif name in saved.constants or name in saved.cells:
            pass
        elif name[1:] in self.unit.namespace._cells:
            saved.cells[name] = None
            return self._put(saved.cells, name, self.variables[name].value)
        else:
            saved.constants[name] = None
            return self._put(saved.constants, name, self.variables[name])
        return []

    def _place(self, name: str) -> Any:
        """Return where a name of the executor can be imported from."""
        if name == ".dynamic":
            raise NotSavable("dynamic operations")
        place = place_of(name, self.variables[name])
        if place is None:
            raise NotSavable(f"{name} is known to this process alone")
        return place

    def _put(self, table: dict[str, Any], name: str, value: Any) -> list[str]:
        functions: list[str] = []
        table[name] = self._encode(value, functions)
        while len(self.saved.blocks) < len(self.blocks):
            block = self.blocks[len(self.saved.blocks)]
            self.saved.blocks.append([])
            self.saved.blocks[-1].extend([self._encode(item, functions) for item in block])
        return functions

    def _encode(self, value: Any, functions: list[str]) -> Any:  # noqa: PLR0911  # one case after another
        match value:
            case None | bool() | int() | float() | complex() | str() | bytes():
                return value
            case tuple():
                return "t", [self._encode(item, functions) for item in value]
            case Dyn(t=t, value=inner):
                return "d", t, self._encode(inner, functions)
            case Ptr(block=block, off=off, length=length, width=width):
                return "p", self._block(block), off, length, width
            case frozenset():
                return "s", [self._encode(item, functions) for item in value]
            case type():
                return "c", self._class(value, functions)
            case HeapObject():
                return "o", self._object(value, functions)
            case _:
                fqn = next((name for name, known in self.variables.items() if known is value), None)
                if fqn is None or fqn not in self.functions:
                    raise NotSavable(f"a constant of type {type(value).__name__}")
                functions.append(fqn)
                return "f", fqn

    def _class(self, host: type[Any], functions: list[str]) -> str:
        """Add the Python class of a class of the program; return its TypeId."""
        t: str = host.tid
        if t not in self.saved.classes:
            definition = self.unit.classes.definition(t)
            base = None if definition.base is None else host.__base__
            methods = self.unit.classes.functions(t)
            own = [name.removeprefix("f_") for name in host.__slots__]
            self.saved.classes[t] = (definition.display, definition.base, own, methods)
            functions += methods.values()
            if base is not None:
                self._class(base, functions)
        return t

    def _object(self, value: HeapObject, functions: list[str]) -> int:
        """Add an object that exists before run time; return its number."""
        if id(value) not in self.objects:
            number = len(self.saved.objects)
            self.objects[id(value)] = number, value
            fields: dict[str, Any] = {}
            self.saved.objects.append((self._class(type(value), functions), fields))
            for host in type(value).__mro__:
                for name in getattr(host, "__slots__", ()):
                    if hasattr(value, name):
                        fields[name] = self._encode(getattr(value, name), functions)
        return self.objects[id(value)][0]

    def _block(self, block: list[Any] | None) -> int | None:
        if block is None:
            return None
        if id(block) not in self.block_numbers:
            self.block_numbers[id(block)] = len(self.blocks)
            self.blocks.append(block)
        return self.block_numbers[id(block)]


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield from _names(const)
