"""Generators: functions with `yield`, and what goes through them.

def count(n: int) -> Iterator[int]:      g = count(3)           nothing of the body has run
    i = 0                                advance(g) -> True     up to the yield; yielded(g) is 0
    while i < n:                         ...
        yield i                          advance(g) -> False    the end; returned(g) is None
        i += 1
"""

from collections.abc import Callable

from spy_types.loc import Loc
from spy_types.program import nodes as ir
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.dispatch import item
from spy_vm.dispatch.convert import convert
from spy_vm.interface.flow import Flow
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_GeneratorType


class Generators(Frame):
    """`yield`, and stepping through generators."""

    def eval_Yield(self, node: n.Yield, expected: W_Type | None) -> Operand:
        loc = self.loc(node.span)
        w_gen = self.own_generator_type()
        if node.value is None:
            op = blue(b.W_NONE, None, loc)
        else:
            op = self.eval(node.value, None if w_gen is None else w_gen.w_item)
        return self.yield_item(op, loc)

    def eval_YieldFrom(self, node: n.YieldFrom, expected: W_Type | None) -> Operand:
        loc = self.loc(node.span)
        iterable = self.eval(node.value)
        return self.delegate(iterable, loc)

    def yield_item(self, op: Operand, loc: Loc) -> Operand:
        """Yield `op` and return what is sent in the end."""
        w_gen = self.own_generator_type()
        if w_gen is None:
            op = self.concrete(op, loc)
            self.yielded.append(op)
            return self.run_yield(op, b.W_NONE, loc)
        returns = self.w_func.node.returns if self.w_func is not None else None
        because = None if returns is None else self.loc(returns.span)
        return self.run_yield(
            convert(self, op, w_gen.w_item, because, "type of the items"), w_gen.w_sent, loc
        )

    def yield_all(self, iterable: Operand, loc: Loc) -> Operand:
        """Yield each item of `iterable`, and return what it returns if it is a generator."""

        def again(op: Operand) -> Flow:
            self.discard(self.yield_item(op, loc))
            return Flow.NEXT

        if not isinstance(iterable.w_T, W_GeneratorType):
            self.each(iterable, again, loc)
            return blue(b.W_NONE, None, loc)
        if iterable.fresh is False:
            name = self.fresh("gen")
            self.write_local(name, iterable, loc)
            self.step_through(name, again, lambda: Flow.NEXT, loc)
            return self.returned_value(self.read_local(name, loc), loc)
        kept = self.fresh("from")
        self.write_local(kept, iterable, loc)
        self.run_through(self.read_local(kept, loc), again, lambda: Flow.NEXT, loc, close=True)
        return self.returned_value(self.read_local(kept, loc), loc)

    def step_through(
        self, name: str, use: Callable[[Operand], Flow], orelse: Callable[[], Flow], loc: Loc
    ) -> Flow:
        """Advance the generator in the hidden local `name`, and run `use` on each item."""

        def run() -> Flow:
            return use(self.keep(self.yielded_item(self.read_local(name, loc), loc), "item"))

        head = Loc(loc.file, loc.line, loc.col, loc.line, loc.col + len("for"))
        return self.loop(lambda: self.advance(self.read_local(name, head), None, head), run, orelse, loc)

    def run_through(
        self,
        iterable: Operand,
        use: Callable[[Operand], Flow],
        orelse: Callable[[], Flow],
        loc: Loc,
        *,
        close: bool,
    ) -> Flow:
        """Go through a generator; with `close`, it does not outlive the loop, however that is left."""
        name = self.fresh("gen")
        self.write_local(name, iterable, loc)
        if not close:
            return self.step_through(name, use, orelse, loc)

        def steps() -> Flow:
            return self.step_through(name, use, orelse, loc)

        def end() -> Flow:
            self.close_generator(self.read_local(name, loc), loc)
            return Flow.NEXT

        return self.try_block(steps, [], lambda: Flow.NEXT, end, loc)

    def own_generator_type(self) -> W_GeneratorType | None:
        """Return the type of this generator; None while it is being inferred."""
        w_T = None if self.w_func is None else self.w_func.w_result
        return w_T if isinstance(w_T, W_GeneratorType) else None

    def generator_type(self, w_item: W_Type, w_sent: W_Type, w_result: W_Type, loc: Loc) -> W_GeneratorType:
        """Return the type of generators, with its methods, which are the library's."""
        generic = self.world.lookup_target("_generators::Generator", loc)
        w_T = item.get_item(
            self, generic, [blue(b.W_TYPE, w_P) for w_P in (w_item, w_sent, w_result)], loc
        ).val
        assert isinstance(w_T, W_GeneratorType)
        return w_T

    def generator_result(self, stmt: n.FunctionDef) -> W_GeneratorType | None:
        """Return the type of the generators of a function; None if it has to be inferred."""
        if stmt.returns is None:
            return None
        w_T = self.eval_type(stmt.returns)
        if isinstance(w_T, W_GeneratorType):
            return w_T
        w_iterator = self.world.method(w_T, "__iter__")
        if (
            w_T.origin is not None
            and w_iterator is not None
            and isinstance(w_iterator.w_result, W_GeneratorType)
        ):
            return w_iterator.w_result
        raise errors.no_generator_type(w_T, self.loc(stmt.returns.span))

    # --- stepping ------------------------------------------------------------------------------------

    def advance(self, op: Operand, sent: Operand | None, loc: Loc | None) -> Operand:
        """Run a generator to its next yield; return whether there was one."""
        self.stepped_type(op)
        args = [op] if sent is None else [op, sent]

        def residual(exprs: list[ir.Expr], pos: ir.Pos) -> ir.Expr:
            return ir.Advance("bool", pos, exprs[0], exprs[1] if sent is not None else None)

        return self.run_intrinsic(args, b.W_BOOL, self.stepping(loc), residual, loc)

    def yielded_item(self, op: Operand, loc: Loc | None) -> Operand:
        """Return the item that a generator yielded last."""
        w_T = self.stepped_type(op).w_item

        def residual(exprs: list[ir.Expr], pos: ir.Pos) -> ir.Expr:
            return ir.Yielded(w_T.fqn, pos, exprs[0])

        return self.run_intrinsic([op], w_T, lambda g: g.item, residual, loc)

    def returned_value(self, op: Operand, loc: Loc | None) -> Operand:
        """Return what a generator returned at its end."""
        w_T = self.stepped_type(op).w_result

        def residual(exprs: list[ir.Expr], pos: ir.Pos) -> ir.Expr:
            return ir.Returned(w_T.fqn, pos, exprs[0])

        return self.run_intrinsic([op], w_T, lambda g: g.result, residual, loc)

    def stepped_type(self, op: Operand) -> W_GeneratorType:
        """Return the type of `op`, which must be a generator."""
        if not isinstance(op.w_T, W_GeneratorType):
            raise errors.no_generator(op)
        return op.w_T
