"""Type variables of `typing`: functions and classes that mention them are generic.

T = TypeVar("T")                               def first[T](xs: list[T]) -> T: ...
def first(xs: list[T]) -> T: ...        ->     class Box[T]: ...
class Box(Generic[T]): ...
"""

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec
from spy_types.errors import SpyError
from spy_types.loc import Loc
from spy_types.syntax import nodes as n
from spy_types.syntax.scopes import Scope

from spy_vm import errors
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.closure import Closure
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.type_variables import TypeVariable

SCOPE = -200  # the id of a scope of type variables, which no table has


class TypeVariables(Frame):
    """What stands for a type until the generic around it is called."""

    def substituted(self, op: Operand) -> Operand:
        """Return what the type variable `op` stands for here: itself where no generic around binds it."""
        variable: TypeVariable = op.val
        frame: Closure | None = self
        while frame is not None:
            if variable in frame.type_bindings:
                return frame.type_bindings[variable].at(op.loc)
            if variable.kind == "self" and (frame.class_type or frame.self_type) is not None:
                return blue(b.W_TYPE, frame.class_type or frame.self_type, op.loc)
            frame = frame.parent
        return op

    def free_variables(self, annotations: Iterable[n.Expr | None]) -> dict[str, TypeVariable]:
        """Return the type variables that annotations mention and nothing around binds, by name."""
        found: dict[str, TypeVariable] = {}
        if not self.world.has_type_variables:
            return found
        for annotation in annotations:
            for name in _names(self, annotation):
                op = self._variable(name)
                if op is not None and op.w_T is b.W_TYPE_VAR and op.val.kind != "self":
                    found.setdefault(name.id, op.val)
        return found

    def is_free(self, annotation: n.Expr) -> bool:
        """Whether an annotation mentions a type variable that nothing around binds."""
        return bool(self.free_variables([annotation]))

    @property
    def made_early(self) -> bool:
        """Whether a blue function has defined this one: its type variables are those of its calls."""
        owner = self.w_func.closure if self.w_func is not None else None
        return isinstance(owner, Frame) and owner.inside_blue

    def make_generic_of(
        self, stmt: n.FunctionDef | n.ClassDef, variables: dict[str, TypeVariable]
    ) -> W_ASTFunc:
        """Return the generic that `stmt` is because of the type variables that it mentions."""
        params = tuple(n.TypeParam(stmt.name_span, name, "var", None) for name in variables)
        w_func = self.make_generic(stmt, params)
        w_func.type_variables = variables
        w_func.scope = Scope(SCOPE, "type_params", stmt.name, self.scope.id, self.scope.symbols)
        for param, variable in zip(w_func.params, variables.values(), strict=True):
            param.loc = variable.loc
        return w_func

    def without_generic_base(self, stmt: n.ClassDef) -> tuple[n.ClassDef, dict[str, TypeVariable]]:
        """Return a class without its base `Generic[T]`, and the type variables that make it generic."""
        if not self.world.has_type_variables or not stmt.bases:
            return stmt, {}
        bases = tuple(base for base in stmt.bases if not self._is_generic(base))
        variables = self.free_variables(stmt.bases)
        return msgspec.structs.replace(stmt, bases=bases), variables

    def _is_generic(self, base: n.Expr) -> bool:
        if not isinstance(base, n.Subscript) or not isinstance(base.value, (n.Name, n.Attribute)):
            return False
        op = self._variable(base.value)
        return op is not None and op.w_T is b.W_TYPE and op.val is b.W_GENERIC

    def _variable(self, node: n.Expr) -> Operand | None:
        try:
            return self.eval(node)
        except SpyError:
            return None


def make_type_variable(
    w_T: W_Type, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
) -> Operand:
    """Return `TypeVar("T", A, B)`, `TypeVar("T", bound=A)` or `ParamSpec("P")`."""
    if not args or args[0].w_T is not b.W_STR or not args[0].blue:
        raise errors.wrong_arg_count(
            w_T.display, "at least 1 argument", len(args), loc, "its name is missing", None
        )
    limits = list(args[1:])
    for name, op in kwargs.items():
        if name == "bound":
            limits.append(op)
        elif name not in ("covariant", "contravariant", "infer_variance", "default"):
            raise errors.unexpected_keyword(name, op.loc, None, None)
    choices = tuple(op.val for op in limits if op.w_T is b.W_TYPE and op.val is not b.W_FUNCTION)
    kind: Literal["var", "spec"] = "spec" if w_T is b.W_PARAM_SPEC else "var"
    return blue(b.W_TYPE_VAR, TypeVariable(args[0].val, kind, choices, loc), loc)


def _names(frame: Frame, node: n.Expr | None) -> Iterator[n.Name]:
    match node:
        case n.Name():
            yield node
        case n.StrLit():
            yield from _quoted_names(frame, node)
        case n.Subscript(value=value, index=index):
            yield from _names(frame, value)
            yield from _names(frame, index)
        case n.Attribute(value=value):
            yield from _names(frame, value)
        case n.Tuple(elts=elts) | n.List(elts=elts):
            for elt in elts:
                yield from _names(frame, elt)
        case n.BinOp(left=left, right=right):
            yield from _names(frame, left)
            yield from _names(frame, right)
        case n.Starred(value=value):
            yield from _names(frame, value)
        case _:
            return


def _quoted_names(frame: Frame, node: n.StrLit) -> Iterator[n.Name]:
    """The names in a quoted annotation; a string that is none has none."""
    try:
        inside = frame.parse_annotation(node)
    except SpyError:
        return
    yield from _names(frame, inside)
