"""Functions whose types the context tells: lambdas, inner functions without annotations, all Callables.

f = lambda x: x + 1        nothing is known of x yet
f(2)                       an instance for (i32)
g: Callable[[float], float] = f          another one
h: Callable[[str], int] = len            a function that calls `len`
"""

from spy_types.loc import Span
from spy_types.syntax import nodes as n
from spy_types.syntax.scopes import Scope, Symbol

from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import Param, W_ASTFunc, W_Func
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.objects.types import W_FuncType

OWN_SCOPE = -2  # of functions that no source has
CALLEE = "callee"


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

    def adapt_function(self, op: Operand, w_T: W_FuncType) -> Operand | None:
        """Return what can be called as a function of type `w_T`; None if it does not fit."""
        if op.known and isinstance(op.val, W_ASTFunc) and op.val.color == "red":
            fitted = self._fit(op.val, w_T)
            if fitted is not None:
                return Operand(w_T, fitted, op.blue, op.loc, None, op.declared)
        if not self._may_call(op, w_T):
            return None
        if op.known and op.w_T is not w_T:
            return self._forward(op, w_T)
        return self._forward(self.keep(op, "f"), w_T)

    def _fit(self, w_func: W_ASTFunc, w_T: W_FuncType) -> W_ASTFunc | None:  # noqa: PLR0911  # one case after another
        """Return the instance of `w_func` that has exactly this type, None if there is none."""
        params = w_func.params
        if any(p.kind not in ("posonly", "normal") for p in params) or len(params) < len(w_T.params):
            return None
        if any(p.default is None for p in params[len(w_T.params) :]):
            return None
        for param, w_P in zip(params, w_T.params, strict=False):
            if param.w_T not in (None, w_P):
                return None
        rest = params[len(w_T.params) :]
        if w_func.w_result is not None and w_func.w_result is not w_T.w_result:
            return None
        if not rest and w_func.evaluated:
            return w_func
        types = [*w_T.params, *(p.w_T or (p.default.w_T if p.default else None) for p in rest)]
        made = self.instance(w_func, types, w_T.w_result)
        if not rest:
            return made
        key = ("defaults", len(rest))
        if key not in made.variants:
            fixed = made.copy(self.world.unique_fqn(made.fqn), made.params[: len(w_T.params)])
            fixed.preset |= {p.name: p.default for p in rest if p.default is not None}
            made.variants[key] = fixed
        return made.variants[key]

    def _may_call(self, op: Operand, w_T: W_FuncType) -> bool:
        """Whether `op` is something to call with as many arguments as `w_T` has."""
        if op.known and isinstance(op.val, W_ASTFunc) and op.val.color == "red":
            positional = [p for p in op.val.params if p.kind in ("posonly", "normal")]
            most = None if any(p.kind == "vararg" for p in op.val.params) else len(positional)
            needed = sum(
                p.default is None for p in op.val.params if p.kind in ("posonly", "normal", "kwonly")
            )
            return needed <= len(w_T.params) and (most is None or len(w_T.params) <= most)
        if isinstance(op.w_T, W_FuncType) and not (op.known and isinstance(op.val, W_Func)):
            return len(op.w_T.params) == len(w_T.params)
        if op.known and (isinstance(op.val, W_Func) or op.w_T in (b.W_TYPE, b.W_SUPER)):
            return True
        return self.world.method(op.w_T, "__call__") is not None

    def _forward(self, op: Operand, w_T: W_FuncType) -> Operand:
        """Return `lambda a0, a1: op(a0, a1)` with the types of `w_T`."""
        loc = op.loc or self.loc_unknown()
        span = Span(loc.line, loc.col, loc.end_line, loc.end_col)
        names = [f"a{i}" for i in range(len(w_T.params))]
        params = tuple(n.Parameter(span, name, None, None) for name in names)
        call = n.Call(span, n.Name(span, CALLEE), tuple(n.Name(span, name) for name in names), ())
        stop = n.ExprStmt(span, call) if w_T.w_result is b.W_NONE else n.Return(span, call)
        display = op.val.display if isinstance(op.val, (W_Func, W_Type)) else "function"
        short = display.rpartition("::")[2]
        stmt = n.FunctionDef(
            span,
            short,
            span,
            (),
            n.Parameters(span, (), params, None, (), None),
            None,
            (stop,),
            (),
            False,
            None,
            0,
        )
        made = W_ASTFunc(
            self.world.unique_fqn(f"{self.ns}::forward"),
            [Param(name, w_P, "normal", None, loc) for name, w_P in zip(names, w_T.params, strict=True)],
            w_T.w_result,
            stmt,
            self.module,
            self,
        )
        made.scope = Scope(
            OWN_SCOPE,
            "function",
            short,
            0,
            {name: Symbol(name, OWN_SCOPE, "param", "const", None) for name in (CALLEE, *names)},
        )
        made.loc, made.display = loc, display
        made.preset[CALLEE], made.holder = op, self
        return Operand(w_T, made, op.blue or not self.blue_frame, op.loc, None, op.declared)
