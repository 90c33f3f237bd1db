"""The plain evaluator: every value is known, everything happens now. The reference for meaning."""

from collections.abc import Callable, Sequence
from typing import Literal

from spy_types.errors import SpyError
from spy_types.loc import Loc
from spy_types.syntax.scopes import Scope

from spy_vm import memory
from spy_vm.depth import MAX_DEPTH
from spy_vm.dispatch import dynamic
from spy_vm.dispatch.convert import boxed
from spy_vm.evaluator.catching import Catching
from spy_vm.evaluator.comprehension import Comprehension
from spy_vm.evaluator.control import Control
from spy_vm.evaluator.generators import Generators
from spy_vm.evaluator.order import Order
from spy_vm.evaluator.places import Places
from spy_vm.evaluator.remembering import Remembering
from spy_vm.evaluator.variables import Variables
from spy_vm.exceptions import Raised
from spy_vm.frame import blame
from spy_vm.frame.pointers import field_offset
from spy_vm.frame.scoping import scope_of
from spy_vm.frame.variadic import bind_packs
from spy_vm.host_objects import slot
from spy_vm.interface.engine import Compute, Residual
from spy_vm.interface.flow import Flow
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import Role, W_ClassType
from spy_vm.objects.closure import Closure
from spy_vm.objects.functions import W_ASTFunc, W_Func
from spy_vm.objects.modules import W_Module
from spy_vm.objects.operand import UNKNOWN, Operand, W_Type, blue
from spy_vm.objects.types import W_FuncType, W_PtrType, W_UnionType
from spy_vm.trace_entry import TraceEntry


