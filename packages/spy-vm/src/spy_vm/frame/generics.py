"""Generics: PEP 695 type parameters, and their inference from arguments."""

from typing import Any

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.frame import bounds, infer
from spy_vm.frame.naming import arg_name, human
from spy_vm.frame.scoping import scope_at
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import (
    Param,
    W_ASTFunc,
    W_Func,
)
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_StructType


class Generics(Frame):
    """Functions and classes with type parameters."""

    def make_generic(
        self, stmt: n.FunctionDef | n.ClassDef, type_params: tuple[n.TypeParam, ...]
    ) -> W_ASTFunc:
        """Return the generic function that PEP 695 type parameters stand for."""
        for param in type_params:
            if param.kind != "var":
                raise errors.unsupported("ParamSpec and TypeVarTuple", self.loc(param.span))
        params = [Param(p.name, None, "normal", None, self.loc(p.span)) for p in type_params]
        fqn = self.world.unique_fqn(f"{self.ns}::{stmt.name}")
        w_func = W_ASTFunc(fqn, params, None, stmt, self.module, self)
        w_func.loc, w_func.color, w_func.kind = self.loc(stmt.name_span), "blue", "generic"
        w_func.sugar, w_func.w_owner = True, self.class_type
        return w_func

    def run_generic(self, w_func: W_ASTFunc, args: dict[str, Operand], key: Any) -> Operand:
        """Define what stands under PEP 695 type parameters."""
        for name, op in args.items():
            if name in w_func.type_variables:
                self.type_bindings[w_func.type_variables[name]] = op
            else:
                self.locals[name] = Operand(op.w_T, op.val, True, op.loc)
        definition = w_func.definition
        bounds.check_bounds(self, w_func, args)
        if isinstance(definition, n.ClassDef):
            return self._generic_class(w_func, definition, list(args.values()), key)
        self.class_type = w_func.w_owner
        params, w_result = self.make_params(definition, None), self.make_result(definition, None)
        fqn = self.world.unique_fqn(f"{self.ns}::impl")
        inner = W_ASTFunc(fqn, params, w_result, definition, self.module, self)
        inner.loc, inner.display = w_func.loc, w_func.display
        inner.force_inline = w_func.force_inline
        inner.generator = scope_at(self.module, definition.scope).is_generator
        return self.world.func_operand(inner)

    def _generic_class(
        self, w_func: W_ASTFunc, definition: n.ClassDef, args: list[Operand], key: Any
    ) -> Operand:
        """Make the struct; it is in the blue cache before its body runs, which may mention it."""
        make = W_StructType if self.is_struct(definition) else W_ClassType
        w_T = make(self.world.unique_fqn(f"{self.ns}::Self"))
        w_T.loc = self.loc(definition.name_span)
        self.world.register_type(w_T)
        w_T.origin, w_T.origin_args = w_func, [op.val for op in args]
        w_T.display = f"{human(self, w_func.fqn)}[{', '.join(arg_name(a) for a in w_T.origin_args)}]"
        self.self_type = w_T
        if key is not None:
            self.world.blue_cache[key] = blue(b.W_TYPE, w_T)
        if isinstance(w_T, W_ClassType):
            self.define_class(definition, w_T)
        else:
            self.define_struct(definition, w_T)
        _follow_marks(w_T)
        return blue(b.W_TYPE, w_T)

    def infer_type_args(
        self,
        w_func: W_Func,
        args: list[Operand],
        kwargs: dict[str, Operand],
        loc: Loc | None,
        expected: W_Type | None = None,
    ) -> Operand | None:
        """Return `f[T]` for a call `f(args)` of a generic; None if it is one that needs brackets."""
        if not isinstance(w_func, W_ASTFunc):
            return None
        hook = w_func.module.attrs.get(f"__call_{w_func.definition.name}__")
        if isinstance(hook, Operand):
            return hook
        if not w_func.sugar:
            return None
        return infer.infer(self, w_func, args, kwargs, loc, expected)

    def scope_of_definition(self, w_func: W_ASTFunc) -> Frame:
        """Return the frame in which `w_func` was defined."""
        closure = w_func.closure
        assert isinstance(closure, Frame)
        return closure


def _follow_marks(w_T: W_Type) -> None:
    """Do what classes of the library ask for.

    `__shown__` is how the type is written; `__stands_for__` names the field that a value stands for where
    another type is needed.
    """
    shown, field = w_T.attrs.get("__shown__"), w_T.attrs.get("__stands_for__")
    if shown is not None:
        w_T.display = shown.val.format(*(arg_name(a) for a in w_T.origin_args))
    if field is not None and isinstance(w_T, W_StructType):
        w_T.stands_for = field.val
