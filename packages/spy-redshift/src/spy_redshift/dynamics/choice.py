"""The code that finds the case for what dynamic operands hold: tests of one operand after the other."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias, final

from spy_types.program import nodes as ir
from spy_types.program.constants import DynamicConst, StrConst
from spy_types.program.program import Param
from spy_types.program.types import TypeId
from spy_types.program.walk import walk
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.operand import W_Type

from spy_redshift.dynamics.held import Held, argument
from spy_redshift.question import Asked, Combination, Known, Question
from spy_redshift.session import Session

Block: TypeAlias = "tuple[ir.Stmt, ...]"


@final
class Choice:
    """The choice between the cases of one question."""

    def __init__(
        self,
        session: Session,
        held: Held,
        question: Question,
        asked: Asked,
        cases: Mapping[Combination, Block],
    ) -> None:
        self.types = session.types
        self.pos = session.pos(asked.loc)
        self.held = held
        self.question = question
        self.cases = cases
        self.locals: dict[str, TypeId] = {}

    def params(self) -> tuple[Param, ...]:
        """Return a parameter for each operand that is not part of the question."""
        return tuple(
            Param(argument(i), self.types.tid(operand))
            for i, operand in enumerate(self.question.operands)
            if not isinstance(operand, Known)
        )

    def body(self) -> Block:
        """Return the code of the function."""
        return self._choose(self.question.dynamic, ())

    def _choose(self, left: list[int], chosen: Combination) -> Block:
        """Return the code that looks at the operands that are `left`; the commonest block needs no test."""
        if not left:
            return self.cases[chosen]
        found = list(self._branches(left, chosen))
        blocks = [block for _, block in found]
        default = max(blocks, key=blocks.count)
        tests = (ir.If(self.pos, test, block, ()) for test, block in found if block != default)
        return (*tests, *default)

    def _branches(self, left: list[int], chosen: Combination) -> Iterator[tuple[ir.Expr, Block]]:
        """Yield the code for each type that the first operand of `left` may hold, with its test."""
        value = ir.Local("dynamic", self.pos, argument(left[0]))
        for w_T in self.held.tagged():
            tid = self.types.tid(w_T)
            name = ir.Const("dynamic", self.pos, DynamicConst("str", StrConst(tid)))
            test = ir.DynamicOp("bool", self.pos, "isinstance", (value, name))
            taken = ir.FromDynamic(tid, self.pos, value)
            if not isinstance(w_T, W_ClassType):
                yield test, self._bound(left[0], w_T, taken, self._choose(left[1:], (*chosen, w_T)))
            elif self.held.classes(w_T):
                yield test, tuple(self._by_class(left, chosen, taken, w_T))

    def _by_class(
        self, left: list[int], chosen: Combination, taken: ir.Expr, w_C: W_ClassType
    ) -> Iterator[ir.Stmt]:
        """Yield the code for each class of the objects that are a `w_C`."""
        obj = ir.Local(taken.t, self.pos, self._local(left[0], w_C))
        classes = self.held.classes(w_C)
        yield ir.Assign(self.pos, obj.name, taken)
        for w_D in classes:
            tid = self.types.tid(w_D)
            block = self._choose(left[1:], (*chosen, w_D))
            if w_D is not w_C:
                block = self._bound(left[0], w_D, ir.Cast(tid, self.pos, obj), block)
            if w_D is classes[-1]:
                yield from block
            else:
                yield ir.If(self.pos, ir.IsInstance("bool", self.pos, obj, tid), block, ())

    def _bound(self, i: int, w_T: W_Type, value: ir.Expr, block: Block) -> Block:
        """Return `block` after the local that it has operand `i` in, if it uses it."""
        name = self._local(i, w_T)
        if any(isinstance(node, ir.Local) and node.name == name for node in walk(*block)):
            return (ir.Assign(self.pos, name, value), *block)
        return block

    def _local(self, i: int, w_T: W_Type) -> str:
        name = self.held.local(i, w_T)
        self.locals[name] = self.types.tid(w_T)
        return name
