"""The frame, as dispatch and the builtins see it."""

from abc import ABC, abstractmethod
from collections.abc import Callable

from spy_types.loc import Loc
from spy_types.syntax import nodes as n
from spy_types.syntax.scopes import Scope

from spy_vm.interface.walking import Walking
from spy_vm.objects.closure import Closure
from spy_vm.objects.functions import Color, Kind, W_ASTFunc, W_Func
from spy_vm.objects.modules import W_Module
from spy_vm.objects.operand import Operand, W_Type


class Frame(Walking, ABC):
    """An activation of a function, class body or module."""

    @abstractmethod
    def new_frame(  # noqa: PLR0913  # all of them matter to every caller
        self,
        module: W_Module,
        scope: Scope,
        parent: Closure | None,
        ns: str,
        *,
        blue_frame: bool,
        w_func: W_ASTFunc | None = None,
    ) -> "Frame":
        """Return a frame of the evaluator: blue code runs there, whoever asks."""

    @abstractmethod
    def class_frame(self, stmt: n.ClassDef, w_T: W_Type) -> "Frame":
        """Return the frame in which a class body runs."""


Body = Callable[[Frame, list[Operand], Loc | None], Operand]


NamedBody = Callable[[Frame, list[Operand], dict[str, Operand], Loc | None], Operand]


class W_BuiltinMeta(W_Func):
    """A function of the language that looks at operands: `STATIC_TYPE`, `len`, `getattr`, ..."""

    color: Color = "blue"
    kind: Kind = "metafunc"

    def __init__(self, fqn: str, body: Body, named: NamedBody | None = None) -> None:
        super().__init__(fqn, [], None)
        self.body = body
        self.named = named  # for calls with keyword arguments