class EvalFrame(Generators, Control, Catching, Comprehension, Variables, Order, Places, Remembering):
    """A frame in which everything is computed at once. In a red function results are red all the same."""

    @property
    def engine(self) -> Literal["eval", "spec"]:
        return "eval"

    def run_red(self, w_func: W_ASTFunc, args: list[Operand], loc: Loc | None) -> Operand:
        frame = self.new_frame(
            w_func.module, scope_of(w_func), w_func.closure, w_func.fqn, blue_frame=False, w_func=w_func
        )
        if w_func.generator:
            names = (p.name for p in w_func.params)
            return self.start_generator(w_func, frame, dict(zip(names, args, strict=True)), loc)
        self.world.depth += 1
        try:
            if self.world.depth > MAX_DEPTH:
                raise Raised("RecursionError", "maximum recursion depth exceeded")
            result = frame.run_function(w_func, dict(zip((p.name for p in w_func.params), args, strict=True)))
        except Raised as error:
            if loc is not None:
                error.frames.insert(0, TraceEntry(loc.file, loc.line, self.display_name))
            raise
        except SpyError as error:
            raise blame.library_call(error, loc) from None
        finally:
            self.world.depth -= 1
        return Operand(result.w_T, result.val, self.blue_frame, loc)

    def new_frame(  # noqa: PLR0913  # all of them matter to every caller
        self,
        module: W_Module,
        scope: Scope,
        parent: Closure | None,
        ns: str,
        *,
        blue_frame: bool,
        w_func: W_ASTFunc | None = None,
    ) -> "EvalFrame":
        return type(self)(self.world, module, scope, parent, ns, blue_frame=blue_frame, w_func=w_func)

    def call_indirect(self, callee: Operand, args: list[Operand], loc: Loc | None) -> Operand:
        w_T = callee.w_T
        assert isinstance(w_T, W_FuncType)
        values = [self.convert(arg, w_P).val for arg, w_P in zip(args, w_T.params, strict=True)]
        if isinstance(callee.val, W_Func):
            given = [Operand(w_P, value, False, loc) for w_P, value in zip(w_T.params, values, strict=True)]
            return Operand(w_T.w_result, self.call_func(callee.val, given, loc).val, self.blue_frame, loc)
        return Operand(w_T.w_result, callee.val(*values), self.blue_frame, loc)

    def bind_preset(self, w_func: W_ASTFunc) -> None:
        self.locals.update(w_func.preset)

    def held(self, holder: Closure | None, op: Operand) -> Operand:
        return op

    def is_shared(self, name: str) -> bool:
        return False

    def run_function(self, w_func: W_ASTFunc, args: dict[str, Operand]) -> Operand:
        for param in w_func.params:
            op = args[param.name]
            w_T = param.w_T
            self.locals[param.name] = Operand(
                op.w_T if w_T is None else w_T, op.val, self.blue_frame, param.loc, None, param.loc
            )
            if w_T is not None and not self.blue_frame:
                self.declared[param.name] = (w_T, param.loc)
        bind_packs(self, w_func)
        self.declare_classes(w_func.node.body)
        flow = self.exec_block(w_func.node.body)
        self.refuse_untyped()
        if flow is Flow.RETURN:
            assert self.result is not None
            return self.result
        if self.wanted_result() in (None, b.W_NONE, b.W_DYNAMIC):
            return Operand(b.W_NONE, None, self.blue_frame)
        if isinstance(w_func.w_result, W_UnionType) and w_func.w_result.optional:
            return self.convert(Operand(b.W_NONE, None, self.blue_frame), w_func.w_result)
        raise Raised("TypeError", "reached the end of the function without a `return`")

    def run_intrinsic(
        self, args: list[Operand], w_T: W_Type, compute: Compute, residual: Residual, loc: Loc | None
    ) -> Operand:
        if any(arg.val is UNKNOWN for arg in args):  # asked for the type alone
            return Operand(w_T, UNKNOWN, False, loc)
        return Operand(w_T, self._at(loc, compute, args), self.blue_frame, loc)

    def fold_failed(
        self, error: Raised, args: list[Operand], w_T: W_Type, residual: Residual, loc: Loc | None
    ) -> Operand:
        self.note_place(error, loc)
        raise error

    def run_store(
        self, ptr: Operand, index: Operand | None, path: tuple[str, ...], value: Operand, loc: Loc | None
    ) -> None:
        assert isinstance(ptr.w_T, W_PtrType)
        offset = field_offset(ptr.w_T.w_item, path)
        memory.store(ptr.val, index.val if index is not None else 0, offset, value.w_T.shape, value.val)

    def new_object(self, w_T: W_ClassType, initialise: Callable[[Operand], None], loc: Loc | None) -> Operand:
        obj = Operand(w_T, w_T.host()(), self.blue_frame, loc)
        initialise(obj)
        return obj

    def run_virtual(
        self, w_func: W_ASTFunc, name: str, role: Role, args: list[Operand], loc: Loc | None
    ) -> Operand:
        w_C = self.class_of(args[0].val)
        w_impl = w_C.implementation(name, role)
        receiver, *others = args
        receiver = Operand(w_C, receiver.val, receiver.blue, receiver.loc, None, receiver.declared)
        if w_impl is w_func or w_impl is None:
            w_self = w_func.params[0].w_T
            return self.invoke(
                w_func, [receiver if w_self is None else self.convert(receiver, w_self), *others], loc
            )
        return self.call_override(w_impl, w_func, [receiver, *others], loc)

    def run_class_constant(self, obj: Operand, name: str, w_T: W_Type, loc: Loc | None) -> Operand:
        raise AssertionError("the evaluator knows every object")

    def residual_type(self, w_T: W_Type, loc: Loc | None) -> str:
        return w_T.fqn

    def run_set_attr(self, obj: Operand, name: str, value: Operand, loc: Loc | None) -> None:
        setattr(obj.val, slot(name), value.val)

    def to_dynamic(self, op: Operand, w_T: W_Type) -> Operand:
        if self.blue_frame and op.blue:
            return op
        return Operand(w_T, boxed(op), op.blue, op.loc, None, op.declared)

    def from_dynamic(self, op: Operand, w_T: W_Type) -> Operand:
        return self.dynamic_op("cast", [op, blue(b.W_TYPE, w_T)], op.loc)

    def dynamic_op(
        self, name: str, args: list[Operand], loc: Loc | None, names: Sequence[str] = ()
    ) -> Operand:
        return dynamic.dynamic_op(self, name, args, loc, names)
