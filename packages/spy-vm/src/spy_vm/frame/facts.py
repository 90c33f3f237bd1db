"""What a test tells of the types of names and attribute paths: if it holds, and if it does not.

x is not None            x: T              x: None
isinstance(x, A)         x: A              x: the other members
a and b                  all of both       what both sides leave open
"""

from collections.abc import Callable
from typing import Any

from spy_types.syntax import nodes as n

from spy_vm.frame.writes import Path, path_of
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import W_Func
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.objects.types import W_PtrType, W_StructType, W_UnionType

Facts = dict[Path, W_Type]
LITERALS = (n.IntLit, n.StrLit, n.FloatLit, n.BoolLit, n.BytesLit, n.JoinedStr)


class TestFacts(Frame):
    """Facts from tests. They speak of paths that the test has read: `seen` knows their types."""

    def facts(self, test: n.Expr) -> tuple[Facts, Facts]:  # noqa: PLR0911  # one case after another
        """Return what holds where `test` is true, and where it is false."""
        if not self.seen:
            return {}, {}
        match test:
            case n.UnaryOp(op="not", operand=operand):
                yes, no = self.facts(operand)
                return no, yes
            case n.BoolOp(op=symbol, values=values):
                return self._chain_facts(symbol, list(values))
            case n.Compare(left=left, ops=(symbol,), comparators=(right,)):
                return self._compare_facts(symbol, left, right)
            case n.Call(func=n.Name(id="isinstance"), args=(subject, kinds), keywords=()):
                return self._instance_facts(subject, kinds)
            case n.NamedExpr() | n.Name() | n.Attribute():
                return self._split(test, self.may_be_true, self.may_be_false)
            case _:
                return {}, {}

    def may_be_true(self, w_T: W_Type) -> bool:
        """Whether a value of this type may be true."""
        return w_T is not b.W_NONE

    def may_be_false(self, w_T: W_Type) -> bool:
        """Whether a value of this type may be false."""
        if not isinstance(w_T, (W_StructType, W_ClassType)) or isinstance(w_T, W_PtrType):
            return True
        names = self.tuple_fields(w_T)
        if names is not None:
            return not names
        return any(
            self.world.type_attr(w_T, dunder) is not None
            for dunder in ("__bool__", "__len__", "__convert_to__")
        )

    def _chain_facts(self, symbol: str, values: list[n.Expr]) -> tuple[Facts, Facts]:
        first, *rest = values
        yes, no = self.facts(first)
        if not rest:
            return yes, no
        on_with = yes if symbol == "and" else no
        saved = self.narrowed
        self.narrowed = {**saved, **on_with}
        more_yes, more_no = self._chain_facts(symbol, rest)
        self.narrowed = saved
        if symbol == "and":
            return {**yes, **more_yes}, self.join_facts(no, {**yes, **more_no})
        return self.join_facts(yes, {**no, **more_yes}), {**no, **more_no}

    def join_facts(self, left: Facts, right: Facts) -> Facts:
        """Return what holds whichever of the two holds."""
        joined = {}
        for path in left.keys() & right.keys():
            w_T = self.world.union_type([left[path], right[path]])
            if w_T is not self.seen.get(path):
                joined[path] = w_T
        return joined

    def _compare_facts(self, symbol: str, left: n.Expr, right: n.Expr) -> tuple[Facts, Facts]:
        if isinstance(left, n.NoneLit):
            left, right = right, left
        if isinstance(right, n.NoneLit) and symbol in ("is", "is not", "==", "!="):
            yes, no = self._split(left, lambda w_T: w_T is b.W_NONE, lambda w_T: w_T is not b.W_NONE)
            return (yes, no) if symbol in ("is", "==") else (no, yes)
        if isinstance(right, LITERALS) and symbol in ("==", "!="):
            yes, _ = self._split(left, lambda w_T: w_T is not b.W_NONE, lambda w_T: True)
            return (yes, {}) if symbol == "==" else ({}, yes)
        return {}, {}

    def _instance_facts(self, subject: n.Expr, kinds: n.Expr) -> tuple[Facts, Facts]:
        kind = self.eval(kinds)
        types = kinds_of(kind)
        path = path_of(subject)
        if path is None or path not in self.seen:
            return {}, {}
        members = self._members_now(path)
        if names_builtin_exception(kind):
            held = [w_M for w_M in members if is_exception(w_M)]
            return ({path: self.world.union_type(held)} if 0 < len(held) < len(members) else {}), {}
        hits = [w_hit for w_M in members for w_hit in hits_of(w_M, types)]
        return self._fact(path, members, hits), self._kept(
            path, members, lambda w_T: not any(is_of_kind(w_T, kind) for kind in types)
        )

    def _split(
        self, subject: n.Expr, yes: Callable[[W_Type], bool], no: Callable[[W_Type], bool]
    ) -> tuple[Facts, Facts]:
        path = path_of(subject)
        if path is None or path not in self.seen:
            return {}, {}
        members = self._members_now(path)
        return self._kept(path, members, yes), self._kept(path, members, no)

    def _members_now(self, path: Path) -> tuple[W_Type, ...]:
        w_now = self.seen[path]
        if self.is_stable(path):
            w_now = self.narrowed.get(path, w_now)
        return w_now.members if isinstance(w_now, W_UnionType) else (w_now,)

    def _kept(self, path: Path, members: tuple[W_Type, ...], keep: Callable[[W_Type], bool]) -> Facts:
        return self._fact(path, members, [w_T for w_T in members if keep(w_T)])

    def _fact(self, path: Path, members: tuple[W_Type, ...], left: list[W_Type]) -> Facts:
        """Return the fact that `path` is one of `left`, not of all `members`.

        An unstable path was asked anew: what was known of it before still holds if both can be true.
        """
        if not left or left == list(members):
            return {}
        if self.is_stable(path):
            return {path: self.world.union_type(left)}
        w_before = self.narrowed.get(path)
        if w_before is not None:
            before = w_before.members if isinstance(w_before, W_UnionType) else (w_before,)
            left = [w_T for w_T in left if w_T in before] or left
        return {path: self.seen[path] if left == [b.W_NONE] else self.world.union_type(left)}


