"""What `for` does round by round: ranges and iterators."""

from collections.abc import Callable
from functools import partial

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.interface.flow import Flow
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.objects.types import W_GeneratorType


class Iteration(Frame):
    """Loops whose rounds are not known one by one."""

    def over_range(
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
            and not self.is_shared(target.id)
        ):
            symbol = self.scope.symbols[target.id]
            if self.declared.get(target.id, (start.w_T, None))[0] is start.w_T:
                self.declared.setdefault(target.id, (start.w_T, self.loc(target.span)))
                return self.range_loop(symbol.name, (start, stop, step), body, orelse, loc)
        name = self.fresh("i")

        def run() -> Flow:
            self.assign(target, self.read_fresh(name, start, loc))
            return body()

        return self.range_loop(name, (start, stop, step), run, orelse, loc)

    def over_iterator(
        self, iterable: Operand, use: Callable[[Operand], Flow], orelse: Callable[[], Flow], loc: Loc
    ) -> Flow:
        """Run `use` on each item of an iterable."""
        if iterable.w_T is b.W_DYNAMIC:
            iterable = self.dynamic_op("iter", [iterable], loc)
        if self._gives_generator(iterable.w_T):
            iterable = self.dunder("__iter__", [iterable], iterable.loc) or iterable
        if isinstance(iterable.w_T, W_GeneratorType):
            return self.run_through(iterable, use, orelse, loc, close=iterable.fresh is True)
        iterator = self._iterator(iterable, loc)
        if iterator is None:
            raise errors.not_iterable(iterable)
        if iterator.w_T.lookup("__range_loop__") is not None:
            return self.each_of_range(iterator, use, orelse, loc)
        name = self.fresh("iter")
        self.write_local(name, iterator, loc)
        w_iter = iterator.w_T

        def read() -> Operand:
            return self.read_fresh(name, iterator, loc)

        def method(dunder: str) -> Operand:
            result = self.dunder(dunder, [read()], iterator.loc)
            if result is None:
                raise errors.no_method(iterator, dunder)
            return result

        def run() -> Flow:
            item = method("__item__")
            advanced = method("__next__")
            item = item if item.known else self.keep(item, "item")
            self.write_local(name, self.convert(advanced, w_iter), loc)
            return use(item)

        return self.loop(lambda: self.truth(method("__continue_iteration__")), run, orelse, loc)

    def _gives_generator(self, w_T: W_Type) -> bool:
        """Whether `__iter__` of a `w_T` is all there is, and a generator function."""
        w_func = self.world.method(w_T, "__iter__")
        if w_func is None or self.world.method(w_T, "__fastiter__") is not None or w_func.kind == "metafunc":
            return False
        return isinstance(w_func.w_result, W_GeneratorType)

    def each(self, iterable: Operand, use: Callable[[Operand], Flow], loc: Loc) -> Flow:
        """Run `use` on each item of any iterable."""

        def done() -> Flow:
            return Flow.NEXT

        items = self.known_items(iterable, loc)
        if items is not None:
            return self.unrolled([partial(use, op) for op in items], done, loc)
        if iterable.w_T.lookup("__range_loop__") is None:
            return self.over_iterator(iterable, use, done, loc)
        return self.each_of_range(iterable, use, done, loc)

    def each_of_range(
        self, iterable: Operand, use: Callable[[Operand], Flow], orelse: Callable[[], Flow], loc: Loc
    ) -> Flow:
        """Run `use` on each number of a range."""
        start, stop, step = self.parts(iterable, ("start", "stop", "step"), loc)
        name = self.fresh("i")
        return self.range_loop(
            name, (start, stop, step), lambda: use(self.read_fresh(name, start, loc)), orelse, loc
        )

    def parts(self, op: Operand, names: tuple[str, ...], loc: Loc) -> list[Operand]:
        """Return the fields of a struct that is used for nothing else."""
        op = self.keep(op, "r")
        return [self.get_field(op, name, loc) for name in names]

    def read_fresh(self, name: str, like: Operand, loc: Loc) -> Operand:
        """Read a hidden local whose type is that of `like`."""
        return self.read_local(name, loc)

    def _iterator(self, iterable: Operand, loc: Loc) -> Operand | None:
        """Return what goes over the items: from `__fastiter__`, `__iter__`, or by index."""
        iterator = self.dunder("__fastiter__", [iterable], iterable.loc)
        if iterator is not None:
            return iterator
        ways = (("__iter__",), ("__getitem__", "__len__"))
        if not any(all(self.world.method(iterable.w_T, name) is not None for name in way) for way in ways):
            return None
        return self.call(self.world.lookup_target("_iter::started", loc), [iterable], {}, loc)
