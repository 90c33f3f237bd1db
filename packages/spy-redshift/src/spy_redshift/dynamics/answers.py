"""The functions that look at what dynamic values hold.

    d + 1    ->    dynamic::add#1(d)

    def `dynamic::add#1`(a0: dynamic) -> dynamic:
        if isinstance(a0, i32):
            v0 = FromDynamic(a0)
            return ToDynamic(v0 + 1)
        ...
        raise TypeError("cannot do `str` + `i32`")

A case is what the language does statically on those types. What is wrong statically raises in its case. New
types that the program makes dynamic are new cases, and a case may make new types dynamic: the search goes on
until there are no new ones.
"""

import itertools
from collections.abc import Callable
from typing import final

from spy_types.errors import SpyError
from spy_types.program import nodes as ir
from spy_types.program.constants import StrConst
from spy_types.program.program import Effects, Function, Param
from spy_types.program.types import TypeId
from spy_types.program.walk import walk
from spy_vm.dispatch import dynamic
from spy_vm.exceptions import Raised
from spy_vm.frame.poison import Poisoned
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import UNKNOWN, Operand, W_Type, blue

from spy_redshift.dynamics.choice import Block, Choice
from spy_redshift.dynamics.held import Held, argument
from spy_redshift.question import Asked, Combination, Known, Question
from spy_redshift.residual.frame import SpecFrame
from spy_redshift.session import Session

GROWING = "nothing else in this program makes a dynamic value of type `{}`"
MAX_ROUNDS = 8  # in which the answers to some questions were operands of others


@final
class Answers:
    """The answers to what one redshift asks of dynamic values."""

    def __init__(
        self,
        session: Session,
        frame_for: Callable[[Asked], SpecFrame],
        functions: dict[str, Function],
    ) -> None:
        self.session = session
        self.frame_for = frame_for
        self.functions = functions
        self.held = Held(session)
        self.cases: dict[Question, dict[Combination, Block]] = {}
        self.rounds = 0
        self.locals: dict[Question, dict[str, TypeId]] = {}

    def request(self) -> bool:
        """Answer for the types that were not known yet; return whether there were any."""
        any_new = False
        self.rounds += 1
        self.session.tolerant = True
        for question, asked in list(self.session.questions.items()):
            cases = self.cases.setdefault(question, {})
            held = self.held.exact()
            for combination in itertools.product(held, repeat=len(question.dynamic)):
                if combination not in cases:
                    any_new = True
                    cases[combination] = self._case(question, asked, combination)
        self.session.tolerant = False
        return any_new

    def write(self) -> None:
        """Write the functions down."""
        for question, asked in self.session.questions.items():
            choice = Choice(self.session, self.held, question, asked, self.cases[question])
            body = choice.body()
            used = {node.name for node in walk(*body) if isinstance(node, ir.Assign | ir.AssignExpr)}
            known = self.locals.get(question, {}) | choice.locals
            self.functions[asked.fqn] = Function(
                fqn=asked.fqn,
                display="",
                params=choice.params(),
                result=self.session.types.tid(asked.w_result),
                locals=tuple(Param(name, tid) for name, tid in known.items() if name in used),
                body=body,
                pos=self.session.pos(asked.loc),
                effects=Effects(raises=True, allocates=True, pure=False),
                inline="auto",
                doc=None,
            )

    def _case(self, question: Question, asked: Asked, combination: Combination) -> Block:
        """Return what is done where the dynamic operands hold these types."""
        frame = self.frame_for(asked)
        held = iter(combination)
        ops = [
            self._operand(frame, question, asked, i, next(held) if operand is b.W_DYNAMIC else operand)
            for i, operand in enumerate(question.operands)
        ]
        try:
            made = dynamic.meaning(frame, question.op, ops, asked.loc, question.names)
            if self._grows(question, made.w_T):
                return self._raising(asked, Raised("NotImplementedError", GROWING.format(made.w_T.display)))
            result = dynamic.as_result(frame, question.op, ops, made)
            self._finish(frame, asked, result)
        except SpyError as error:
            return self._raising(asked, dynamic.raised(question.op, error))
        except Raised as error:
            return self._raising(asked, error)
        except Poisoned as error:
            frame.out += self._raising(asked, Raised("TypeError", str(error)))
        self.locals.setdefault(question, {}).update(frame.ir_locals)
        return tuple(frame.out)

    def _operand(
        self, frame: SpecFrame, question: Question, asked: Asked, i: int, operand: Known | W_Type
    ) -> Operand:
        if isinstance(operand, Known):
            return blue(operand.w_T, operand.val, asked.loc)
        if operand is b.W_NONE:
            return blue(b.W_NONE, None, asked.loc)
        is_held = question.operands[i] is b.W_DYNAMIC
        name = self.held.local(i, operand) if is_held else argument(i)
        frame.temporaries.add(name)
        node = ir.Local(frame.tid(operand), frame.pos(asked.loc), name)
        return Operand(operand, UNKNOWN, False, asked.loc, node)

    def _grows(self, question: Question, w_T: W_Type) -> bool:
        """Whether an operation makes a type that the program has not, and might make others without end."""
        if w_T.origin is None or w_T in self.session.held:
            return False
        return question.op in ("+", "+=", "*", "*=") or self.rounds > MAX_ROUNDS

    def _finish(self, frame: SpecFrame, asked: Asked, result: Operand) -> None:
        pos = self.session.pos(asked.loc)
        if asked.w_result is b.W_NONE:
            frame.discard(result)
            frame.emit(ir.Return(pos, None))
        else:
            frame.emit(ir.Return(pos, frame.expr(result)))

    def _raising(self, asked: Asked, error: Raised) -> Block:
        pos = self.session.pos(asked.loc)
        return (ir.Raise(pos, error.etype, ir.Const("str", pos, StrConst(error.message))),)
