"""Loops: over conditions, ranges, tuples (unrolled) and iterators."""

from collections.abc import Callable

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.frame.expressions import Expressions
from spy_vm.frame.flow import Flow
from spy_vm.objects import builtin as b
from spy_vm.objects.meta import BlueList
from spy_vm.objects.operand import Operand, blue


class Loops(Expressions):
    """`while` and `for`."""

    def exec_While(self, stmt: n.While) -> Flow:
        return self.loop(
            lambda: self.eval_truth(stmt.test),
            lambda: self.exec_block(stmt.body),  # type: ignore[attr-defined]
            lambda: self.exec_block(stmt.orelse),  # type: ignore[attr-defined]
            self.loc(stmt.span),
        )

    def exec_For(self, stmt: n.For) -> Flow:
        if stmt.is_async:
            raise errors.unsupported("`async for`", self.loc(stmt.span))
        iterable = self.eval(stmt.iter)
        body: Callable[[], Flow] = lambda: self.exec_block(stmt.body)  # type: ignore[attr-defined]  # noqa: E731
        orelse: Callable[[], Flow] = lambda: self.exec_block(stmt.orelse)  # type: ignore[attr-defined]  # noqa: E731
        return self.iterate(iterable, stmt.target, body, orelse, self.loc(stmt.span))

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
            return self._over_range(iterable, target, body, orelse, loc)
        return self._over_iterator(iterable, target, body, orelse, loc)

    def known_items(self, iterable: Operand, loc: Loc) -> list[Operand] | None:
        """Return the items that are known one by one: of a tuple, a blue list, or `unroll(...)`."""
        if isinstance(iterable.val, BlueList):
            return list(iterable.val.items)
        if iterable.w_T is b.W_EMPTY_LIST or iterable.w_T is b.W_EMPTY_DICT:
            return []
        if self.tuple_fields(iterable.w_T) is not None:
            return self.spread(iterable, loc)
        return None

    def _round(self, target: n.Expr, op: Operand, body: Callable[[], Flow]) -> Callable[[], Flow]:
        def run() -> Flow:
            self.bind_unrolled(target, op)
            return body()

        return run

    def bind_unrolled(self, target: n.Expr, op: Operand) -> None:
        """Bind the target of an unrolled round: blue if the item is."""
        self.assign(target, op)  # type: ignore[attr-defined]

    def _over_range(
        self,
        iterable: Operand,
        target: n.Expr,
        body: Callable[[], Flow],
        orelse: Callable[[], Flow],
        loc: Loc,
    ) -> Flow:
        start, stop, step = self.parts(iterable, ("start", "stop", "step"), loc)
        if (
            isinstance(target, n.Name)
            and not self.blue_frame
            and self.scope.symbols[target.id].scope == self.scope.id
        ):
            symbol = self.scope.symbols[target.id]
            if self.declared.get(target.id, (start.w_T, None))[0] is start.w_T:
                self.declared.setdefault(target.id, (start.w_T, self.loc(target.span)))
                return self.range_loop(symbol.name, (start, stop, step), body, orelse, loc)
        name = self.fresh("i")

        def run() -> Flow:
            self.assign(target, self.read_fresh(name, start, loc))  # type: ignore[attr-defined]
            return body()

        return self.range_loop(name, (start, stop, step), run, orelse, loc)

    def parts(self, op: Operand, names: tuple[str, ...], loc: Loc) -> list[Operand]:
        """Return the fields of a struct that is used for nothing else."""
        op = self.keep(op, "r")
        return [self.get_field(op, name, loc) for name in names]

    def _over_iterator(
        self,
        iterable: Operand,
        target: n.Expr,
        body: Callable[[], Flow],
        orelse: Callable[[], Flow],
        loc: Loc,
    ) -> Flow:
        iterator = self._protocol("__fastiter__", iterable)
        if iterator is None:
            raise errors.not_iterable(iterable)
        name = self.fresh("iter")
        self.write_local(name, iterator, loc)
        w_iter = iterator.w_T

        def read() -> Operand:
            return self.read_fresh(name, iterator, loc)

        def method(dunder: str) -> Operand:
            result = self._protocol(dunder, read())
            if result is None:
                raise errors.no_method(iterator, dunder)
            return result

        def run() -> Flow:
            item = method("__item__")
            advanced = method("__next__")
            item = item if item.known else self.keep(item, "item")
            self.write_local(name, self.convert(advanced, w_iter), loc)
            self.assign(target, item)  # type: ignore[attr-defined]
            return body()

        return self.loop(lambda: self.truth(method("__continue_iteration__")), run, orelse, loc)

    def _protocol(self, name: str, op: Operand) -> Operand | None:
        """Call a method of the iteration protocol; of a dynamic value, at run time."""
        if op.w_T is b.W_DYNAMIC:
            return self.dynamic_op("call_method", [op, blue(b.W_STR, name, op.loc)], op.loc)
        return self.dunder(name, [op], op.loc)

    def fresh(self, hint: str) -> str:
        """Return a name for a hidden local."""
        self._fresh_count = getattr(self, "_fresh_count", 0) + 1
        return f"_${hint}{self._fresh_count}"

    def read_fresh(self, name: str, like: Operand, loc: Loc) -> Operand:
        """Read a hidden local whose type is that of `like`."""
        return self.read_local(name, loc)
