"""Parameters and results of functions, evaluated in the scope around them."""

from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.frame.factories import is_any_function, is_vague
from spy_vm.frame.scoping import scope_at
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import Colour, Param, ParamKind
from spy_vm.objects.operand import W_Type


class Parameters(Frame):
    """What stands between `def` and `:`."""

    def make_params(self, stmt: n.FunctionDef, colour: Colour | None) -> list[Param]:
        """Return the parameters with their types and defaults, evaluated here, in the enclosing scope."""
        groups: list[tuple[ParamKind, tuple[n.Parameter, ...]]] = [
            ("posonly", stmt.params.posonly),
            ("normal", stmt.params.args),
            ("vararg", (stmt.params.vararg,) if stmt.params.vararg else ()),
            ("kwonly", stmt.params.kwonly),
            ("kwarg", (stmt.params.kwarg,) if stmt.params.kwarg else ()),
        ]
        params: list[Param] = []
        w_self = self._self_type(stmt)
        self.open_signature = self._leaves_types(stmt)
        self.exit_parameters = self._exit_types(stmt)
        for kind, group in groups:
            for node in group:
                params.append(self._make_param(node, kind, colour, None if params else w_self))
        return params

    def make_result(self, stmt: n.FunctionDef, colour: Colour | None) -> W_Type | None:
        """Return the declared result type; blue functions may leave it out."""
        if colour == "factory":
            return None
        if scope_at(self.module, stmt.scope).is_generator:
            return self.generator_result(stmt)
        if stmt.returns is not None and not (self.inside_blue and self.is_free(stmt.returns)):
            w_T = self.eval_type(stmt.returns)
            return None if colour is not None and w_T is b.W_DYNAMIC else w_T
        if colour is not None or self._leaves_types(stmt):
            return None
        if stmt.name == "__init__" and self.class_type is not None:
            return b.W_NONE
        raise errors.missing_annotation(
            "missing return type",
            self.loc(stmt.name_span),
            f"write it, as in `def {stmt.name}(...) -> None:`",
        )

    @property
    def inside_blue(self) -> bool:
        """Whether a blue function is running: what it defines may leave types to its callers."""
        return self.blue_frame and self.scope.kind == "function"

    def _is_left_open(self, annotation: n.Expr, colour: Colour | None) -> bool:
        """Whether an annotation says nothing here: it is vague, or about type variables of a factory."""
        if is_any_function(annotation):
            return True
        if colour == "factory":
            return is_vague(annotation, frozenset()) or self.is_free(annotation)
        return self.inside_blue and self.is_free(annotation)

    def _leaves_types(self, stmt: n.FunctionDef) -> bool:
        """Whether each call decides about types: of `*args`, of `**kwargs`, of functions inside functions."""
        if stmt.name == "<lambda>":
            return True
        if self.class_type is None and self.scope.kind in ("function", "lambda", "comprehension"):
            return True
        return any(p is not None and p.annotation is None for p in (stmt.params.vararg, stmt.params.kwarg))

    def _exit_types(self, stmt: n.FunctionDef) -> list[W_Type]:
        """Return the types of what `__exit__` is told, if it does not say: they are always the same."""
        if stmt.name != "__exit__" or self.class_type is None or len(stmt.params.args) != 4:
            return []
        if any(node.annotation is not None for node in stmt.params.args[1:]):
            return []
        return [
            self.world.union_type([w_T, b.W_NONE]) for w_T in (b.W_EXCEPTION_TYPE, b.W_EXCEPTION, b.W_NONE)
        ]

    def _self_type(self, stmt: n.FunctionDef) -> W_Type | None:
        """Return the type of a first parameter that has no annotation.

        It is the class, or `type` in class methods.
        """
        markers = {self.marker(d) for d in stmt.decorators}
        if "staticmethod" in markers:
            return None
        return b.W_TYPE if "classmethod" in markers else self.class_type

    def _make_param(
        self, node: n.Parameter, kind: ParamKind, colour: Colour | None, w_self: W_Type | None
    ) -> Param:
        loc = self.loc(node.span)
        w_T = self._param_type(node, kind, colour, w_self)
        default = None
        if node.default is not None:
            default = self.eval(node.default, w_T)
            if w_T is not None:
                default = self.convert(default, w_T)
            if not default.blue and self.scope.kind != "module":
                default = self.keep(self.concrete(default, loc), "d")
            elif not default.blue:
                raise errors.expected_blue("a default value must be blue", default)
        return Param(node.name, w_T, kind, default, loc)

    def _param_type(
        self, node: n.Parameter, kind: ParamKind, colour: Colour | None, w_self: W_Type | None
    ) -> W_Type | None:
        if node.annotation is not None and self.is_abstract(node.annotation):
            return None
        if node.annotation is not None and not self._is_left_open(node.annotation, colour):
            w_T = self.eval_type(node.annotation)
            return None if colour is not None and w_T is b.W_DYNAMIC else w_T
        if colour is not None or kind in ("vararg", "kwarg"):
            return None
        if w_self is not None:
            return w_self
        if self.open_signature or node.annotation is not None:
            return None
        w_exit = self.exit_parameters.pop(0) if self.exit_parameters else None
        if w_exit is not None:
            return w_exit
        raise errors.missing_annotation(
            f"missing type for argument '{node.name}'",
            self.loc(node.span),
            f"write its type, as in `{node.name}: int`",
        )
