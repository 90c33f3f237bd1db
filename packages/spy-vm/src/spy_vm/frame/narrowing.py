"""Narrowing: what is known of the types of names and attribute paths where the walk stands.

x: int | None                       narrowed: {}
if x is None: return                narrowed: {x: i32}
print(x + 1)

`seen` holds the types of the paths that have been read, before narrowing. A path is stable if nothing but a
statement of this function can change it: attributes are not, nor are names that inner functions rebind.
What is known of them is checked where they are read, and their tests ask anew.
"""

from collections.abc import Callable
from functools import reduce
from typing import Self

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm.frame.facts import Facts, TestFacts
from spy_vm.frame.writes import Path, count_breaks, path_of, written_paths
from spy_vm.interface.flow import Flow
from spy_vm.interface.state import Attempt, Loop
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.objects.types import W_UnionType

MAX_ROUNDS = 4  # of a loop that are tried before giving up on what they change


class Narrowing(TestFacts):
    """Reads, writes and branches, as far as they tell of types."""

    def narrow(self, path: Path, op: Operand) -> Operand:  # one case after another
        """Return the read `op` of `path` with the type that it is known to have here."""
        w_U = op.w_T
        if isinstance(w_U, W_ClassType):
            return self._narrow_class(path, op, w_U)
        if w_U is b.W_EXCEPTION:
            return self._narrow_exception(path, op)
        if not isinstance(w_U, W_UnionType):
            return op
        if op.known and (op.blue or self.blue_frame):
            w_member, held = w_U.held(op.val)
            return Operand(w_member, held, True, op.loc, None, op.declared)
        self.seen[path] = w_U
        w_T = self.narrowed.get(path)
        if w_T is None:
            return op
        result = self.refined(op, w_T)
        result.wide = w_U
        return result

    def refined(self, op: Operand, w_T: W_Type) -> Operand:
        """Return `op`, which is known to be a `w_T`, as one; checked at run time."""
        if isinstance(op.w_T, W_UnionType):
            w_held = next((w_M for w_M in op.w_T.members if is_derived(w_T, w_M)), None)
            if w_held is not None and isinstance(w_T, W_ClassType):
                return self.cast_object(self.from_union(op, w_held), w_T)
            return self.from_union(op, w_T) if set(members_of(w_T)) < set(op.w_T.members) else op
        if isinstance(w_T, W_ClassType) and is_derived(w_T, op.w_T):
            return self.cast_object(op, w_T)
        return op

    def _narrow_exception(self, path: Path, op: Operand) -> Operand:
        self.seen[path] = b.W_EXCEPTION
        w_T = self.narrowed.get(path)
        return self.object_of(op, w_T) if isinstance(w_T, W_ClassType) and w_T.exception is not None else op

    def _narrow_class(self, path: Path, op: Operand, w_C: W_ClassType) -> Operand:
        if not w_C.is_base or (op.known and op.blue):
            return op
        self.seen[path] = w_C
        w_T = self.narrowed.get(path)
        return (
            self.cast_object(op, w_T)
            if w_T is not None and isinstance(w_T, W_ClassType) and is_derived(w_T, w_C)
            else op
        )

    def note_write(self, path: Path, w_given: W_Type | None) -> None:
        """`path` has a new value, of the type `w_given` before it was converted."""
        self.forget({path})
        if w_given is None or (w_given is b.W_NONE and not self.is_stable(path)):
            return
        self.narrowed = {**self.narrowed, path: w_given}

    def forget(self, paths: "set[Path] | frozenset[Path]") -> None:
        """What was known of `paths`, and of what they lead to, holds no longer."""
        if self.narrowed:
            self.narrowed = {
                known: w_T
                for known, w_T in self.narrowed.items()
                if not any(known[: len(path)] == path for path in paths)
            }

    def enter_loop(self, stmt: n.While | n.For) -> Loop:
        """Keep what is known at the start of every round of a loop; return where `break` notes it."""
        around = Loop(stmt, self.loop_around)
        if self.narrowed and self.tried is not stmt:
            written = written_paths(stmt)
            if any(known[: len(path)] == path for known in self.narrowed for path in written):
                self.narrowed = self._at_each_round(stmt, written)
        self.loop_around = around
        return around

    def leave_loop_behind(self, loop: Loop, head: Facts, *, endless: bool) -> None:
        """Keep what is known after a loop whose rounds started with `head`."""
        self.loop_around = loop.outer
        breaks = count_breaks(loop.stmt.body)
        if breaks:
            self.narrowed = loop.breaks[0] if endless and breaks == 1 and loop.breaks else head

    def enter_try(self, stmt: n.Try) -> Attempt:
        """Return where the parts of a `try` note what is known at their ends."""
        parts = (stmt.body, stmt.handlers, stmt.orelse)
        at_fault = self._without(written_paths(*parts)) if self.narrowed else self.narrowed
        return Attempt(self.narrowed, at_fault)

    def leave_try(self, stmt: n.Try, attempt: Attempt) -> None:
        """Keep what is known after a `try`: at the ends of all its parts, also of those that were not run."""
        if not self.seen:
            return
        if self.engine == "eval" and self.world.abstract is not None:
            key = (self.w_func, self.loc(stmt.span), "try", frozenset(attempt.entry.items()))
            if key not in self.world.ends:
                trial = self.world.abstract(self)
                trial.narrowed = attempt.entry
                trial.run_aside(lambda f: f.exec(stmt))
                self.world.ends[key] = trial.narrowed
            self.narrowed = self.world.ends[key]
            return
        self.narrowed = reduce(self.meet_facts, attempt.ends) if attempt.ends else attempt.at_fault
        if stmt.finalbody:
            self.forget(written_paths(stmt.finalbody))

    def _at_each_round(self, stmt: n.While | n.For, written: frozenset[Path]) -> Facts:
        """Return what holds at the start of the first round and at the ends of all of them."""
        key = (self.w_func, self.loc(stmt.span), "head", frozenset(self.narrowed.items()))
        if key not in self.world.ends:
            self.world.ends[key] = self._settled(stmt) or self._without(written)
        settled: Facts = self.world.ends[key]
        return settled

    def _settled(self, stmt: n.While | n.For) -> Facts | None:
        state = self.narrowed
        for _ in range(MAX_ROUNDS):
            if self.world.abstract is None:
                return None
            trial = self.world.abstract(self)
            trial.narrowed, trial.tried = state, stmt
            trial.run_aside(lambda f: f.exec(stmt))
            after = state
            for end in trial.rounds:
                after = self.meet_facts(after, end)
            if after == state:
                return state
            state = after
        return None

    def _without(self, paths: frozenset[Path]) -> Facts:
        saved = self.narrowed
        self.forget(paths)
        kept, self.narrowed = self.narrowed, saved
        return kept

    def is_stable(self, path: Path) -> bool:
        """Whether only statements of this function change what `path` leads to."""
        if len(path) > 1:
            return False
        if path[0].startswith("_$"):
            return True
        symbol = self.scope.symbols.get(path[0])
        return symbol is not None and symbol.scope > 0 and not symbol.captured_write

    def eval_subject(self, node: n.Expr) -> Operand:
        """Return an operand of a test, with the type that it had before anything was known of it."""
        if not isinstance(node, n.Attribute):
            return self.eval(node)
        op = self.read_attribute(node)
        path = path_of(node)
        if path is not None and isinstance(op.w_T, W_UnionType):
            self.seen[path] = op.w_T
        return op

    def under(self, facts: Facts, run: Callable[[], Operand]) -> Operand:
        """Return what `run` returns while `facts` hold."""
        if not facts:
            return run()
        saved = self.narrowed
        self.narrowed = {**saved, **facts}
        try:
            return run()
        finally:
            self.narrowed = saved

    def choose(
        self, test: n.Expr, then: Callable[[Self], Flow], orelse: Callable[[Self], Flow], loc: Loc
    ) -> Flow:
        """Do `if test: then() else: orelse()`, with what the test tells."""
        op = self.eval_truth(test)
        return self.decide(op, self.facts(test), then, orelse, loc)

    def decide(
        self,
        op: Operand,
        told: tuple[Facts, Facts],
        then: Callable[[Self], Flow],
        orelse: Callable[[Self], Flow],
        loc: Loc,
    ) -> Flow:
        """Run one of two blocks by the test `op`, which tells `told` if it is true, and if it is false."""
        yes, no = told
        entry = self.narrowed
        if op.known and (op.blue or self.blue_frame or not self.seen):
            self.narrowed = {**entry, **(yes if op.val else no)}
            return then(self) if op.val else orelse(self)
        ends: list[Facts] = []

        def side(facts: Facts, run: Callable[[Self], Flow]) -> Callable[[], Flow]:
            def walk() -> Flow:
                self.narrowed = {**entry, **facts}
                flow = run(self)
                if flow is Flow.NEXT:
                    ends.append(self.narrowed)
                return flow

            return walk

        flow = self.branch(op, side(yes, then), side(no, orelse), loc)
        if flow is Flow.NEXT and self.seen:
            if op.known:
                missing, facts = (orelse, no) if op.val else (then, yes)
                ends += self.other_end(missing, {**entry, **facts}, (loc, bool(op.val)))
            self.narrowed = ends[0] if len(ends) == 1 else self.meet_facts(ends[0], ends[1])
        return flow

    def meet_facts(self, left: Facts, right: Facts) -> Facts:
        """Return what holds after two branches."""
        joined = self.join_facts(left, right)
        return {path: w_T for path, w_T in joined.items() if path in left and path in right}


def is_derived(w_T: W_Type, w_base: W_Type) -> bool:
    """Whether `w_T` is a class below the class `w_base`."""
    return isinstance(w_base, W_ClassType) and w_T is not w_base and w_T.is_subtype(w_base)


def members_of(w_T: W_Type) -> tuple[W_Type, ...]:
    """Return the members of a union; of another type, itself."""
    return w_T.members if isinstance(w_T, W_UnionType) else (w_T,)
