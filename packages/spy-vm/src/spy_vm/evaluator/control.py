"""Control flow of the evaluator: it just happens."""

from collections.abc import Callable
from typing import Any, Self

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.evaluator.places import Places
from spy_vm.exceptions import Raised
from spy_vm.frame.meeting import meeting_type
from spy_vm.interface.control import Block
from spy_vm.interface.flow import Flow
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import UNKNOWN, Operand, W_Type
from spy_vm.objects.types import W_UnionType
from spy_vm.trace_entry import TraceEntry


class Control(Places):
    """Branches, loops, leaving."""

    def branch(self, cond: Operand, then: Block, orelse: Block, loc: Loc) -> Flow:
        return then() if cond.val else orelse()

    def select(
        self,
        cond: Operand,
        then: Callable[[Self], Operand],
        orelse: Callable[[Self], Operand],
        loc: Loc,
        *,
        mixed: bool = False,
    ) -> Operand:
        taken, other = (then, orelse) if cond.val else (orelse, then)
        result = taken(self)
        if self.blue_frame or self.world.abstract is None:
            return result
        if result.w_T is b.W_BOOL:
            return Operand(b.W_BOOL, result.val, cond.blue, result.loc)
        w_T = self._meeting_type(result, other, loc, mixed=mixed)
        return result if w_T is None else self.convert(result, w_T)

    def other_end(
        self, run: Callable[[Self], Flow], narrowed: dict[tuple[str, ...], W_Type], key: tuple[object, ...]
    ) -> list[dict[tuple[str, ...], W_Type]]:
        if self.world.abstract is None:
            return [narrowed]
        key = (self.w_func, *key, frozenset(narrowed.items()))
        if key not in self.world.ends:
            abstract = self.world.abstract(self)
            abstract.narrowed = dict(narrowed)
            flow = abstract.run_aside(run)
            self.world.ends[key] = [abstract.narrowed] if flow is Flow.NEXT else []
        return list(self.world.ends[key])

    def surely_bound(self, names: list[str]) -> None:
        pass

    def each_member(
        self, op: Operand, use: Callable[[Self, Operand], Operand], what: tuple[object, ...], loc: Loc | None
    ) -> Operand:
        w_U = op.w_T
        assert isinstance(w_U, W_UnionType)
        w_member, held = w_U.held(op.val)
        member = Operand(w_member, held, op.blue, op.loc, None, op.declared)
        if op.blue or self.blue_frame or self.world.abstract is None:
            return use(self, member)
        key = (self.w_func, loc, w_U, what)
        known: dict[Any, W_Type | None] = self.world.meeting_types
        if key not in known:
            abstract = self.world.abstract(self)
            known[key] = abstract.each_member(abstract.unknown(op), use, what, loc).w_T
        result, w_T = use(self, member), known[key]
        if w_T is not None:
            result = self.convert(result, w_T)
        if result.blue and result.w_T not in b.BLUE_ONLY:  # known of this member, not of the others
            return Operand(result.w_T, result.val, False, result.loc, None, result.declared)
        return result

    def loop(self, cond: Callable[[], Operand], body: Block, orelse: Block, loc: Loc) -> Flow:
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
        body: Block,
        orelse: Block,
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

    def unrolled(self, bodies: list[Block], orelse: Block, loc: Loc) -> Flow:
        for body in bodies:
            before = set(self.declared)
            flow = body()
            for name in self.declared.keys() - before:
                del self.declared[name]  # each round may give its own variables other types
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

    def leave_loop(self, flow: Flow, loc: Loc) -> Flow:
        return flow

    def return_value(self, op: Operand, loc: Loc) -> Flow:
        self.result = op
        return Flow.RETURN

    def raise_object(self, error: Operand, cause: Operand | None, quiet: bool, loc: Loc) -> Flow:
        raised: Raised = error.val
        if self.blue_frame:
            raise errors.static_error(raised.etype, raised.message, loc) from raised
        if raised.frames:
            raised.frames.insert(0, TraceEntry(loc.file, loc.line, self.display_name))
        else:
            self.note_place(raised, loc)
        if cause is not None:
            raise raised from cause.val
        raised.quiet = quiet
        raise raised

    def raise_exception(self, etype: str, message: Operand | None, loc: Loc) -> Flow:
        text = message.val if message is not None else ""
        if self.blue_frame:
            raise errors.static_error(etype, text, loc)
        error = Raised(etype, text)
        self.note_place(error, loc)
        raise error

    def _meeting_type(
        self, result: Operand, other: Callable[[Self], Operand], loc: Loc, *, mixed: bool
    ) -> W_Type | None:
        """Return the type in which `result` meets the branch not taken, which is looked at but not run."""
        key = (self.w_func, loc)
        known: dict[Any, W_Type | None] = self.world.meeting_types
        if key not in known:
            assert self.world.abstract is not None
            try:
                not_taken = other(self.world.abstract(self))
                known[key] = meeting_type(
                    self,
                    Operand(result.w_T, UNKNOWN, False) if not result.blue else result,
                    not_taken,
                    mixed=mixed,
                )
            except SpyError:
                known[key] = None
        return known[key]
