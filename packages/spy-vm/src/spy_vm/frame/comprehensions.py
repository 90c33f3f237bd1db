"""Comprehensions: `[f(x) for x in xs if c]`, and the same for sets and dicts.

[f(x) for x in xs if c]   ->   result = []
                               for x in xs:
                                   if c: result.append(f(x))

The loops run in a frame of their own scope, whose names the function around does not see. What the result
holds is known when its first item has been walked, as for an empty display.
"""

from collections.abc import Callable

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.dispatch.convert import convert
from spy_vm.interface.flow import Flow
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type, blue

RESULT = "_$result"


class Comprehensions(Frame):
    """Containers made by loops."""

    def eval_ListComp(self, node: n.ListComp, expected: W_Type | None) -> Operand:
        return self.collect(node, "list", [node.elt], expected)

    def eval_SetComp(self, node: n.SetComp, expected: W_Type | None) -> Operand:
        return self.collect(node, "set", [node.elt], expected)

    def eval_DictComp(self, node: n.DictComp, expected: W_Type | None) -> Operand:
        return self.collect(node, "dict", [node.key, node.value], expected)

    def collect(
        self,
        node: n.ListComp | n.SetComp | n.DictComp,
        kind: str,
        parts: list[n.Expr],
        expected: W_Type | None,
    ) -> Operand:
        """Return the container that a comprehension makes of `parts`: an item, or a key and a value."""
        loc = self.loc(node.span)
        wanted = self.expected_args(expected, kind, len(parts))
        if self.blue_frame:
            return self._collect_blue(node, kind, parts, wanted)
        w_static = None if wanted else self.static_type(node, loc)
        if w_static is not None:
            wanted = self.expected_args(w_static, kind, len(parts))

        def run(inner: Frame) -> Operand:
            inner.begin_collecting(kind, wanted, loc)
            inner.over_generators(node.generators, first, lambda: inner.add_item(kind, parts, wanted, loc))
            result = inner.read_local(RESULT, loc)
            return Operand(result.w_T, None, True, loc) if result.pending is not None else result

        first = self.eval(node.generators[0].iter)
        return self.in_comprehension(node, node.scope, run)

    def _collect_blue(
        self, node: n.ListComp | n.SetComp | n.DictComp, kind: str, parts: list[n.Expr], wanted: list[W_Type]
    ) -> Operand:
        rows: list[list[Operand]] = []
        types: list[W_Type | None] = [*wanted] or [None] * len(parts)

        def run(inner: Frame) -> Operand:
            def add() -> None:
                rows.append([inner.eval(part, w_T) for part, w_T in zip(parts, types, strict=True)])

            inner.over_generators(node.generators, first, add)
            return inner.make_container(kind, rows, wanted, self.loc(node.span))

        first = self.eval(node.generators[0].iter)
        return self.in_comprehension(node, node.scope, run)

    def begin_collecting(self, kind: str, wanted: list[W_Type], loc: Loc) -> None:
        """Make the container, or keep a place for it until its type is known."""
        if wanted:
            w_T = self.library_type(kind, wanted, loc)
            self.declared[RESULT] = (w_T, loc)
            self.write_local(RESULT, self.instantiate(w_T, [], {}, loc), loc)
            return
        self.hold_empty(RESULT, blue(b.W_EMPTY_DICT if kind == "dict" else b.W_EMPTY_LIST, None, loc), loc)

    def over_generators(
        self, generators: tuple[n.Comprehension, ...], iterable: Operand, leaf: Callable[[], None]
    ) -> Flow:
        """Run `leaf` for each round of the nested loops `generators`; the first is over `iterable`."""
        head, rest = generators[0], generators[1:]
        loc = self.loc(head.target.span)
        if head.is_async:
            raise errors.unsupported("`async for`", loc)

        def body() -> Flow:
            if rest:
                return self.over_generators(rest, self.eval(rest[0].iter), leaf)
            leaf()
            return Flow.NEXT

        return self.iterate(
            iterable, head.target, lambda: self._filtered(head.ifs, body, loc), lambda: Flow.NEXT, loc
        )

    def add_item(self, kind: str, parts: list[n.Expr], wanted: list[W_Type], loc: Loc) -> None:
        """Put the next item into the container."""
        types: list[W_Type | None] = [*wanted] or [None] * len(parts)
        ops = [self.eval(part, w_T) for part, w_T in zip(parts, types, strict=True)]
        if self.read_local(RESULT, loc).pending is not None:
            ops = [self.concrete(self.keep(self.settled_function(op), "item"), loc) for op in ops]
            self.settle_empty(RESULT, self.library_type(kind, [op.w_T for op in ops], loc), loc)
        w_T = self.read_local(RESULT, loc).w_T
        push = self.world.method(w_T, "_push")
        assert push is not None
        items = self.expected_args(w_T, kind, len(parts))
        ops = [convert(self, op, w_item) for op, w_item in zip(ops, items, strict=True)]
        self.discard(self.call_func(push, [self.read_local(RESULT, loc), *ops], loc))

    def _filtered(self, ifs: tuple[n.Expr, ...], body: Callable[[], Flow], loc: Loc) -> Flow:
        if not ifs:
            return body()
        test = self.eval_truth(ifs[0])
        self.narrowed = {**self.narrowed, **self.facts(ifs[0])[0]}
        if test.known:
            return self._filtered(ifs[1:], body, loc) if test.val else Flow.NEXT
        return self.branch(test, lambda: self._filtered(ifs[1:], body, loc), lambda: Flow.NEXT, loc)
