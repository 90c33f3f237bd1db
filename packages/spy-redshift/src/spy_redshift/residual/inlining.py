"""Inlining of `@force_inline` functions, and statements inside expressions.

@force_inline
def twice(x: i32) -> i32: return x + x
print(twice(y))                 ->     x$1 = y; print(x$1 + x$1)
"""

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_types.syntax import nodes as n
from spy_vm.frame.variadic import bind_packs
from spy_vm.interface.flow import Flow
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import Param, W_ASTFunc
from spy_vm.objects.operand import Operand, blue

from spy_redshift import errors
from spy_redshift.residual.state import ResidualFrame


class Inlining(ResidualFrame):
    """Bodies in the place of calls."""

    def inline(self, w_func: W_ASTFunc, args: list[Operand], loc: Loc | None) -> Operand:
        """Return the value of the body of `w_func`, run here."""
        if w_func in self.spec.inline_stack:
            raise errors.recursive_inline(w_func.fqn, loc)
        inner = self.frame_for(w_func)
        inner.inlining = self
        inner.temporaries = self.temporaries
        inner.ir_locals = self.ir_locals
        inner.rename = self.spec.fresh_local("inl")
        self.spec.inline_stack.append(w_func)
        saved, self.out = self.out, []
        try:
            inner.open_cells(w_func.node)
            for param, arg in zip(w_func.params, args, strict=True):
                _bind_parameter(inner, param, arg)
            bind_packs(inner, w_func)
            inner.fix_packs(w_func)
            inner.declare_classes(w_func.node.body)
            flow = inner.exec_block(w_func.node.body)
        finally:
            self.spec.inline_stack.pop()
            self.out = saved
        result = inner.result
        if flow is Flow.NEXT and w_func.w_result is b.W_NONE:
            result = blue(b.W_NONE, None, loc)
        if result is None and flow is not Flow.RAISE:
            raise errors.inline_return(w_func.loc, "missing `return` at the end of the body")
        return self._inlined(w_func, inner.out, result, loc)

    def _inlined(
        self, w_func: W_ASTFunc, stmts: list[ir.Stmt], result: Operand | None, loc: Loc | None
    ) -> Operand:
        if result is None:
            self.out += stmts
            return blue(b.W_NONE, None, loc)
        if not stmts:
            return result.at(loc)
        if result.known or result.w_T is b.W_NONE:
            self.out += stmts
            return Operand(result.w_T, result.val, False, loc)
        return self.red(result.w_T, self.block(stmts, result), loc)

    def block_value(self, body: tuple[n.Stmt, ...], value: n.Expr) -> Operand:
        """`__block__`: statements inside an expression."""

        def run() -> Operand:
            self.exec_block(body)
            return self.eval(value)

        self.depth -= 1
        try:
            stmts, op = self.capture(run)
        finally:
            self.depth += 1
        if op.known:
            self.out += stmts
            return op
        return self.red(op.w_T, self.block(stmts, op), op.loc, op.declared) if stmts else op


def _bind_parameter(inner: ResidualFrame, param: Param, op: Operand) -> None:
    assert param.w_T is not None
    inner.declared[param.name] = (param.w_T, param.loc)
    inner.write_local(param.name, op, param.loc)
