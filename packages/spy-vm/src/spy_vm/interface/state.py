"""What every frame has: its scope, its names, its place in the program."""

from abc import ABC
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from spy_types.loc import Loc, Span
from spy_types.syntax import nodes as n
from spy_types.syntax.scopes import Scope

from spy_vm.exceptions import Raised
from spy_vm.interface.flow import Flow
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.closure import Closure
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.modules import W_Module
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.objects.type_variables import TypeVariable
from spy_vm.objects.types import W_StructType
from spy_vm.registry.registry import Registry

Known = dict[tuple[str, ...], W_Type]


class Loop:
    """A loop being walked, with what is known of types where it is left by `break`."""

    def __init__(self, stmt: "n.While | n.For", outer: "Loop | None") -> None:
        self.stmt = stmt
        self.outer = outer
        self.breaks: list[dict[tuple[str, ...], W_Type]] = []


class Attempt:
    """A `try` being walked: what is known of types before it, where something was raised, and at its ends."""

    def __init__(self, entry: Known, at_fault: Known) -> None:
        self.entry = entry
        self.at_fault = at_fault
        self.ends: list[Known] = []

    def end(self, frame: "FrameState", flow: Flow) -> Flow:
        """Note what is known where a part of the statement ends."""
        if flow is Flow.NEXT:
            self.ends.append(frame.narrowed)
        return flow

    def handler(self, frame: "FrameState", run: Callable[[Operand], Flow]) -> Callable[[Operand], Flow]:
        """Return a handler that starts with what is known where something was raised."""

        def handle(error: Operand) -> Flow:
            frame.narrowed = self.at_fault
            return self.end(frame, run(error))

        return handle


class FrameState(Closure, ABC):
    """State of one activation.

    `blue_frame`: everything in it is blue (module and class bodies, blue functions).
    """

    def __init__(  # noqa: PLR0913  # all of them matter to every caller
        self,
        world: Registry,
        module: W_Module,
        scope: Scope,
        parent: Closure | None,
        ns: str,
        *,
        blue_frame: bool,
        w_func: W_ASTFunc | None = None,
    ) -> None:
        self.world = world
        self.module = module
        self.scope = scope
        self.parent = parent
        self.ns = ns
        self.blue_frame = blue_frame
        self.w_func = w_func
        self.locals: dict[str, Operand] = {}
        self.declared: dict[str, tuple[W_Type, Loc | None]] = {}
        self.narrowed: dict[tuple[str, ...], W_Type] = {}  # what is known of paths here, see frame.narrowing
        self.seen: dict[tuple[str, ...], W_Type] = {}  # the types of paths that may be narrowed
        self.optionals: dict[str, list[W_Type]] | None = None  # what names get that start as None, if asked
        self.loop_around: Loop | None = None
        self.tried: n.Stmt | None = None  # the loop that is tried out, see frame.narrowing
        self.rounds: list[dict[tuple[str, ...], W_Type]] = []  # what is known at the ends of its rounds
        self.result: Operand | None = None
        self.nested: dict[str, tuple[W_Type | None, W_Type]] = {}  # see frame.nested_use
        self.class_fields: dict[str, W_Type] | None = None
        self.field_locs: dict[str, Loc] = {}
        self.class_type: W_Type | None = None
        self.self_type: W_Type | None = None
        self.type_bindings: dict[TypeVariable, Operand] = {}
        self.forwards: dict[int, W_StructType | W_ClassType] = {}
        self.open_signature = False  # whether parameters of the `def` at hand need no types
        self.handlers = 0  # how many handlers there are around the statement that runs
        self.handling: list[Raised] = []  # their exceptions, if they are known
        self.yielded: list[Operand] = []  # what a generator without annotation yields
        self.exit_parameters: list[W_Type] = []  # types for the parameters of the `__exit__` at hand
        self.hidden = 0  # how many hidden locals there are, see `fresh`
        assert module.syntax is not None or parent is None
        self.file = module.syntax.path if module.syntax is not None else module.name

    def loc(self, span: Span) -> Loc:
        """Return `span` in this frame's file."""
        return Loc(self.file, span.line, span.col, span.end_line, span.end_col)

    def loc_unknown(self) -> Loc:
        """Return a place for operands that have none."""
        return Loc(self.file, 1, 1, 1, 1)

    @contextmanager
    def speculative(self) -> Iterator[None]:
        """Look something up without leaving a trace in the residual program."""
        yield
