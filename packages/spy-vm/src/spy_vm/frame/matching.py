"""`match`: cases are tried in order.

match x:                          if x fits 1: ...
    case 1: ...           ->      elif x fits [a, b] and (a, b := x; a < b): ...
    case [a, b] if a < b: ...     else: ...
    case _: ...
"""

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm.frame.facts import Facts
from spy_vm.frame.narrowing import Narrowing
from spy_vm.frame.patterns import Binding, Patterns, Read
from spy_vm.frame.writes import path_of
from spy_vm.interface.flow import Flow
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.types import W_UnionType


class Matching(Patterns, Narrowing):
    """Statements that choose by pattern."""

    def exec_Match(self, stmt: n.Match) -> Flow:
        loc = self.loc(stmt.span)
        op = self.concrete(self.eval(stmt.subject), loc)
        path = path_of(stmt.subject)
        if path is None or not self.is_stable(path):
            path = (self.fresh("match"),)
            if op.blue:
                self.bind_blue(path[0], op)
            else:
                self.write_local(path[0], op, loc)
        name = path[0]

        def read(f: Patterns) -> Operand:
            found = (
                f.narrow((name,), f.read_local(name, loc)) if name.startswith("_$") else f.eval(stmt.subject)
            )
            return found.at(loc)

        return self.cases(stmt.cases, read, (name,), loc)

    def cases(self, cases: tuple[n.MatchCase, ...], read: Read, path: tuple[str, ...], loc: Loc) -> Flow:
        """Run the first of `cases` that fits what `read` gives."""
        if not cases:
            return Flow.NEXT
        case = cases[0]
        place = self.loc(case.pattern.span)
        bound = self.bindings(case.pattern, read, place)
        yes, no = self._pattern_facts(case.pattern, read(self), path)
        test = self.fits(case.pattern, read, place)
        if case.guard is not None:
            test, no = self.guarded_test(test, yes, bound, case.guard, place), {}

        def body(f: Matching) -> Flow:
            if case.guard is None:
                f.bind_all(bound)
            else:
                f.surely_bound([name for name, _, _ in bound])
            return f.exec_block(case.body)

        return self.decide(
            test, (yes, no), body, lambda f: f.cases(cases[1:], read, path, loc), self.loc(case.span)
        )

    def bind_all(self, bound: list[Binding]) -> None:
        """Bind the names of a pattern that fits."""
        for name, read, pattern in bound:
            self.assign_name(name, read(self), pattern.span)

    def guarded_test(
        self, test: Operand, yes: Facts, bound: list[Binding], guard: n.Expr, loc: Loc
    ) -> Operand:
        def ask(f: Matching) -> Operand:
            return f.under(yes, lambda: f.bound_then(bound, guard))

        if test.blue:
            return ask(self) if test.val else test
        return self.select(test, ask, lambda f: blue(b.W_BOOL, False, loc), loc)

    def bound_then(self, bound: list[Binding], guard: n.Expr) -> Operand:
        """Return a guard, asked with the names of its pattern bound."""
        self.bind_all(bound)
        return self.eval_truth(guard)

    def _pattern_facts(self, pattern: n.Pattern, op: Operand, path: tuple[str, ...]) -> tuple[Facts, Facts]:
        if not isinstance(op.w_T, W_UnionType):
            return {}, {}
        everything = op.w_T.members
        fitting, left = self.left_by(pattern, op.w_T)
        return (
            {path: self.world.union_type(fitting)} if 0 < len(fitting) < len(everything) else {},
            {path: self.world.union_type(left)} if 0 < len(left) < len(everything) else {},
        )
