"""Objects that run time makes and changes.

p = P(1)     ->     $o1 = P.__new__(); P.__init__($o1, 1); p = $o1
"""

from collections.abc import Callable

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import Role, W_ClassType
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.operand import Operand, W_Type

from spy_redshift.residual.order import Order


class Objects(Order):
    """Allocation and assignment of fields."""

    def new_object(self, w_T: W_ClassType, initialise: Callable[[Operand], None], loc: Loc | None) -> Operand:
        tid, pos = self.tid(w_T, loc), self.pos(loc)
        self.spec.note_made(w_T)
        name = self.temporary(w_T, "o")
        made = self.red(w_T, ir.Local(tid, pos, name), loc)
        saved, self.out = self.out, []
        try:
            self.emit(ir.Assign(pos, name, ir.New(tid, pos)))
            initialise(made)
            steps = self.out
        finally:
            self.out = saved
        return self.with_prelude(steps, made)

    def run_virtual(
        self, w_func: W_ASTFunc, name: str, role: Role, args: list[Operand], loc: Loc | None
    ) -> Operand:
        w_C = args[0].w_T
        assert isinstance(w_C, W_ClassType)
        if args[0].known or w_func.force_inline or not _is_plain(w_func):
            actual = self.class_of(args[0].val) if args[0].known else w_C
            w_impl = actual.implementation(name, role)
            if w_impl is not None and w_impl is not w_func:
                return self.call_override(w_impl, w_func, [self.cast_object(args[0], actual), *args[1:]], loc)
            w_self = w_func.params[0].w_T
            return self.invoke(w_func, [self.convert(args[0], w_self) if w_self else args[0], *args[1:]], loc)
        if w_func.w_result is None and self.world.infer_result is not None:
            w_func.w_result = self.world.infer_result(w_func, loc)
        assert w_func.w_result is not None
        key = (w_C, name, role, w_func.operand)
        self.spec.methods.setdefault(key, w_func)
        node = ir.CallVirtual(
            self.tid(w_func.w_result, loc),
            self.pos(loc),
            method_fqn(*key),
            tuple(map(self.expr, args)),
        )
        return self.red(w_func.w_result, node, loc)

    def run_class_constant(self, obj: Operand, name: str, w_T: W_Type, loc: Loc | None) -> Operand:
        w_C = obj.w_T
        assert isinstance(w_C, W_ClassType)
        if self.spec.converter is None:
            self.spec.converter = self.new_frame(self.module, self.scope, None, self.ns, blue_frame=True)
        self.spec.methods.setdefault((w_C, name, "constant", None), w_T)
        method = method_fqn(w_C, name, "constant", None)
        return self.red(
            w_T, ir.CallVirtual(self.tid(w_T, loc), self.pos(loc), method, (self.expr(obj),)), loc
        )

    def residual_type(self, w_T: W_Type, loc: Loc | None) -> str:
        return self.tid(w_T, loc)

    def run_set_attr(self, obj: Operand, name: str, value: Operand, loc: Loc | None) -> None:
        self.emit(ir.SetAttr(self.pos(loc), self.expr(obj), name, self.expr(value)))


def method_fqn(w_C: W_ClassType, name: str, role: Role, w_operand: W_Type | None) -> str:
    """Return the name of a method that is called virtually on objects of class `w_C`."""
    fqn = f"{w_C.fqn}::{name}" if w_operand is None else f"{w_C.fqn}::{name}[{w_operand.fqn}]"
    return fqn if role == "method" else f"{fqn}#{role}"


def _is_plain(w_func: W_ASTFunc) -> bool:
    """Whether all parameters are there at run time."""
    return not any(p.w_T in b.BLUE_ONLY and p.w_T is not b.W_OBJECT for p in w_func.params)
