"""Functions as app-level objects."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal, final

if TYPE_CHECKING:
    from spy_types.artifacts import HostFunction
    from spy_types.loc import Loc
    from spy_types.prims.table import PrimOp
    from spy_types.program.nodes import Expr, Pos
    from spy_types.syntax.nodes import FunctionDef
    from spy_types.syntax.scopes import Scope

    from spy_vm.frame.frame import Frame
    from spy_vm.objects.modules import W_Module
    from spy_vm.objects.operand import Operand
    from spy_vm.objects.types import W_Type

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


class W_Func:
    """A function. `color` blue: evaluated early, its arguments must be blue. `pure`: blue iff its arguments are."""

    color: Literal["red", "blue"] = "red"
    kind: Literal["plain", "generic", "metafunc"] = "plain"
    pure = False
    loc: "Loc | None" = None

    def __init__(self, fqn: str, params: "Sequence[Param]", w_result: "W_Type | None") -> None:
        self.fqn = fqn
        self.params: list[Param] = list(params)
        self.w_result: W_Type | None = w_result
        self.display = fqn

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

    def __init__(
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
class W_BuiltinMeta(W_Func):
    """A function of the language that looks at operands: `STATIC_TYPE`, `len`, `getattr`, ..."""

    color = "blue"
    kind = "metafunc"

    def __init__(self, fqn: str, body: "Callable[[Frame, list[Operand], Loc], Operand]") -> None:
        super().__init__(fqn, [], None)
        self.body = body


@final
class W_ASTFunc(W_Func):
    """A function written in SPy, with the frame it was defined in.

    `signature` is set while parameters and result are not evaluated: annotations of methods may mention types
    that are still being made. The first look at them evaluates them.
    """

    def __init__(
        self,
        fqn: str,
        params: "Sequence[Param]",
        w_result: "W_Type | None",
        node: "FunctionDef",
        module: "W_Module",
        closure: "Frame",
    ) -> None:
        self.signature: Callable[[], tuple[list[Param], W_Type | None]] | None = None
        super().__init__(fqn, params, w_result)
        self.node = node
        self.module = module
        self.closure = closure
        self.force_inline = False
        self.sugar = False  # a generic made of PEP 695 type parameters
        self.w_owner: W_Type | None = None
        self.scope: Scope | None = None  # its own scope, where the module's table does not have it
        self.variants: dict[Any, W_ASTFunc] = {}
        self.preset: dict[str, Operand] = {}  # parameters that a variant has fixed

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
