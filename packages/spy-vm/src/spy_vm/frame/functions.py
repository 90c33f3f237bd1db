"""Definitions of functions: colour, decorators."""

from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.frame.factories import is_factory, returns_functions
from spy_vm.frame.scoping import scope_at
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import Kind, Param, W_ASTFunc
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.type_variables import TypeVariable

EARLY_METHODS = ("__init_subclass__", "__set_name__")  # called while classes are made, and never later
COLOURS: dict[str, Kind] = {"blue": "plain", "blue.generic": "generic", "blue.metafunc": "metafunc"}


class Functions(Frame):
    """`def`."""

    def exec_FunctionDef(self, stmt: n.FunctionDef) -> None:
        if stmt.is_async:
            raise errors.unsupported("`async def`", self.loc(stmt.span))
        self.assign_name(stmt.name, self.make_function(stmt), stmt.name_span)

    def make_function(self, stmt: n.FunctionDef) -> Operand:
        """Return the function, or what its decorators make of it."""
        colour, others = self.colour_of(stmt)
        loc = self.loc(stmt.name_span)
        variables = {} if colour is not None else self.free_variables(annotations_of(stmt))
        names = frozenset((*variables, *(p.name for p in stmt.type_params)))
        if (
            colour is None
            and (self.class_type is None or stmt.name == "__call__")
            and is_factory(stmt, names)
        ):
            return self.decorate(self.world.func_operand(self._make_factory(stmt), loc), others)
        if stmt.type_params:
            return self.decorate(
                self.world.func_operand(self.make_generic(stmt, stmt.type_params), loc), others
            )
        if variables and not self.inside_blue:
            return self.decorate(self.world.func_operand(self.make_generic_of(stmt, variables), loc), others)
        bare = "#__bare__" if others else ""
        fqn = self.world.unique_fqn(f"{self.ns}::{stmt.name}{bare}")
        w_func = W_ASTFunc(fqn, [], None, stmt, self.module, self)
        w_func.generator = scope_at(self.module, stmt.scope).is_generator
        if w_func.generator and colour is not None:
            raise errors.blue_generator(loc)
        w_func.signature = lambda: (self.make_params(stmt, colour), self.make_result(stmt, colour))
        if self.class_type is None or colour is not None or not mentions_calls(stmt):
            w_func.params  # noqa: B018 - evaluates the annotations now, as Python does
        w_func.loc, w_func.w_owner, w_func.holder = loc, self.class_type, self
        w_func.late = self.world.frozen
        if colour is not None:
            w_func.color, w_func.kind = "blue", colour
        return self.decorate(self.world.func_operand(w_func, loc), others)

    def _make_factory(self, stmt: n.FunctionDef) -> W_ASTFunc:
        """Return a function that is blue because of what it does; its type parameters stand for nothing."""
        frame: Frame = self
        if stmt.type_params:
            self.world.has_type_variables = True
            scope = scope_at(self.module, scope_at(self.module, stmt.scope).parent)
            frame = self.new_frame(self.module, scope, self, self.ns, blue_frame=True)
            for param in stmt.type_params:
                variable = TypeVariable(param.name, "var", (), self.loc(param.span))
                frame.locals[param.name] = blue(b.W_TYPE_VAR, variable, variable.loc)
        fqn = self.world.unique_fqn(f"{self.ns}::{stmt.name}")
        w_func = W_ASTFunc(fqn, frame.make_params(stmt, "factory"), None, stmt, self.module, frame)
        w_func.loc, w_func.color = self.loc(stmt.name_span), "blue"
        return w_func

    def colour_of(self, stmt: n.FunctionDef) -> tuple[Kind | None, list[n.Expr]]:
        """Return the colour that decorators give a function, and the other decorators."""
        colour: Kind | None = None
        others: list[n.Expr] = []
        for decorator in stmt.decorators:
            name = self.marker(decorator)
            if name in COLOURS:
                colour = COLOURS[name]
            else:
                others.append(decorator)
        if colour is None and self.class_type is not None and stmt.name in EARLY_METHODS:
            colour = "plain"
        return colour, others

    def marker(self, decorator: n.Expr) -> str:
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

    def decorate(self, op: Operand, decorators: list[n.Expr]) -> Operand:
        """Apply decorators, innermost first."""
        for decorator in reversed(decorators):
            wrapper = _early(self.eval(decorator))
            op = self.call(wrapper, [op], {}, self.loc(decorator.span))
            if not op.blue:
                raise errors.bad_decorator(op)
        return op


def _early(op: Operand) -> Operand:
    """Return a decorator as a blue function, if what it returns is a function that it defines."""
    w_func = op.val
    if not isinstance(w_func, W_ASTFunc) or w_func.color == "blue" or w_func.open:
        return op
    if w_func.packs or w_func.preset or not returns_functions(w_func.node):
        return op
    if "early" not in w_func.variants:
        params = [Param(p.name, None, p.kind, p.default, p.loc) for p in w_func.params]
        made = w_func.copy(f"{w_func.fqn}#early", params)
        made.color, made.w_result = "blue", None
        w_func.variants["early"] = made
    return Operand(b.W_FUNCTION, w_func.variants["early"], True, op.loc)


def annotations_of(stmt: n.FunctionDef) -> list[n.Expr | None]:
    """Return all annotations of a signature."""
    params = stmt.params
    variadic = [p for p in (params.vararg, params.kwarg) if p is not None]
    return [p.annotation for p in (*params.posonly, *params.args, *params.kwonly, *variadic)] + [stmt.returns]


def mentions_calls(stmt: n.FunctionDef) -> bool:
    """Whether annotations of `stmt` call something or take generics.

    What they mention may be in the making.
    """
    params = (*stmt.params.posonly, *stmt.params.args, *stmt.params.kwonly)
    annotations = [*(p.annotation for p in params), stmt.returns]
    return any(isinstance(a, (n.Call, n.Subscript, n.StrLit)) for a in annotations)
