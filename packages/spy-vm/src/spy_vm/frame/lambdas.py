"""Functions whose types the context tells: lambdas, inner functions without annotations, all Callables.

f = lambda x: x + 1        nothing is known of x yet
f(2)                       an instance for (i32)
g: Callable[[float], float] = f          another one
h: Callable[[str], int] = len            a function that calls `len`
"""

from spy_types.loc import Loc, Span
from spy_types.syntax import nodes as n
from spy_types.syntax.scopes import Scope, Symbol

from spy_vm import errors
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import Param, W_ASTFunc, W_Func
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.objects.types import W_FuncType

OWN_SCOPE = -2  # of functions that no source has
CALLEE = "$callee"


class Lambdas(Frame):
    """Functions without types, and what becomes of them."""

    def eval_Lambda(self, node: n.Lambda, expected: W_Type | None) -> Operand:
        body: n.Stmt = n.Return(node.body.span, node.body)
        stmt = n.FunctionDef(
            node.span, "<lambda>", node.span, (), node.params, None, (body,), (), False, None, node.scope
        )
        w_func = W_ASTFunc(self.world.unique_fqn(f"{self.ns}::lambda"), [], None, stmt, self.module, self)
        w_func.loc, w_func.holder, w_func.display = self.loc(node.span), self, "<lambda>"
        w_func.params = self.make_params(stmt, None)
        op = self.world.func_operand(w_func, w_func.loc)
        return self.adapt_function(op, expected) or op if isinstance(expected, W_FuncType) else op

    def instance(self, w_func: W_ASTFunc, types: list[W_Type | None], w_result: W_Type | None) -> W_ASTFunc:
        """Return `w_func` with these parameter types; its result is found by looking at the body."""
        key = ("instance", tuple(types), w_result)
        if key not in w_func.variants:
            params = [
                Param(p.name, w_T, p.kind, p.default, p.loc)
                for p, w_T in zip(w_func.params, types, strict=True)
            ]
            made = w_func.copy(self.world.unique_fqn(w_func.fqn), params)
            if made.w_result is None:
                made.w_result = w_result
            w_func.variants[key] = made
        return w_func.variants[key]

    def settled_function(self, op: Operand) -> Operand:
        """Return a function as run time has it; refuse one whose parameters have no types."""
        if op.w_T is not b.W_FUNCTION or not isinstance(op.val, W_ASTFunc) or op.val.color == "blue":
            return op
        if op.val.open:
            raise errors.untyped_function(op.val.display, op.loc)
        return self.function_for(op, [p.w_T for p in op.val.params if p.w_T is not None], op.loc)

    def adapt_function(self, op: Operand, w_T: W_FuncType) -> Operand | None:
        """Return what can be called as a function of type `w_T`; None if it does not fit."""
        types = list(w_T.params)
        if op.known and isinstance(op.val, W_ASTFunc) and op.val.color == "red":
            fitted = self._fit(op.val, types, w_T.w_result)
            if fitted is not None:
                return Operand(w_T, fitted, op.blue, op.loc, None, op.declared)
        if not self._may_call(op, types):
            return None
        made = self._forward(op, types, w_T.w_result)
        return Operand(w_T, made, op.blue or not self.blue_frame, op.loc, None, op.declared)

    def function_for(self, op: Operand, types: list[W_Type], loc: Loc | None) -> Operand:
        """Return a known function that does what `op` does when called with arguments of these types."""
        made = None
        if op.known and isinstance(op.val, W_ASTFunc) and op.val.color == "red":
            made = self._fit(op.val, types, None)
        if made is None:
            if not self._may_call(op, types):
                raise errors.not_callable(op)
            made = self._forward(op, types, None)
        if made.w_result is None and self.world.infer_result is not None:
            made.w_result = self.world.infer_result(made, loc)
            if made.w_result is None and self.world.look_at is not None:
                self.world.look_at(made)
        return self.world.func_operand(made, loc)

    def _fit(  # noqa: PLR0911  # one case after another
        self, w_func: W_ASTFunc, types: list[W_Type], w_result: W_Type | None
    ) -> W_ASTFunc | None:
        """Return the instance of `w_func` that has exactly this type, None if there is none."""
        params, count = w_func.params, len(types)
        if any(p.kind not in ("posonly", "normal") for p in params) or len(params) < count:
            return None
        if any(p.default is None for p in params[count:]):
            return None
        if any(p.w_T not in (None, w_P) for p, w_P in zip(params, types, strict=False)):
            return None
        if None is not w_func.w_result is not w_result is not None:
            return None
        rest = params[count:]
        if not rest and w_func.evaluated:
            return w_func
        others = [p.w_T or (p.default.w_T if p.default else None) for p in rest]
        made = self.instance(w_func, [*types, *others], w_result)
        if not rest:
            return made
        key = ("defaults", len(rest))
        if key not in made.variants:
            fixed = made.copy(self.world.unique_fqn(made.fqn), made.params[:count])
            fixed.preset |= {p.name: p.default for p in rest if p.default is not None}
            made.variants[key] = fixed
        return made.variants[key]

    def _may_call(self, op: Operand, types: list[W_Type]) -> bool:
        """Whether `op` is something to call with as many arguments as there are `types`."""
        if op.known and isinstance(op.val, W_ASTFunc) and op.val.color == "red":
            positional = [p for p in op.val.params if p.kind in ("posonly", "normal")]
            most = None if any(p.kind == "vararg" for p in op.val.params) else len(positional)
            needed = sum(
                p.default is None for p in op.val.params if p.kind in ("posonly", "normal", "kwonly")
            )
            return needed <= len(types) and (most is None or len(types) <= most)
        if isinstance(op.w_T, W_FuncType) and not (op.known and isinstance(op.val, W_Func)):
            return len(op.w_T.params) == len(types)
        if op.known and (isinstance(op.val, W_Func) or op.w_T in (b.W_TYPE, b.W_SUPER)):
            return True
        return self.world.method(op.w_T, "__call__") is not None

    def _forward(self, op: Operand, types: list[W_Type], w_result: W_Type | None) -> W_ASTFunc:
        """Return `lambda a0, a1: op(a0, a1)` with these types; a result None is for the body to tell."""
        loc = op.loc or self.loc_unknown()
        span = Span(loc.line, loc.col, loc.end_line, loc.end_col)
        callee = n.Name(span, CALLEE)
        display = op.val.display if isinstance(op.val, (W_Func, W_Type)) else "function"
        params = [Param(f"a{i}", w_P, "normal", None, loc) for i, w_P in enumerate(types)]
        return self._forwarder(display, callee, op, params, w_result)

    def method_value(self, w_func: W_Func, obj: Operand, name: str, loc: Loc | None) -> Operand:
        """Return `obj.name`, a method that is not called yet, as a function."""
        place = loc or self.loc_unknown()
        span = Span(place.line, place.col, place.end_line, place.end_col)
        callee = n.Attribute(span, n.Name(span, CALLEE), name, span)
        plain = isinstance(w_func, W_ASTFunc) and w_func.color == "red" and w_func.params and w_func.evaluated
        plain = plain and all(p.kind in ("posonly", "normal") for p in w_func.params)
        params = (
            w_func.params[1:] if plain else [Param("args", None, "vararg"), Param("kwargs", None, "kwarg")]
        )
        w_result = w_func.w_result if plain else None
        made = self._forwarder(w_func.display, callee, obj, params, w_result)
        return self.world.func_operand(made, loc)

    def partial(
        self, op: Operand, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
    ) -> Operand:
        """Return a function that calls `op` with these arguments and its own between them."""
        place = loc or self.loc_unknown()
        span = Span(place.line, place.col, place.end_line, place.end_col)
        w_func = op.val if op.known and isinstance(op.val, W_ASTFunc) and op.val.color == "red" else None
        params = [Param("args", None, "vararg"), Param("kwargs", None, "kwarg")]
        w_result = None
        if w_func is not None and w_func.evaluated:
            w_result, params = w_func.w_result, []
            for param in w_func.params[len(args) :]:
                if param.name in kwargs or param.kind not in ("posonly", "normal"):
                    break
                params.append(param)
        given = {f"$given{i}": arg for i, arg in enumerate(args)}
        named = {f"$given_{name}": arg for name, arg in kwargs.items()}
        display = op.val.display if isinstance(op.val, (W_Func, W_Type)) else "function"
        made = self._forwarder(display, n.Name(span, CALLEE), op, params, w_result, given, named)
        return self.world.func_operand(made, loc)

    def _forwarder(  # noqa: PLR0913, PLR0917  # all of them matter to every caller
        self,
        display: str,
        callee: n.Expr,
        op: Operand,
        params: list[Param],
        w_result: W_Type | None,
        given: dict[str, Operand] | None = None,
        named: dict[str, Operand] | None = None,
    ) -> W_ASTFunc:
        """Return a function of `params` that calls `callee`, in which `CALLEE` is `op`, with them.

        `given` comes in front of them, `named` behind, by name.
        """
        span, loc = callee.span, self.loc(callee.span)
        names = [n.Name(span, param.name) for param in params]
        nodes = tuple(n.Parameter(span, param.name, None, None) for param in params)
        first = tuple(n.Name(span, name) for name in given or ())
        last = tuple(
            n.Keyword(span, name.removeprefix("$given_"), n.Name(span, name)) for name in named or ()
        )
        if params and params[0].kind == "vararg":
            keywords = (*last, n.Keyword(span, None, names[1]))
            call = n.Call(span, callee, (*first, n.Starred(span, names[0])), keywords)
            listed = n.Parameters(span, (), (), nodes[0], (), nodes[1])
        else:
            call = n.Call(span, callee, (*first, *names), last)
            listed = n.Parameters(span, (), nodes, None, (), None)
        body = n.ExprStmt(span, call) if w_result is b.W_NONE else n.Return(span, call)
        short = display.rpartition("::")[2]
        stmt = n.FunctionDef(span, short, span, (), listed, None, (body,), (), False, None, 0)
        own = [Param(p.name, p.w_T, p.kind, p.default, loc) for p in params]
        fqn = self.world.unique_fqn(f"{self.ns}::forward")
        made = W_ASTFunc(fqn, own, w_result, stmt, self.module, self)
        fixed = {CALLEE: op, **(given or {}), **(named or {})}
        names_in = (*fixed, *(param.name for param in params))
        symbols = {name: Symbol(name, OWN_SCOPE, "param", "const", None) for name in names_in}
        made.scope = Scope(OWN_SCOPE, "function", short, 0, symbols)
        made.loc, made.display = loc, display
        made.holder = self
        for name, value in fixed.items():
            made.preset[name] = value if value.blue else self.keep(self.concrete(value, loc), "f")
        return made
