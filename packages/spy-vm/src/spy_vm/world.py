"""The World: everything that exists before run time, and the registry that names it."""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal, Protocol

from spy_types.artifacts import BuiltinModule, StdlibProvider
from spy_types.errors import Diagnostic
from spy_types.loc import Loc
from spy_types.prims.table import PRIMS
from spy_types.syntax.module import SyntaxModule

from spy_vm import errors
from spy_vm.depth import deep
from spy_vm.host import HOST_PRIMS
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import Param, W_ASTFunc, W_Func, W_HostFunc, W_PrimFunc
from spy_vm.objects.modules import Cell, W_Module
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.types import W_FuncType, W_PtrType, W_SingleType, W_Type

if TYPE_CHECKING:
    from spy_vm.frame.frame import Frame


class Loader(Protocol):
    """Finds modules for the World, which never parses."""

    def find(self, name: str) -> SyntaxModule | None:
        """Return the module called `name` (dotted), or None; raise SpyError if it cannot be read."""
        ...

    def is_package(self, name: str) -> bool:
        """Whether `name` is a package: its relative imports start from itself."""
        ...


class World:
    """What import time builds and redshift reads: modules, types, functions, blue results.

    `infer_locals` is set by the specialiser: it tells the evaluator the static types of a function's locals
    where program order and execution order differ.
    """

    def __init__(
        self,
        loader: Loader,
        *,
        providers: Iterable[StdlibProvider] = (),
        builtin_modules: Iterable[BuiltinModule] = (),
        overflow: Literal["wrap", "check"] = "wrap",
        blue_fuel: int = 10_000_000,
    ) -> None:
        from spy_vm.builtins import install_builtins  # noqa: PLC0415 - the builtins need a World to exist
        from spy_vm.evaluator import EvalFrame  # noqa: PLC0415 - frames know the World

        self.loader = loader
        self.providers = list(providers)
        self.host_modules = {module.name: module for module in builtin_modules}
        self.overflow = overflow
        self.blue_fuel = blue_fuel
        self.steps = 0
        self.depth = 0
        self.frozen = False
        self.keep_going = False  # after a fault at import time: to find the others
        self.import_errors: list[Diagnostic] = []
        self.main_module: W_Module | None = None
        self.modules: dict[str, W_Module] = {}
        self.builtins: dict[str, Operand] = {}
        self.types: dict[str, W_Type] = dict(b.PRIM_TYPES)
        self.cells: dict[str, Cell] = {}
        self.functions: dict[str, W_ASTFunc] = {}
        self.host_functions: dict[str, W_HostFunc] = {}
        self.blue_cache: dict[Any, Operand] = {}
        self.answers: dict[Any, Any] = {}  # of metafunctions, see dispatch.metafuncs
        self.warn_overflow: Callable[[str, Loc | None], None] | None = None
        self.infer_locals: Callable[[W_ASTFunc], Mapping[str, W_Type]] | None = None
        self.abstract: Callable[[Frame], Frame] | None = None
        self.meeting_types: dict[Any, W_Type | None] = {}
        self._fqns: dict[str, int] = {}
        self._prims: dict[str, W_PrimFunc] = {}
        self._ptrs: dict[tuple[str, W_Type, bool], W_PtrType] = {}
        self._singles: dict[tuple[W_Type, int], W_SingleType] = {}
        self._functypes: dict[str, W_FuncType] = {}
        self._provided = {name: target for p in self.providers for name, target in p.builtin_names.items()}
        self._methods = {name: target for p in self.providers for name, target in p.type_methods.items()}
        self._methods_of: dict[W_Type, W_Type | None] = {}
        self.human_names = {target: name for name, target in self._provided.items()}
        self.importing: list[str] = []
        self.import_locs: dict[str, Loc] = {}
        self.builtin_modules: dict[str, Callable[[World], dict[str, Operand]]] = {}
        self._frame_class: Callable[..., Any] = EvalFrame
        install_builtins(self)

    def dynamic_operator(self) -> Callable[..., Any]:
        """Return what does dynamic operations for the executor: `(op, result type, *values)`."""
        from spy_vm.dispatch.dynamic import operator_of  # noqa: PLC0415 - dispatch knows the World

        return operator_of(self)

    def new_frame(self, *args: Any, **kwargs: Any) -> "Frame":
        """Return a frame of the evaluator."""
        frame: Frame = self._frame_class(self, *args, **kwargs)
        return frame

    # --- names -------------------------------------------------------------------------------------

    def lookup_builtin(self, name: str, loc: Loc | None = None) -> Operand | None:
        """Return what `name` means where no scope binds it."""
        found = self.builtins.get(name)
        if found is None and name in self._provided:
            found = self.builtins[name] = self.lookup_target(self._provided[name], loc)
        return found

    def library(self, name: str, loc: Loc | None) -> Operand:
        """Return the builtin that the library must bring: what displays and `for` need."""
        found = self.lookup_builtin(name, loc)
        if found is None:
            raise errors.missing_stdlib(name, loc)
        return found

    def lookup_target(self, target: str, loc: Loc | None) -> Operand:
        """Return the value of `module::attribute`, importing the module if needed."""
        module_name, _, attr = target.partition("::")
        value = self.import_module(module_name, loc).attrs.get(attr)
        if not isinstance(value, Operand):
            raise errors.no_module_attribute(module_name, attr, loc)
        return value

    def builtin_names(self) -> list[str]:
        """Return every name that needs no import."""
        return [*self.builtins, *self._provided]

    def close_match(self, name: str, candidates: Iterable[str]) -> str | None:
        """Return the candidate a user who wrote `name` may have meant."""
        found = get_close_matches(name, [c for c in candidates if not c.startswith("_")], 1, 0.7)
        return found[0] if found else None

    def import_module(self, name: str, loc: Loc | None = None) -> W_Module:
        """Return the module `name`, executing it if this is the first time."""
        if name in self.modules:
            return self.modules[name]
        from spy_vm.imports import import_module  # noqa: PLC0415 - executing a module needs the evaluator

        return import_module(self, name, loc)

    # --- the program ---------------------------------------------------------------------------------

    def import_main(self, syntax: SyntaxModule) -> W_Module:
        """Run import time: the main module, after all that it imports."""
        from spy_vm.imports import execute  # noqa: PLC0415 - executing a module needs the evaluator

        with deep():
            self.main_module = execute(self, syntax)
        return self.main_module

    def freeze(self) -> None:
        """End import time: from now on only module variables change."""
        self.frozen = True

    def run_main(self, argv: "list[str]") -> int:
        """Run `main` in the evaluator; return its exit code. `argv` starts with the program's name."""
        from spy_vm.run_main import run_main  # noqa: PLC0415 - as above

        assert self.main_module is not None
        return run_main(self, self.main_module, argv)

    # --- registries --------------------------------------------------------------------------------

    def unique_fqn(self, fqn: str) -> str:
        """Return `fqn`, with `#1`, `#2`, ... if it is taken."""
        count = self._fqns.get(fqn)
        self._fqns[fqn] = 0 if count is None else count + 1
        return fqn if count is None else f"{fqn}#{count + 1}"

    def prim(self, name: str) -> W_PrimFunc:
        """Return the primitive operation `name`."""
        w_func = self._prims.get(name)
        if w_func is None:
            op = PRIMS[name]
            params = [Param(f"a{i}", self.type_by_id(tid)) for i, tid in enumerate(op.params)]
            w_func = self._prims[name] = W_PrimFunc(op, params, self.type_by_id(op.result), HOST_PRIMS[name])
        return w_func

    def type_by_id(self, tid: str) -> W_Type:
        """Return the type whose FQN is `tid`."""
        if tid not in self.types and tid == "unsafe::gc_ptr[u8]":
            return self.ptr_type("gc", b.W_U8)
        return self.types[tid]

    def register_type(self, w_T: W_Type) -> None:
        """Make `w_T` known by its FQN."""
        self.types[w_T.fqn] = w_T

    def ptr_type(self, kind: Literal["raw", "gc"], w_item: W_Type, *, ref: bool = False) -> W_PtrType:
        """Return the pointer (or reference) type for `w_item`."""
        key = (kind, w_item, ref)
        if key not in self._ptrs:
            self._ptrs[key] = W_PtrType(kind, w_item, ref=ref)
            self.register_type(self._ptrs[key])
        return self._ptrs[key]

    def single_type(self, op: Operand) -> W_SingleType:
        """Return the type that only the blue value `op` has."""
        key = (op.w_T, id(op.val))
        if key not in self._singles:
            self._singles[key] = W_SingleType(op.w_T, op.val, len(self._singles))
            self.register_type(self._singles[key])
        return self._singles[key]

    def func_type(self, w_func: W_Func) -> W_FuncType:
        """Return the type of `w_func` as a value."""
        prefix = (
            ""
            if w_func.color == "red"
            else {"plain": "blue.", "generic": "blue.generic.", "metafunc": "blue.metafunc."}[w_func.kind]
        )
        params = tuple(p.w_T or b.W_DYNAMIC for p in w_func.params)
        return self.make_func_type(params, w_func.w_result or b.W_DYNAMIC, prefix)

    def make_func_type(self, params: tuple[W_Type, ...], w_result: W_Type, prefix: str = "") -> W_FuncType:
        """Return the function type with these parameters and result."""
        w_T = W_FuncType(params, w_result, prefix)
        if w_T.fqn not in self._functypes:
            self._functypes[w_T.fqn] = w_T
            self.register_type(w_T)
        return self._functypes[w_T.fqn]

    def func_operand(self, w_func: W_Func, loc: Loc | None = None) -> Operand:
        """Return `w_func` as a blue operand."""
        if isinstance(w_func, W_ASTFunc) and w_func.signature is not None:
            return blue(b.W_FUNCTION, w_func, loc)
        return blue(self.func_type(w_func), w_func, loc)

    # --- attributes of types -----------------------------------------------------------------------

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

    def _library_methods(self, w_T: W_Type) -> W_Type | None:
        if w_T not in self._methods_of:
            target = self._methods.get(w_T.fqn)
            if target is not None and target.partition("::")[0] in self.importing:
                return None  # the library is still being made
            self._methods_of[w_T] = None if target is None else self.lookup_target(target, None).val
        return self._methods_of[w_T]

    # --- blue steps --------------------------------------------------------------------------------

    def step(self, frame: "Frame", loc: Loc | None) -> None:
        """Count a step of blue code; raise when the budget is spent."""
        self.steps += 1
        if self.steps > self.blue_fuel:
            raise errors.blue_fuel(loc, self.blue_fuel)
