"""`match`: cases are tried in order.

match x:                          if x fits 1: ...
    case 1: ...           ->      elif x fits [a, b] and (a, b := x; a < b): ...
    case [a, b] if a < b: ...     else: ...
    case _: ...
"""

from dataclasses import dataclass
from typing import Any, final

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.frame.facts import Facts, is_of_kind
from spy_vm.frame.narrowing import members_of
from spy_vm.frame.patterns import Binding, Patterns, Read
from spy_vm.frame.writes import path_of
from spy_vm.interface.flow import Flow
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_StructType, W_UnionType


class Matching(Patterns):
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

        return self.cases(stmt, stmt.cases, read, (name,), frozenset())

    def cases(
        self,
        stmt: n.Match,
        cases: tuple[n.MatchCase, ...],
        read: Read,
        path: tuple[str, ...],
        covered: frozenset[Any],
    ) -> Flow:
        """Run the first of `cases` that fits what `read` gives; `covered`: values that earlier ones take."""
        if not cases:
            self._refuse_to_fall_off(stmt, read(self), covered, path)
            return Flow.NEXT
        case = cases[0]
        place = self.loc(case.pattern.span)
        bound = self.bindings(case.pattern, read, place)
        yes, no = self._pattern_facts(case.pattern, read(self), path)
        test = self.fits(case.pattern, read, place)
        if case.guard is None:
            covered |= self._values_of(case.pattern)
            values = values_of_type(read(self).w_T)
            if values and covered >= values.keys():
                test = blue(b.W_BOOL, True, place)
        if case.guard is not None:
            test, no = self.guarded_test(test, yes, bound, case.guard, place), {}

        def body(f: Matching) -> Flow:
            if case.guard is None:
                f.bind_all(bound)
            else:
                f.surely_bound([name for name, _, _ in bound])
            return f.exec_block(case.body)

        def others(f: Matching) -> Flow:
            return f.cases(stmt, cases[1:], read, path, covered)

        return self.decide(test, (yes, no), body, others, self.loc(case.span))

    def _values_of(self, pattern: n.Pattern) -> frozenset[Any]:
        """Return what surely fits `pattern`: members of an enumeration, bools, lists of some lengths."""
        match pattern:
            case n.MatchOr(patterns=patterns):
                return frozenset(value for part in patterns for value in self._values_of(part))
            case n.MatchAs(pattern=inner) if inner is not None:
                return self._values_of(inner)
            case n.MatchSingleton(value=bool() as value):
                return frozenset((value,))
            case n.MatchValue(value=node):
                op = self.eval(node)
                return frozenset((op.val,)) if op.blue and values_of_type(op.w_T) else frozenset()
            case n.MatchSequence(patterns=patterns) if all(_fits_any_item(part) for part in patterns):
                starred = any(isinstance(part, n.MatchStar) for part in patterns)
                return frozenset((LongerLists(len(patterns) - 1) if starred else ListOf(len(patterns)),))
            case _:
                return frozenset()

    def _refuse_to_fall_off(
        self, stmt: n.Match, op: Operand, covered: frozenset[Any], path: tuple[str, ...]
    ) -> None:
        """A function whose last statement matches all values but some would end without a result."""
        w_func = self.w_func
        if w_func is None or self.blue_frame or w_func.node.body[-1] is not stmt:
            return
        if w_func.w_result is None or may_be_none(w_func.w_result):
            return
        values = values_of_type(op.w_T)
        missing = [shown for value, shown in values.items() if value not in covered]
        if not values and path in self.seen:
            missing = [
                f"{short_type(w_M)}()" if w_M is not b.W_NONE else "None"
                for w_M in members_of(op.w_T)
                if not (is_of_kind(w_M, self.world.library("list", None).val) and _every_length(covered))
            ]
        if missing:
            raise errors.uncovered(missing, self.loc(stmt.subject.span), w_func)

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
        if not isinstance(op.w_T, (W_UnionType, W_ClassType)):
            return {}, {}
        everything = set(members_of(op.w_T))
        fitting, left = self.left_by(pattern, op.w_T)
        return (
            {path: self.world.union_type(fitting)} if fitting and set(fitting) != everything else {},
            {path: self.world.union_type(left)} if left and set(left) != everything else {},
        )


@final
@dataclass(frozen=True, slots=True)
class ListOf:
    """All lists of `length` items, as what a pattern covers."""

    length: int


@final
@dataclass(frozen=True, slots=True)
class LongerLists:
    """All lists of at least `length` items, as what a pattern covers."""

    length: int


def _fits_any_item(pattern: n.Pattern) -> bool:
    return isinstance(pattern, n.MatchStar) or (isinstance(pattern, n.MatchAs) and pattern.pattern is None)


def _every_length(covered: frozenset[Any]) -> bool:
    """Whether lists of every length are covered."""
    longer = [part.length for part in covered if isinstance(part, LongerLists)]
    return bool(longer) and all(ListOf(length) in covered for length in range(min(longer)))


def values_of_type(w_T: W_Type) -> dict[Any, str]:
    """Return all values of an enumeration or of bool, and how users write them; nothing for other types."""
    if w_T is b.W_BOOL:
        return {True: "True", False: "False"}
    if not isinstance(w_T, W_StructType) or w_T.enumerators is None or w_T.enum_kind in ("flag", "int_flag"):
        return {}
    return {held: f"{short_type(w_T)}.{name}" for name, held in w_T.enumerators.items()}


def may_be_none(w_T: W_Type) -> bool:
    """Whether None is a value of `w_T`."""
    return w_T in (b.W_NONE, b.W_DYNAMIC) or (isinstance(w_T, W_UnionType) and w_T.optional)


def short_type(w_T: W_Type) -> str:
    """Return the name that a user writes for a type."""
    return {"i32": "int", "f64": "float"}.get(w_T.fqn, w_T.display.rpartition("::")[2])
