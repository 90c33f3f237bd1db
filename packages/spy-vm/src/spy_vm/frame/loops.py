"""Loops: over conditions, ranges, tuples (unrolled) and iterators."""

from collections.abc import Callable

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.frame.iteration import Iteration
from spy_vm.frame.paired_rounds import PairedRounds
from spy_vm.interface.flow import Flow
from spy_vm.objects.meta import BlueDict, BlueList
from spy_vm.objects.operand import Operand
from spy_vm.objects.types import is_keywords
from spy_vm.objects.unsettled import is_unsettled


class Loops(Iteration, PairedRounds):
    """`while` and `for`."""

    def exec_While(self, stmt: n.While) -> Flow:
        loop = self.enter_loop(stmt)
        head = self.narrowed

        def cond() -> Operand:
            self.narrowed = head
            return self.eval_truth(stmt.test)

        def body() -> Flow:
            self.narrowed = {**self.narrowed, **self.facts(stmt.test)[0]}
            return self._round_of(stmt)

        def orelse() -> Flow:
            self.loop_around = loop.outer
            self.narrowed = {**head, **self.facts(stmt.test)[1]}
            return self.exec_block(stmt.orelse)

        flow = self.loop(cond, body, orelse, self.loc(stmt.span))
        self.leave_loop_behind(loop, head, endless=isinstance(stmt.test, n.BoolLit))
        return flow

    def _round_of(self, stmt: n.While | n.For) -> Flow:
        flow = self.exec_block(stmt.body)
        if flow is Flow.NEXT and self.tried is stmt:
            self.rounds.append(self.narrowed)
        return flow

    def exec_For(self, stmt: n.For) -> Flow:
        if stmt.is_async:
            raise errors.unsupported("`async for`", self.loc(stmt.span))
        iterable = self.eval_iterable(stmt.iter)
        loop = self.enter_loop(stmt)
        head = self.narrowed

        def body() -> Flow:
            return self._round_of(stmt)

        def orelse() -> Flow:
            self.loop_around = loop.outer
            self.narrowed = head
            return self.exec_block(stmt.orelse)

        flow = self.iterate(iterable, stmt.target, body, orelse, self.loc(stmt.span))
        self.leave_loop_behind(loop, head, endless=False)
        return flow

    def iterate(
        self,
        iterable: Operand,
        target: n.Expr,
        body: Callable[[], Flow],
        orelse: Callable[[], Flow],
        loc: Loc,
    ) -> Flow:
        """Run `body` for each item of `iterable`."""
        items = self.known_items(iterable, loc)
        if items is not None:
            return self.unrolled([self._round(target, op, body) for op in items], orelse, loc)
        if iterable.w_T.lookup("__range_loop__") is not None:
            return self.over_range(iterable, target, body, orelse, loc)

        def use(item: Operand) -> Flow:
            self.assign(target, item)
            return body()

        return self.over_iterator(iterable, use, orelse, loc)

    def known_items(self, iterable: Operand, loc: Loc) -> list[Operand] | None:
        """Return the items that are known one by one: of a tuple, a blue list, or `unroll(...)`."""
        if isinstance(iterable.val, BlueList):
            return list(iterable.val.items)
        if isinstance(iterable.val, BlueDict):
            return [key for key, _ in iterable.val.items.values()]
        if is_unsettled(iterable):
            return []
        if self.tuple_fields(iterable.w_T) is not None or is_keywords(iterable.w_T):
            return self.spread(iterable, loc)
        return None

    def _round(self, target: n.Expr, op: Operand, body: Callable[[], Flow]) -> Callable[[], Flow]:
        def run() -> Flow:
            self._bind_round(target, op)
            return body()

        return run

    def _bind_round(self, target: n.Expr, op: Operand) -> None:
        """Bind the target of a round; the names of `for a, b in ...` are as blue as their items."""
        elts = target.elts if isinstance(target, n.Tuple) else ()
        together = self.tuple_fields(op.w_T) is not None or isinstance(op.val, BlueList)
        if not elts or not together or any(isinstance(elt, n.Starred) for elt in elts):
            self.bind_unrolled(target, op)
            return
        items = self.spread(op, op.loc or self.loc(target.span))
        if len(items) != len(elts):
            self.bind_unrolled(target, op)
            return
        for elt, item in zip(elts, items, strict=True):
            self._bind_round(elt, item)
