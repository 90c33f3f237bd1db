"""The plain evaluator: every value is known, everything happens now. The reference for meaning."""

from collections.abc import Callable
from typing import Any, Literal

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.depth import MAX_DEPTH
from spy_vm.dispatch import dynamic
from spy_vm.dispatch.convert import boxed
from spy_vm.eval_cache import Remembering
from spy_vm.exceptions import Raised
from spy_vm.frame import blame
from spy_vm.frame.base import Compute, Residual
from spy_vm.frame.displays import meeting_type
from spy_vm.frame.flow import Flow
from spy_vm.frame.frame import scope_of
from spy_vm.memory import Dyn
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.modules import Cell
from spy_vm.objects.operand import UNKNOWN, Operand
from spy_vm.objects.types import W_Type
from spy_vm.trace_entry import TraceEntry


class EvalFrame(Remembering):
    """A frame in which everything is computed at once. In a red function results are red all the same."""

    @property
    def engine(self) -> Literal["eval", "spec"]:
        return "eval"

    # --- calls ---------------------------------------------------------------------------------------

    def run_red(self, w_func: W_ASTFunc, args: list[Operand], loc: Loc | None) -> Operand:
        frame = self.world.new_frame(
            w_func.module, scope_of(w_func), w_func.closure, w_func.fqn, blue_frame=False, w_func=w_func
        )
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

    def _call_indirect(self, callee: Operand, args: list[Operand], loc: Loc | None) -> Operand:
        w_T: Any = callee.w_T
        converted = [self.convert(arg, w_P) for arg, w_P in zip(args, w_T.params, strict=True)]
        return Operand(w_T.w_result, callee.val(*[arg.val for arg in converted]), self.blue_frame, loc)

    def run_function(self, w_func: W_ASTFunc, args: dict[str, Operand]) -> Operand:
        for param in w_func.params:
            op = args[param.name]
            w_T = param.w_T
            self.locals[param.name] = Operand(
                op.w_T if w_T is None else w_T, op.val, self.blue_frame, param.loc, None, param.loc
            )
            if w_T is not None and not self.blue_frame:
                self.declared[param.name] = (w_T, param.loc)
        self.declare_classes(w_func.node.body)
        flow = self.exec_block(w_func.node.body)
        self.refuse_untyped()
        if flow is Flow.RETURN:
            assert self.result is not None
            return self.result
        if w_func.w_result is None or w_func.w_result in (b.W_NONE, b.W_DYNAMIC):
            return Operand(b.W_NONE, None, self.blue_frame)
        raise Raised("TypeError", "reached the end of the function without a `return`")

    @property
    def display_name(self) -> str:
        """The name of this frame in tracebacks."""
        return self.w_func.node.name if self.w_func is not None else "<module>"

    def exec(self, stmt: Any) -> Flow:
        try:
            return super().exec(stmt)
        except Raised as error:
            self.note_place(error, self.loc(stmt.span))
            raise

    def note_place(self, error: Raised, loc: Loc | None) -> None:
        """Remember where `error` was raised, if this is the first frame to see it."""
        if not error.frames and loc is not None:
            error.frames.append(TraceEntry(loc.file, loc.line, self.display_name))
            error.where = loc

    def run_intrinsic(
        self, args: list[Operand], w_T: W_Type, compute: Compute, residual: Residual, loc: Loc | None
    ) -> Operand:
        return Operand(w_T, self._at(loc, compute, args), self.blue_frame, loc)

    def _at(self, loc: Loc | None, compute: Compute, args: list[Operand]) -> Any:
        try:
            return compute(*[arg.val for arg in args])
        except Raised as error:
            self.note_place(error, loc)
            raise

    def fold_failed(
        self, error: Raised, args: list[Operand], w_T: W_Type, residual: Residual, loc: Loc | None
    ) -> Operand:
        self.note_place(error, loc)
        raise error

    # --- names ---------------------------------------------------------------------------------------

    def write_local(self, name: str, op: Operand, loc: Loc | None) -> None:
        self.locals[name] = Operand(
            op.w_T, op.val, self.blue_frame, loc, None, self.declared.get(name, (None, loc))[1]
        )

    def bind_blue(self, name: str, op: Operand) -> None:
        self.locals[name] = op

    def read_local(self, name: str, loc: Loc | None) -> Operand:
        op = self.locals.get(name)
        if op is None:
            if self.class_fields is not None or self.blue_frame:
                return self._read_builtin(name, loc or self.loc_unknown())
            raise Raised(
                "UnboundLocalError",
                f"cannot access local variable '{name}' where it is not associated with a value",
            )
        return op.at(loc)

    def delete_local(self, name: str, loc: Loc | None) -> None:
        self.read_local(name, loc)
        del self.locals[name]

    def read_cell(self, cell: Cell, loc: Loc | None) -> Operand:
        return Operand(cell.w_T, cell.value, self.blue_frame, loc, None, cell.loc)

    def write_cell(self, cell: Cell, op: Operand, loc: Loc | None) -> None:
        cell.value = op.val

    # --- order: values are at hand, so nothing can come in the wrong one ------------------------------

    def discard(self, op: Operand) -> None:
        pass

    def after(self, first: Operand, op: Operand) -> Operand:
        return op

    def twice(self, op: Operand) -> tuple[Operand, Operand]:
        return op, op

    def keep(self, op: Operand, hint: str) -> Operand:
        return op

    def swapped(
        self, first: Operand, second: Operand, use: Callable[[Operand, Operand], Operand | None]
    ) -> Operand | None:
        return use(first, second)

    def in_order(self, evaluated: list[Operand], used: list[Operand]) -> tuple[list[Operand], list[Any]]:
        return used, []

    def with_prelude(self, prelude: list[Any], op: Operand) -> Operand:
        return op

    # --- control flow --------------------------------------------------------------------------------

    def branch(self, cond: Operand, then: Callable[[], Flow], orelse: Callable[[], Flow], loc: Loc) -> Flow:
        return then() if cond.val else orelse()

    def select(
        self, cond: Operand, then: Callable[[Any], Operand], orelse: Callable[[Any], Operand], loc: Loc
    ) -> Operand:
        taken, other = (then, orelse) if cond.val else (orelse, then)
        result = taken(self)
        if self.blue_frame or result.w_T is b.W_BOOL or self.world.abstract is None:
            return result
        w_T = self._meeting_type(result, other, loc)
        return result if w_T is None else self.convert(result, w_T)

    def _meeting_type(self, result: Operand, other: Callable[[Any], Operand], loc: Loc) -> W_Type | None:
        """Return the type in which `result` meets the branch not taken, which is looked at but not run."""
        key = (self.w_func, loc)
        known: dict[Any, W_Type | None] = self.world.meeting_types
        if key not in known:
            assert self.world.abstract is not None
            try:
                not_taken = other(self.world.abstract(self))
                known[key] = meeting_type(
                    self, Operand(result.w_T, UNKNOWN, False) if not result.blue else result, not_taken
                )
            except SpyError:
                known[key] = None
        return known[key]

    def loop(
        self, cond: Callable[[], Operand], body: Callable[[], Flow], orelse: Callable[[], Flow], loc: Loc
    ) -> Flow:
        while cond().val:
            flow = body()
            if flow is Flow.BREAK:
                return Flow.NEXT
            if flow is Flow.RETURN:
                return flow
        return orelse()

    def range_loop(
        self,
        target: str,
        bounds: tuple[Operand, Operand, Operand],
        body: Callable[[], Flow],
        orelse: Callable[[], Flow],
        loc: Loc,
    ) -> Flow:
        start, stop, step = (op.val for op in bounds)
        if step == 0:
            raise Raised("ValueError", "range() arg 3 must not be zero")
        for i in range(start, stop, step):
            self.write_local(target, Operand(bounds[0].w_T, i, self.blue_frame, loc), loc)
            flow = body()
            if flow is Flow.BREAK:
                return Flow.NEXT
            if flow is Flow.RETURN:
                return flow
        return orelse()

    def unrolled(self, bodies: list[Callable[[], Flow]], orelse: Callable[[], Flow], loc: Loc) -> Flow:
        for body in bodies:
            flow = body()
            if flow is Flow.BREAK:
                return Flow.NEXT
            if flow is Flow.RETURN:
                return flow
        return orelse()

    def bind_unrolled(self, target: Any, op: Operand) -> None:
        name = getattr(target, "id", None)
        if name is not None and op.blue and self.scope.symbols[name].scope == self.scope.id:
            self.declared.pop(name, None)
            self.locals[name] = op
        else:
            self.forget_types(target)
            self.assign(target, op)

    def forget_types(self, target: Any) -> None:
        """Each round of an unrolled loop may give its target another type."""
        for elt in getattr(target, "elts", [target]):
            self.declared.pop(getattr(elt, "id", ""), None)

    def return_value(self, op: Operand, loc: Loc) -> Flow:
        self.result = op
        return Flow.RETURN

    def raise_exception(self, etype: str, message: Operand | None, loc: Loc) -> Flow:
        text = message.val if message is not None else ""
        if self.blue_frame:
            raise errors.static_error(etype, text, loc)
        error = Raised(etype, text)
        self.note_place(error, loc)
        raise error

    # --- dynamic -------------------------------------------------------------------------------------

    def to_dynamic(self, op: Operand, w_T: W_Type) -> Operand:
        if self.blue_frame and op.blue:
            return op
        return Operand(w_T, boxed(op), op.blue, op.loc, None, op.declared)

    def from_dynamic(self, op: Operand, w_T: W_Type) -> Operand:
        box: Dyn = op.val
        if box.t != w_T.fqn:
            shown = self.world.type_by_id(box.t).display
            raise Raised("TypeError", f"Invalid cast. Expected `{w_T.display}`, got `{shown}`")
        return Operand(w_T, box.value, op.blue, op.loc, None, op.declared)

    def dynamic_op(self, name: str, args: list[Operand], loc: Loc | None) -> Operand:
        return dynamic.dynamic_op(self, name, args, loc)
