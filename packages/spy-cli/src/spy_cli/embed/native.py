"""Runs the functions of a loaded module as compiled code: builds a cffi module and imports it."""

import importlib.util
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, final

import msgspec
from spy_types.artifacts import BuildRequest
from spy_types.program.codec import encode
from spy_types.program.program import Export, Function, Program
from spy_types.program.types import PRIMITIVES, StructType, TypeId
from spy_vm.objects.functions import W_Func
from spy_vm.objects.modules import Cell
from spy_vm.world import World

from spy_cli.cache_dir import cache_dir
from spy_cli.embed.accessors import getter, setter, with_accessors
from spy_cli.embed.engines import Evaluator
from spy_cli.embed.exceptions import make_exception

if TYPE_CHECKING:
    from spy_cli.driver import Session


@final
class Native:
    """Calls the compiled module. Functions whose types C cannot pass are left out: to call one raises."""

    def __init__(self, world: World, session: "Session", *, release: bool) -> None:
        program = with_accessors(session.library)
        own = f"{session.loader.main_name}::"
        functions = [f for f in program.functions if f.fqn.startswith(own) and _is_public(program, f)]
        self._left_out = {f.fqn for f in program.functions}.difference(f.fqn for f in functions)
        self._names = {f.fqn: f"fn{i}" for i, f in enumerate(functions)}
        exports = tuple(Export(name, fqn) for fqn, name in self._names.items())
        program = msgspec.structs.replace(program, exports=exports, entry=None)
        self._module = _build(program, session, release=release)
        self._evaluator = Evaluator(world)

    def call(self, w_func: W_Func, args: Sequence[Any]) -> Any:
        if w_func.fqn in self._left_out:
            raise TypeError(f"`{w_func.fqn}` cannot be called natively: its types cannot pass to C")
        if w_func.fqn not in self._names:
            return self._evaluator.call(w_func, args)
        sys.stdout.flush()
        return self._compiled(w_func.fqn, *args)

    def read(self, cell: Cell) -> Any:
        name = getter(cell.fqn)
        return self._compiled(name) if name in self._names else cell.value

    def write(self, cell: Cell, value: Any) -> None:
        name = setter(cell.fqn)
        if name in self._names:
            self._compiled(name, value)
        else:
            cell.value = value

    def _compiled(self, fqn: str, *args: Any) -> Any:
        try:
            return _plain(getattr(self._module, self._names[fqn])(*args))
        except Exception as error:
            if type(error).__module__ != self._module.__name__:
                raise
            translated = make_exception(type(error).__name__, str(error))
            for note in getattr(error, "__notes__", ()):
                translated.add_note(note)
            raise translated from None


def _is_public(program: Program, function: Function) -> bool:
    return all(_is_passable(program, t) for t in (*(p.t for p in function.params), function.result))


def _is_passable(program: Program, t: TypeId) -> bool:
    definition = program.types.get(t)
    if isinstance(definition, StructType):
        return bool(definition.fields) and all(_is_passable(program, field.t) for field in definition.fields)
    return t in PRIMITIVES and t != "dynamic"


def _build(program: Program, session: "Session", *, release: bool) -> ModuleType:
    data = encode(program)
    cache = cache_dir()
    name = session.loader.main_name
    folder = cache / "native" / "modules"
    request = BuildRequest(
        name=name,
        out=None,
        kind="cffi",
        release=release,
        build_dir=folder,
        cache_dir=cache / "native",
    )
    artifact = session.stages.plugins().backends()["c"].build(data, request)
    spec = importlib.util.spec_from_file_location(f"_spy_native_{name}", artifact.path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(artifact.path.parent))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.pop(0)
    return module


def _plain(value: Any) -> Any:
    """Return a struct of the compiled module as the nested tuple that it is in process."""
    return tuple(_plain(item) for item in value) if isinstance(value, tuple) else value
