"""Who runs the functions of a loaded module: the evaluator, or the executor on the redshifted module."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, final

from spy_vm.objects.functions import W_ASTFunc, W_Func
from spy_vm.objects.modules import Cell
from spy_vm.objects.operand import Operand
from spy_vm.world import World

from spy_cli.embed.accessors import getter, setter, with_accessors

if TYPE_CHECKING:
    from collections.abc import Callable

    from spy_cli.driver import Session


class Engine(Protocol):
    """Runs functions on SPy values, and reads and writes module variables."""

    def call(self, w_func: W_Func, args: Sequence[Any]) -> Any:
        """Call a function with all its arguments; raise Raised."""

    def read(self, cell: Cell) -> Any:
        """Return the value of a module variable."""

    def write(self, cell: Cell, value: Any) -> None:
        """Set a module variable."""


@final
class Evaluator:
    """Runs everything on the syntax tree."""

    def __init__(self, world: World) -> None:
        module = world.main_module
        assert module is not None
        assert module.syntax is not None
        self._frame = world.new_frame(module, module.syntax.scopes[0], None, module.name, blue_frame=False)

    def call(self, w_func: W_Func, args: Sequence[Any]) -> Any:
        operands = [Operand(_type(p.w_T), arg, False) for p, arg in zip(w_func.params, args, strict=True)]
        return self._frame.call_func(w_func, operands, None).val

    def read(self, cell: Cell) -> Any:
        return cell.value

    def write(self, cell: Cell, value: Any) -> None:
        cell.value = value


@final
class InProcess:
    """Runs the redshifted module as Python functions; what that leaves out goes to the evaluator."""

    def __init__(self, world: World, session: "Session", also: Iterable[W_ASTFunc]) -> None:
        program = with_accessors(session.library_with(also))
        self._executor = session.stages.executor(program)
        self._functions: dict[str, Callable[..., Any]] = {}
        self._known = {function.fqn for function in program.functions}
        self._evaluator = Evaluator(world)

    def call(self, w_func: W_Func, args: Sequence[Any]) -> Any:
        if w_func.fqn not in self._known:
            return self._evaluator.call(w_func, args)
        return self._function(w_func.fqn)(*args)

    def read(self, cell: Cell) -> Any:
        name = getter(cell.fqn)
        return self._function(name)() if name in self._known else cell.value

    def write(self, cell: Cell, value: Any) -> None:
        name = setter(cell.fqn)
        if name in self._known:
            self._function(name)(value)
        else:
            cell.value = value

    def _function(self, fqn: str) -> "Callable[..., Any]":
        if fqn not in self._functions:
            self._functions[fqn] = self._executor.function(fqn)
        return self._functions[fqn]


def _type(w_T: Any) -> Any:
    assert w_T is not None, "a red function has types for all parameters"
    return w_T
