"""The whole registry.

Modules and their variables, attributes of types, caches, and the budget of blue code.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, Self

from spy_types.artifacts import BuiltinModule, StdlibProvider
from spy_types.errors import Diagnostic
from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.objects.functions import W_ASTFunc, W_Func, W_HostFunc
from spy_vm.objects.modules import Cell, W_Module
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.registry.loader import Loader
from spy_vm.registry.names import NameRegistry


class Registry(NameRegistry):
    """What import time builds and redshift reads.

    `infer_locals`, `infer_result`, `abstract` and `look_at` are set by the specialiser. The first tells the
    types of locals where program order and execution order differ, the second the type of a result that is
    not written; the third makes a frame that looks at code without running it, from one of the
    evaluator; the fourth looks at a whole function in this way.
    """

    def __init__(
        self,
        loader: Loader,
        *,
        providers: Iterable[StdlibProvider],
        builtin_modules: Iterable[BuiltinModule],
        overflow: Literal["wrap", "check"],
        blue_fuel: int,
    ) -> None:
        super().__init__(providers)
        self.loader = loader
        self.overflow = overflow
        self.blue_fuel = blue_fuel
        self.steps = 0
        self.depth = 0
        self.frozen = False
        self.has_type_variables = False  # whether annotations may mention one
        self.frozen_types: set[str] = set()  # by FQN: those that existed when the world froze
        self.keep_going = False  # after a fault at import time: to find the others
        self.import_errors: list[Diagnostic] = []
        self.modules: dict[str, W_Module] = {}
        self.main_module: W_Module | None = None
        self.host_modules = {module.name: module for module in builtin_modules}
        self.builtin_modules: dict[str, Callable[[Self], dict[str, Operand]]] = {}
        self.host_functions: dict[str, W_HostFunc] = {}
        self.cells: dict[str, Cell] = {}
        self.importing: list[str] = []
        self.import_locs: dict[str, Loc] = {}
        self.settled: dict[str, Operand] = {}  # module names that were bound to empty displays, made since
        self.seen_empty: dict[str, list[Loc | None]] = {}  # where run time reads those that are not made yet
        self.blue_cache: dict[Any, Operand] = {}
        self.answers: dict[Any, Any] = {}  # of metafunctions, see dispatch.metafuncs
        self.ends: dict[Any, Any] = {}  # of branches not taken, see evaluator.control
        self.meeting_types: dict[Any, W_Type | None] = {}
        self.askers: list[Any] = []  # red frames that wait for the answer of a metafunction
        self.static_types: dict[Any, W_Type | None] = {}
        self.on_breakpoint: Callable[[Any, Loc | None], None] | None = None  # gets a frame of the evaluator
        self.warn_overflow: Callable[[str, Loc | None], None] | None = None
        self.infer_locals: Callable[[W_ASTFunc], Mapping[str, W_Type]] | None = None
        self.infer_result: Callable[[W_ASTFunc, Loc | None], W_Type | None] | None = None
        self.infer_optionals: Callable[[W_ASTFunc], Mapping[str, W_Type]] | None = None
        self.abstract: Callable[[Any], Any] | None = None
        self.look_at: Callable[[W_ASTFunc], None] | None = None
        self._methods = {name: target for p in self.providers for name, target in p.type_methods.items()}
        self._methods_of: dict[W_Type, W_Type | None] = {}
        self._parts = {name: target for p in self.providers for name, target in p.module_parts.items()}

    def type_attr(self, w_T: W_Type, name: str) -> Operand | None:
        """Return the class attribute `name` of `w_T`; methods of primitive types come from the library."""
        found = w_T.lookup(name)
        if found is not None:
            return found
        w_methods = self._library_methods(w_T)
        return w_methods.lookup(name) if w_methods is not None else None

    def method(self, w_T: W_Type, name: str) -> W_Func | None:
        """Return the function that `w_T` has under `name`."""
        found = self.type_attr(w_T, name)
        return found.val if found is not None and isinstance(found.val, W_Func) else None

    def attr_names(self, w_T: W_Type) -> list[str]:
        """Return all attribute names of `w_T`, for suggestions and `dir`."""
        names = list(w_T.attrs)
        w_methods = self._library_methods(w_T)
        return names + (list(w_methods.attrs) if w_methods is not None else [])

    def settled_value(self, op: Operand, loc: Loc | None, *, red: bool) -> Operand:
        """Return what a module name stands for now: an empty display may have been made since."""
        if op.pending is None or op.pending in self.settled:
            return op if op.pending is None else self.settled[op.pending]
        if red:
            self.seen_empty.setdefault(op.pending, []).append(loc)
        return op

    def module_part(self, module: str, name: str, loc: Loc | None) -> Operand | None:
        """Return what the library adds to a builtin module under the public `name`."""
        part = self._parts.get(module)
        if part is None or name.startswith("_") or part in self.importing:
            return None
        found = self.import_module(part, loc).attrs.get(name)
        return found if isinstance(found, Operand) else None

    def is_frozen(self, w_T: W_Type) -> bool:
        """Whether the attributes of `w_T` can change no more."""
        return self.frozen and w_T.fqn in self.frozen_types

    def step(self, loc: Loc | None) -> None:
        """Count a step of blue code; raise when the budget is spent."""
        self.steps += 1
        if self.steps > self.blue_fuel:
            raise errors.blue_fuel(loc, self.blue_fuel)

    def _library_methods(self, w_T: W_Type) -> W_Type | None:
        if w_T not in self._methods_of:
            target = self._methods.get(w_T.fqn)
            if target is not None and target.partition("::")[0] in self.importing:
                return None  # the library is still being made
            self._methods_of[w_T] = None if target is None else self.lookup_target(target, None).val
        return self._methods_of[w_T]
