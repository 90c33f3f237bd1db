"""Definitions: `def`, `class`, `import`."""

from typing import Any

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.frame.expressions import Expressions
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import Param, ParamKind, W_ASTFunc, W_Func
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.types import W_StructType, W_Type
from spy_vm.structs import finish_struct

COLOURS = {"blue": "plain", "blue.generic": "generic", "blue.metafunc": "metafunc"}


class Definitions(Expressions):
    """Statements that define functions, classes and imported names."""

    def exec_FunctionDef(self, stmt: n.FunctionDef) -> None:
        if stmt.is_async:
            raise errors.unsupported("`async def`", self.loc(stmt.span))
        if self._module_scope_of(stmt.scope).is_generator:
            raise errors.unsupported("generators (`yield`)", self.loc(stmt.name_span))
        self.assign_name(stmt.name, self.make_function(stmt), stmt.name_span)

    def make_function(self, stmt: n.FunctionDef) -> Operand:
        """Return the function, or what its decorators make of it."""
        colour, others = self.colour_of(stmt)
        loc = self.loc(stmt.name_span)
        if stmt.type_params:
            return self.decorate(
                self.world.func_operand(self.make_generic(stmt, stmt.type_params), loc), others
            )
        bare = "#__bare__" if others else ""
        fqn = self.world.unique_fqn(f"{self.ns}::{stmt.name}{bare}")
        w_func = W_ASTFunc(fqn, [], None, stmt, self.module, self)
        w_func.signature = lambda: (self.make_params(stmt, colour), self.make_result(stmt, colour))
        if self.class_type is None or colour is not None or not mentions_calls(stmt):
            w_func.params  # noqa: B018 - evaluates the annotations now, as Python does
        w_func.loc, w_func.w_owner = loc, self.class_type
        if colour is not None:
            w_func.color, w_func.kind = "blue", colour  # type: ignore[assignment]  # COLOURS has only these
        return self.decorate(self.world.func_operand(w_func, loc), others)

    def _module_scope_of(self, scope_id: int) -> Any:
        assert self.module.syntax is not None
        return self.module.syntax.scopes[scope_id]

    def colour_of(self, stmt: n.FunctionDef) -> tuple[str | None, list[n.Expr]]:
        """Return the colour that decorators give a function, and the other decorators."""
        colour, others = None, []
        for decorator in stmt.decorators:
            name = self._marker(decorator)
            if name in COLOURS:
                colour = COLOURS[name]
            else:
                others.append(decorator)
        return colour, others

    def _marker(self, decorator: n.Expr) -> str:
        """Return `blue`, `blue.generic`, ... if the decorator is one of them; `comptime` is the same word."""
        match decorator:
            case n.Name(id=name):
                head, rest = name, ""
            case n.Attribute(value=n.Name(id=name), attr=attr):
                head, rest = name, f".{attr}"
            case _:
                return ""
        symbol = self.scope.symbols.get(head)
        if symbol is not None and symbol.scope != -1:
            return ""
        return f"blue{rest}" if head in ("blue", "comptime") else head + rest

    def make_params(self, stmt: n.FunctionDef, colour: str | None) -> list[Param]:
        """Return the parameters with their types and defaults, evaluated here, in the enclosing scope."""
        groups: list[tuple[ParamKind, tuple[n.Parameter, ...]]] = [
            ("posonly", stmt.params.posonly),
            ("normal", stmt.params.args),
            ("vararg", (stmt.params.vararg,) if stmt.params.vararg else ()),
            ("kwonly", stmt.params.kwonly),
            ("kwarg", (stmt.params.kwarg,) if stmt.params.kwarg else ()),
        ]
        params = []
        w_self = self._self_type(stmt)
        for kind, group in groups:
            for node in group:
                params.append(self._make_param(node, kind, colour, None if params else w_self))
        return params

    def _self_type(self, stmt: n.FunctionDef) -> W_Type | None:
        """Return the type of a first parameter that has no annotation: the class, or `type` in class methods."""
        markers = {self._marker(d) for d in stmt.decorators}
        if "staticmethod" in markers:
            return None
        return b.W_TYPE if "classmethod" in markers else self.class_type

    def _make_param(
        self, node: n.Parameter, kind: ParamKind, colour: str | None, w_self: W_Type | None
    ) -> Param:
        loc = self.loc(node.span)
        w_T = self._param_type(node, kind, colour, w_self)
        default = None
        if node.default is not None:
            default = self.eval(node.default, w_T)
            if w_T is not None:
                default = self.convert(default, w_T)
            if not default.blue:
                raise errors.expected_blue("a default value must be blue", default)
        return Param(node.name, w_T, kind, default, loc)

    def _param_type(
        self, node: n.Parameter, kind: ParamKind, colour: str | None, w_self: W_Type | None
    ) -> W_Type | None:
        if node.annotation is not None:
            w_T = self.eval_type(node.annotation)
            return None if colour is not None and w_T is b.W_DYNAMIC else w_T
        if colour is not None or kind in ("vararg", "kwarg"):
            return None
        if w_self is not None:
            return w_self
        raise errors.missing_annotation(
            f"missing type for argument '{node.name}'",
            self.loc(node.span),
            f"write its type, as in `{node.name}: int`",
        )

    def make_result(self, stmt: n.FunctionDef, colour: str | None) -> W_Type | None:
        """Return the declared result type; blue functions may leave it out."""
        if stmt.returns is not None:
            w_T = self.eval_type(stmt.returns)
            return None if colour is not None and w_T is b.W_DYNAMIC else w_T
        if colour is not None:
            return None
        raise errors.missing_annotation(
            "missing return type",
            self.loc(stmt.name_span),
            f"write it, as in `def {stmt.name}(...) -> None:`",
        )

    def decorate(self, op: Operand, decorators: list[n.Expr]) -> Operand:
        """Apply decorators, innermost first."""
        for decorator in reversed(decorators):
            wrapper = self.eval(decorator)
            op = self.call(wrapper, [op], {}, self.loc(decorator.span))
            if not op.blue:
                raise errors.bad_decorator(op)
        return op

    # --- classes -------------------------------------------------------------------------------------

    def exec_ClassDef(self, stmt: n.ClassDef) -> None:
        loc = self.loc(stmt.name_span)
        others = [d for d in stmt.decorators if self._marker(d) != "struct"]
        if len(others) == len(stmt.decorators):
            raise errors.unsupported(
                "classes that are not `@struct`", loc, "decorate it with `@struct` for a value type"
            )
        if stmt.bases or stmt.keywords:
            raise errors.unsupported("base classes", loc)
        if stmt.type_params:
            self.assign_name(
                stmt.name,
                self.world.func_operand(self.make_generic(stmt, stmt.type_params), loc),
                stmt.name_span,
            )
            return
        w_T = self.forward(stmt)
        self.define_struct(stmt, w_T)
        self.assign_name(stmt.name, self.decorate(blue(b.W_TYPE, w_T, loc), others), stmt.name_span)

    def make_generic(self, stmt: n.FunctionDef | n.ClassDef, type_params: tuple[n.TypeParam, ...]) -> W_Func:
        """Return the generic function that PEP 695 type parameters stand for."""
        for param in type_params:
            if param.kind != "var":
                raise errors.unsupported("ParamSpec and TypeVarTuple", self.loc(param.span))
        params = [Param(p.name, None, "normal", None, self.loc(p.span)) for p in type_params]
        fqn = self.world.unique_fqn(f"{self.ns}::{stmt.name}")
        w_func = W_ASTFunc(fqn, params, None, stmt, self.module, self)  # type: ignore[arg-type]  # a class is as good
        w_func.loc, w_func.color, w_func.kind, w_func.sugar = (
            self.loc(stmt.name_span),
            "blue",
            "generic",
            True,
        )
        return w_func

    def forward(self, stmt: n.ClassDef) -> W_StructType:
        """Return the struct type that `stmt` will define, declared on first use."""
        key = stmt.scope
        if key not in self.forwards:
            w_T = W_StructType(self.world.unique_fqn(f"{self.ns}::{stmt.name}"))
            w_T.loc = self.loc(stmt.name_span)
            self.world.register_type(w_T)
            self.forwards[key] = w_T
        return self.forwards[key]

    def declare_classes(self, body: tuple[n.Stmt, ...]) -> None:
        """Make the structs of a block known before it runs, so that annotations can mention them."""
        for stmt in body:
            if (
                isinstance(stmt, n.ClassDef)
                and not stmt.type_params
                and any(self._marker(d) == "struct" for d in stmt.decorators)
            ):
                self.predeclare(stmt.name, blue(b.W_TYPE, self.forward(stmt), self.loc(stmt.name_span)))

    def predeclare(self, name: str, op: Operand) -> None:
        """Bind a name before its statement runs."""
        if self.scope.kind == "module":
            self.module.attrs[name] = op
        else:
            self.locals[name] = op

    def define_struct(self, stmt: n.ClassDef, w_T: W_StructType) -> None:
        """Run the body of a struct and give the type its fields and attributes."""
        frame = self.class_frame(stmt, w_T)
        frame.declare_classes(stmt.body)
        frame.exec_block(stmt.body)
        finish_struct(self, w_T, frame, self.loc(stmt.name_span))

    def class_frame(self, stmt: n.ClassDef, w_T: W_Type) -> Any:
        """Return the frame in which a class body runs."""
        raise NotImplementedError

    def declare_field(self, stmt: n.AnnAssign) -> None:
        """Note `name: T` in a class body."""
        assert isinstance(stmt.target, n.Name)
        assert self.class_fields is not None
        if stmt.value is not None:
            raise errors.unsupported("default values of fields", self.loc(stmt.span))
        name = stmt.target.id
        if name in self.class_fields:
            raise errors.already_declared(name, self.loc(stmt.target.span), self.field_locs.get(name))
        self.class_fields[name] = self.eval_type(stmt.annotation)
        self.field_locs[name] = self.loc(stmt.target.span)

    # --- imports -------------------------------------------------------------------------------------

    def exec_Import(self, stmt: n.Import) -> None:
        for alias in stmt.names:
            loc = self.loc(alias.span)
            module = self.world.import_module(alias.name, loc)
            if alias.asname is not None:
                self.bind_import(alias.asname, blue(b.W_MODULE, module, loc), alias)
            else:
                top = self.world.import_module(alias.name.partition(".")[0], loc)
                self.bind_import(top.name, blue(b.W_MODULE, top, loc), alias)

    def exec_ImportFrom(self, stmt: n.ImportFrom) -> None:
        loc = self.loc(stmt.span)
        module = self.world.import_module(self.absolute(stmt, loc), loc)
        for alias in stmt.names:
            if alias.name == "*":
                for name, value in list(module.attrs.items()):
                    if not name.startswith("_"):
                        self.module.attrs[name] = value
                continue
            self._import_name(module, alias)

    def _import_name(self, module: Any, alias: n.Alias) -> None:
        loc = self.loc(alias.span)
        value = module.attrs.get(alias.name)
        if value is None:
            value = self.submodule(module, alias.name, loc)
        if value is None:
            close = self.world.close_match(alias.name, module.attrs)
            raise errors.import_error(
                f"cannot import `{module.name}.{alias.name}`",
                loc,
                f"attribute `{alias.name}` does not exist in module `{module.name}`",
                f"did you mean `{close}`?" if close else None,
            )
        self.bind_import(alias.asname or alias.name, value, alias)

    def bind_import(self, name: str, value: Any, alias: n.Alias) -> None:
        """Bind an imported value or module variable."""
        if self.scope.kind == "module":
            self.module.attrs[name] = value
            self.module.locs[name] = self.loc(alias.span)
        elif isinstance(value, Operand):
            self.bind_blue(name, value)
        else:
            raise errors.unsupported(
                "importing a module variable inside a function",
                self.loc(alias.span),
                "import the module and use `module.name`",
            )

    def absolute(self, stmt: n.ImportFrom, loc: Loc) -> str:
        """Return the full name of the module that a from-import means."""
        if stmt.level == 0:
            return stmt.module
        parts = self.module.name.split(".")
        if not self.world.loader.is_package(self.module.name):
            parts.pop()
        parts = parts[: len(parts) - (stmt.level - 1)] if stmt.level > 1 else parts
        if not parts:
            raise errors.import_error("relative import beyond the top-level package", loc, "no package here")
        return ".".join([*parts, stmt.module] if stmt.module else parts)


def mentions_calls(stmt: n.FunctionDef) -> bool:
    """Whether annotations of `stmt` call something or take generics: what they mention may be in the making."""
    params = (*stmt.params.posonly, *stmt.params.args, *stmt.params.kwonly)
    annotations = [*(p.annotation for p in params), stmt.returns]
    return any(isinstance(a, (n.Call, n.Subscript, n.StrLit)) for a in annotations)
