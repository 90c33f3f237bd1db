"""Functions as app-level objects."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal, final

from spy_types.syntax.nodes import ClassDef, FunctionDef

if TYPE_CHECKING:
    from spy_types.artifacts import HostFunction
    from spy_types.loc import Loc
    from spy_types.prims.table import PrimOp
    from spy_types.program.nodes import Expr, Pos
    from spy_types.syntax.scopes import Scope

    from spy_vm.objects.closure import Closure
    from spy_vm.objects.modules import W_Module
    from spy_vm.objects.operand import Operand
    from spy_vm.objects.type_variables import TypeVariable
    from spy_vm.objects.types import W_StructType, W_Type

Color = Literal["red", "blue"]
Kind = Literal["plain", "generic", "metafunc"]  # of a blue function
Colour = Kind | Literal["factory"]  # what makes a function blue, see frame.factories
ParamKind = Literal["posonly", "normal", "vararg", "kwonly", "kwarg"]


@final
class Param:
    """A parameter. `w_T` None takes any type (blue functions, and `self` before it is bound to a class)."""

    __slots__ = ("default", "kind", "loc", "name", "w_T")

    def __init__(
        self,
        name: str,
        w_T: "W_Type | None",
        kind: ParamKind = "normal",
        default: "Operand | None" = None,
        loc: "Loc | None" = None,
    ) -> None:
        self.name = name
        self.w_T = w_T
        self.kind = kind
        self.default = default
        self.loc = loc


@final
class Pack:
    """The value of `*args` or `**kwargs` in one variant of a function: a struct made of its parameters.

    `parts` names the parameter that each field comes from; None if its type has one value only.
    """

    __slots__ = ("name", "parts", "w_T")

    def __init__(self, name: str, w_T: "W_StructType", parts: list[str | None]) -> None:
        self.name = name
        self.w_T = w_T
        self.parts = parts


class W_Func:
    """A function. `color` blue: evaluated early, its arguments must be blue.

    `pure`: blue iff its arguments are.
    """

    color: Color = "red"
    kind: Kind = "plain"
    pure = False
    late = False  # made by blue code after import time
    abstract = False  # a descendant of the class must define it
    loc: "Loc | None" = None

    def __init__(self, fqn: str, params: "Sequence[Param]", w_result: "W_Type | None") -> None:
        self.fqn = fqn
        self.params: list[Param] = list(params)
        self.w_result: W_Type | None = w_result
        self.display = fqn
        self.attrs: dict[str, Operand] = {}  # `__name__` and the like, where they are not its own

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.fqn}>"


@final
class W_PrimFunc(W_Func):
    """A primitive operation of the table."""

    pure = True

    def __init__(
        self, op: "PrimOp", params: "Sequence[Param]", w_result: "W_Type", body: Callable[..., Any]
    ) -> None:
        super().__init__(f"operator::{op.name}", params, w_result)
        self.op = op
        self.body = body


@final
class W_HostFunc(W_Func):
    """A function of a builtin module."""

    def __init__(self, host: "HostFunction", params: "Sequence[Param]", w_result: "W_Type") -> None:
        super().__init__(host.fqn, params, w_result)
        self.host = host
        self.pure = host.effects.pure


@final
class W_Intrinsic(W_Func):
    """An operation that Program IR has a node for: `body` computes it now, `residual` builds the node."""

    def __init__(  # noqa: PLR0913  # all of them matter to every caller
        self,
        fqn: str,
        params: "Sequence[Param]",
        w_result: "W_Type",
        body: Callable[..., Any],
        residual: "Callable[[list[Expr], Pos], Expr]",
        *,
        pure: bool = False,
    ) -> None:
        super().__init__(fqn, params, w_result)
        self.body = body
        self.residual = residual
        self.pure = pure


@final
class W_ASTFunc(W_Func):
    """A function written in SPy, with the frame it was defined in.

    `definition` is what stands under the type parameters of a PEP 695 generic, and then it may be a class;
    else it is the function itself, and `node` is the same thing.

    `signature` is set while parameters and result are not evaluated: annotations of methods may mention types
    that are still being made. The first look at them evaluates them.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # all of them matter to every caller
        self,
        fqn: str,
        params: "Sequence[Param]",
        w_result: "W_Type | None",
        definition: FunctionDef | ClassDef,
        module: "W_Module",
        closure: "Closure",
    ) -> None:
        self.signature: Callable[[], tuple[list[Param], W_Type | None]] | None = None
        super().__init__(fqn, params, w_result)
        self.definition = definition
        if isinstance(definition, FunctionDef):
            self.node = definition
        self.module = module
        self.closure = closure
        self.force_inline = False
        self.generator = False  # `yield` is in its body
        self.type_variables: dict[str, TypeVariable] = {}  # those of `typing` that make it generic
        self.sugar = False  # a generic made of PEP 695 type parameters
        self.w_owner: W_Type | None = None
        self.operand: W_Type | None = (
            None  # of a binary dunder that takes any object: what this variant takes
        )
        self.scope: Scope | None = None  # its own scope, where the module's table does not have it
        self.variants: dict[Any, W_ASTFunc] = {}
        self.preset: dict[str, Operand] = {}  # parameters that a variant has fixed
        self.packs: list[Pack] = []  # what `*args` and `**kwargs` are in a variant
        self.called_from: tuple[Loc | None, W_ASTFunc | None] = (None, None)  # the first call of a variant
        self.holder: Closure | None = None  # the frame whose temporaries defaults and presets may be

    def copy(self, fqn: str, params: list[Param]) -> "W_ASTFunc":
        """Return this function with other parameters, under another FQN: a variant of it."""
        made = W_ASTFunc(fqn, params, self.w_result, self.definition, self.module, self.closure)
        made.loc, made.scope, made.w_owner = self.loc, self.scope, self.w_owner
        made.force_inline, made.display = self.force_inline, self.display
        made.preset, made.packs, made.attrs = dict(self.preset), list(self.packs), self.attrs
        made.holder = self.holder
        made.generator = self.generator
        return made

    @property
    def open(self) -> bool:
        """Whether it is red and its parameters get their types, or their number, from each call."""
        return self.color == "red" and any(
            p.w_T is None or p.kind in ("vararg", "kwarg") for p in self.params
        )

    @property
    def evaluated(self) -> bool:
        """Whether all types of the signature are known: to the function itself, before any call."""
        return self.signature is None and (self.color == "blue" or not (self.open or self.w_result is None))

    @property
    def params(self) -> list[Param]:
        """The parameters."""
        self._complete()
        return self._params

    @params.setter
    def params(self, params: list[Param]) -> None:
        self._params = params

    @property
    def w_result(self) -> "W_Type | None":
        """The declared type of the result."""
        self._complete()
        return self._w_result

    @w_result.setter
    def w_result(self, w_result: "W_Type | None") -> None:
        self._w_result = w_result

    def _complete(self) -> None:
        if self.signature is not None:
            signature, self.signature = self.signature, None
            self._params, self._w_result = signature()
