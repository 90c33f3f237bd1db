"""Runs functions of Program IR in this process."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, final

from spy_types.program.program import Block, Function, Method, Object, Program, Source
from spy_types.program.types import TypeDef, TypeId

from spy_vm.exceptions import Raised
from spy_vm.executor.classes import Classes
from spy_vm.executor.compile import compile_function, python_source
from spy_vm.executor.constants import Image
from spy_vm.executor.guard import guard
from spy_vm.executor.inline import Inliner
from spy_vm.executor.layout import Layouts
from spy_vm.executor.namespace import Cell, DynamicOperator, Namespace
from spy_vm.executor.unit import Unit
from spy_vm.host import OverflowWarner
from spy_vm.memory import Ptr
from spy_vm.modules import HostIO, builtin_modules

Overflow = Literal["wrap", "check"]


@final
@dataclass(slots=True)
class GlobalCell:
    """A global variable of a program that came without cells."""

    value: Any


@final
class Executor:
    """Functions of Program IR as Python functions, each compiled at its first call.

    What is given is read when a function is compiled, so it may grow meanwhile. `resolve` is asked for
    functions that were not added; `dynamic_op(op, t, *operands)` does a DynamicOp with result type `t`;
    `entry` runs once.
    """

    def __init__(  # noqa: PLR0913  # by keyword only
        self,
        *,
        types: Mapping[TypeId, TypeDef],
        sources: Sequence[Source],
        blocks: Sequence[Block | Ptr] = (),
        objects: Sequence[Object] = (),
        methods: Sequence[Method] = (),
        cells: Mapping[str, Cell],
        externs: Mapping[str, Callable[..., Any]],
        overflow: Overflow = "wrap",
        resolve: Callable[[str], Function] | None = None,
        dynamic_op: DynamicOperator | None = None,
        warner: OverflowWarner | None = None,
        entry: str | None = None,
    ) -> None:
        self._externs = externs
        self._resolve = resolve
        self._functions: dict[str, Function] = {}
        self._stubs: dict[str, Callable[..., Any]] = {}
        layouts = Layouts(types)
        namespace = Namespace(
            cells,
            overflow=overflow,
            warner=warner or OverflowWarner(),
            dynamic_op=dynamic_op or _no_dynamic,
            stub=self._stub,
        )
        classes = Classes(types, methods, self._compiled)
        image = Image(blocks, objects, layouts, classes, self._function_value)
        inliner = Inliner(self._functions.get, sources, layouts, entry)
        self._unit = Unit(sources, layouts, image, namespace, inliner, classes)

    @classmethod
    def from_program(
        cls,
        program: Program,
        io: HostIO | None = None,
        *,
        externs: Mapping[str, Callable[..., Any]] | None = None,
        dynamic_op: DynamicOperator | None = None,
        warner: OverflowWarner | None = None,
    ) -> "Executor":
        """Return an executor for a closed program; `externs` adds to the bodies of the builtin modules."""
        bodies = {
            host.fqn: host.python
            for module in builtin_modules(io or HostIO())
            for host in module.functions.values()
        }
        cells: dict[str, Cell] = {}
        executor = cls(
            types=program.types,
            sources=program.sources,
            blocks=program.blocks,
            objects=program.objects,
            methods=program.methods,
            cells=cells,
            externs={**bodies, **(externs or {})},
            overflow=program.features.overflow,
            dynamic_op=dynamic_op,
            warner=warner,
            entry=program.entry,
        )
        for function in program.functions:
            executor.add(function)
        for variable in program.globals:
            cells[variable.fqn] = GlobalCell(executor._unit.image.value(variable.init, variable.t))
        return executor

    def add(self, function: Function) -> None:
        """Make a function known; it is compiled at its first call."""
        self._functions[function.fqn] = function

    def function(self, fqn: str) -> Callable[..., Any]:
        """Return the function for callers outside of generated code; what it raises is `Raised`."""
        variables = self._unit.namespace.variables
        name = self._unit.namespace.function(fqn)

        def latest(*args: Any) -> Any:
            return variables[name](*args)

        return guard(latest)

    def run_main(self, program: Program) -> int:
        """Run the program and return its exit code; exceptions that it does not catch come out."""
        assert program.entry is not None, "the program has no entry point"
        try:
            result = self.function(program.entry)()
        except Raised as error:
            if not error.is_a("SystemExit") or error.code is None:
                raise
            return error.code & 0xFF
        return result & 0xFF if isinstance(result, int) else 0

    def python_source(self, fqn: str) -> str:
        """Return the Python text of a function."""
        return python_source(self._find(fqn), self._unit)

    def _find(self, fqn: str) -> Function:
        function = self._functions.get(fqn)
        if function is None:
            if self._resolve is None:
                raise KeyError(fqn)
            function = self._functions[fqn] = self._resolve(fqn)
        return function

    def _function_value(self, fqn: str) -> Callable[..., Any]:
        found: Callable[..., Any] = self._unit.namespace.variables[self._unit.namespace.function(fqn)]
        return found

    def _stub(self, fqn: str) -> Callable[..., Any]:
        """Return what stands for a function until its first call: the extern itself, or what compiles it."""
        if fqn in self._externs:
            return self._externs[fqn]
        variables = self._unit.namespace.variables

        def stub(*args: Any) -> Any:
            if variables[fqn] is stub:
                variables[fqn] = compile_function(self._find(fqn), self._unit)
            return variables[fqn](*args)

        self._stubs[fqn] = stub
        return stub

    def _compiled(self, fqn: str) -> Callable[..., Any]:
        """Return the code of a function that is no extern."""
        variables = self._unit.namespace.variables
        code = variables.get(fqn)
        if code is None or code is self._stubs.get(fqn):
            code = variables[fqn] = compile_function(self._find(fqn), self._unit)
        found: Callable[..., Any] = code
        return found


def _no_dynamic(op: str, t: TypeId, *operands: Any) -> Any:
    raise Raised("WIP", f"`{op}` on dynamic values")
