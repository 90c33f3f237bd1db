"""Calls and other operations on red operands: they become nodes of Program IR."""

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_types.program.constants import IntConst
from spy_vm.exceptions import Raised
from spy_vm.frame.poison import Poisoned
from spy_vm.interface.engine import Compute
from spy_vm.interface.engine import Residual as Build
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_FuncType, W_StructType

from spy_redshift.residual.inlining import Inlining


class Calls(Inlining):
    """Operations for later."""

    def run_red(self, w_func: W_ASTFunc, args: list[Operand], loc: Loc | None) -> Operand:
        w_func, args = self.spec.fix_blue_params(w_func, args)
        if w_func.w_result is None:
            return self._broken_call(w_func, args, loc)
        inline = w_func.force_inline or w_func.w_result is b.W_FUNCTION
        if inline and not w_func.generator:
            return self.inline(w_func, args, loc)
        exprs = (*self.captured_exprs(w_func, loc), *(self.expr(arg) for arg in args))
        fqn = self.spec.request(w_func, loc, self.w_func)
        return self.red(
            w_func.w_result, ir.Call(self.tid(w_func.w_result, loc), self.pos(loc), fqn, exprs), loc
        )

    def _broken_call(self, w_func: W_ASTFunc, args: list[Operand], loc: Loc | None) -> Operand:
        """Call a function with an error that is reported there: nothing is known of its result."""
        exprs = tuple(self.expr(arg) for arg in args)
        pos = self.pos(loc)
        self.spec.deferred = True
        self.emit(ir.Eval(pos, ir.Call("None", pos, self.spec.request(w_func, loc, self.w_func), exprs)))
        raise Poisoned(w_func.display)

    def run_intrinsic(
        self, args: list[Operand], w_T: W_Type, compute: Compute, residual: Build, loc: Loc | None
    ) -> Operand:
        self.tid(w_T, loc)
        return self.red(w_T, residual([self.expr(arg) for arg in args], self.pos(loc)), loc)

    def fold_failed(
        self, error: Raised, args: list[Operand], w_T: W_Type, residual: Build, loc: Loc | None
    ) -> Operand:
        return self.run_intrinsic(args, w_T, lambda: None, residual, loc)

    def run_store(
        self, ptr: Operand, index: Operand | None, path: tuple[str, ...], value: Operand, loc: Loc | None
    ) -> None:
        position = None if index is None else self.expr(index)
        base = self.expr(ptr)
        if isinstance(base, ir.AddrOf) and position is None and path:
            self.emit(ir.Store(self.pos(loc), base.ptr, base.index, (*base.path, *path), self.expr(value)))
            return
        self.emit(ir.Store(self.pos(loc), base, position, path, self.expr(value)))

    def call_indirect(self, callee: Operand, args: list[Operand], loc: Loc | None) -> Operand:
        w_T = callee.w_T
        assert isinstance(w_T, W_FuncType)
        converted = [self.convert(arg, w_P) for arg, w_P in zip(args, w_T.params, strict=True)]
        node = ir.CallIndirect(
            self.tid(w_T.w_result), self.pos(loc), self.expr(callee), tuple(map(self.expr, converted))
        )
        return self.red(w_T.w_result, node, loc)

    def parts(self, op: Operand, names: tuple[str, ...], loc: Loc) -> list[Operand]:
        made = op.expr
        fields = (op.w_T.fields or {}) if isinstance(op.w_T, W_StructType) else {}
        if op.known or not isinstance(made, ir.MakeStruct) or list(fields) != list(names):
            return super().parts(op, names, loc)
        return [self._unmade(fields[name], arg, loc) for name, arg in zip(names, made.args, strict=True)]

    def _unmade(self, w_T: W_Type, arg: ir.Expr, loc: Loc) -> Operand:
        """Return an argument of a struct that is taken apart again; small constants are blue."""
        if isinstance(arg, ir.Const) and isinstance(arg.value, IntConst):
            return blue(w_T, arg.value.value, loc)
        return self.red(w_T, arg, loc)