def hits_of(w_M: W_Type, kinds: list[Any]) -> list[W_Type]:
    """Return what a member is known to be if it is of one of `kinds`."""
    if any(is_of_kind(w_M, kind) for kind in kinds):
        return [w_M]
    classes = [kind for kind in kinds if isinstance(kind, W_ClassType)]
    below: list[W_Type] = [
        w_C
        for w_C in classes
        if (isinstance(w_M, W_ClassType) and w_C.is_subtype(w_M))
        or (w_M is b.W_EXCEPTION and is_exception(w_C))
    ]
    if len(below) < 2 or not isinstance(below[0], W_ClassType):
        return below
    return [next(w_C for w_C in below[0].mro if all(w_kind.is_subtype(w_C) for w_kind in below))]


def is_exception(w_T: W_Type) -> bool:
    """Whether values of `w_T` are exceptions."""
    return w_T is b.W_EXCEPTION or (isinstance(w_T, W_ClassType) and w_T.exception is not None)


def names_builtin_exception(op: Operand) -> bool:
    """Whether the second argument of `isinstance` has a builtin exception type in it."""
    values = op.val if isinstance(op.val, tuple) else (op.val,)
    return any(isinstance(value, str) for value in values)


def is_of_kind(w_T: W_Type, kind: Any) -> bool:
    """Whether all values of `w_T` are instances of `kind`: a type, or a generic one such as `list`."""
    if isinstance(kind, W_UnionType):
        return any(w_T.is_subtype(w_M) for w_M in kind.members)
    return w_T.is_subtype(kind) if isinstance(kind, W_Type) else w_T.origin is kind


def kinds_of(op: Operand) -> list[Any]:
    """Return the classes that the second argument of `isinstance` names."""
    values: Any = op.val if isinstance(op.val, tuple) else (op.val,)
    found: list[Any] = []
    for value in values:
        if isinstance(value, W_UnionType):
            found += value.members
        elif isinstance(value, (W_Type, W_Func)):
            found.append(value)
        elif value is None:
            found.append(b.W_NONE)
    return found
