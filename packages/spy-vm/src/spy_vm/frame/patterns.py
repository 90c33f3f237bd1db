"""Patterns of `match`: the test whether a value fits, and the names that a fitting one binds.

A part of the subject is passed around as `read`, which reads it again in the frame that asks.
"""

from collections.abc import Callable
from typing import Any

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.dispatch import attribute, item, members
from spy_vm.dispatch.binop import binary
from spy_vm.frame.facts import hits_of, is_of_kind
from spy_vm.frame.narrowing import Narrowing, members_of
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_Func
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_StructType, W_UnionType

Read = Callable[["Patterns"], Operand]
Check = Callable[["Patterns"], Operand]
Binding = tuple[str, Read, n.Pattern]
WHOLE = frozenset(("bool", "bytes", "dict", "float", "i32", "int", "list", "set", "str", "tuple", "f64"))


class Patterns(Narrowing):
    """What a pattern asks of a value."""

    def fits(self, pattern: n.Pattern, read: Read, loc: Loc) -> Operand:
        """Return whether what `read` gives fits `pattern`."""
        match pattern:
            case n.MatchAs(pattern=inner):
                return blue(b.W_BOOL, True, loc) if inner is None else self.fits(inner, read, loc)
            case n.MatchOr(patterns=patterns):
                return self.any_of([_fit(part, read, loc) for part in patterns], loc)
            case n.MatchSingleton(value=value):
                return self._is_singleton(value, read(self), loc)
            case n.MatchValue(value=value):
                place = self.loc(value.span)
                equal = members.equals_member(
                    self, read(self), self.eval(value), lambda f, x, y: binary(f, "==", x, y, place), place
                )
                return self.truth(equal) if equal.w_T is b.W_DYNAMIC else equal
            case n.MatchStar():
                return blue(b.W_BOOL, True, loc)
            case _:
                return self._fits_kind(pattern, read, loc)

    def bindings(self, pattern: n.Pattern, read: Read, loc: Loc) -> list[Binding]:
        """Return the names that `pattern` binds, and what to; of alternatives, only one that binds none."""
        match pattern:
            case n.MatchAs(pattern=inner, name=name):
                found = [] if inner is None else self.bindings(inner, read, loc)
                known = read if inner is None else self.known_as(inner, read)
                return found if name is None else [*found, (name, known, pattern)]
            case n.MatchStar(name=name):
                return [] if name is None else [(name, read, pattern)]
            case n.MatchOr(patterns=patterns):
                if any(self.bindings(part, read, loc) for part in patterns):
                    return self._shared_bindings(pattern, read, loc)
                return []
            case n.MatchSequence() | n.MatchMapping() | n.MatchClass():
                bound = [
                    x
                    for part, inner in self.parts_of(pattern, read, loc)
                    for x in self.bindings(part, inner, loc)
                ]
                if isinstance(pattern, n.MatchMapping) and pattern.rest is not None:
                    bound.append(
                        (pattern.rest, lambda f: f.without_keys(read(f), pattern.keys, loc), pattern)
                    )
                return bound
            case _:
                return []

    def left_by(self, pattern: n.Pattern, w_T: W_Type) -> tuple[list[W_Type], list[W_Type]]:  # noqa: PLR0911  # one case after another
        """Return the members of `w_T` that may fit `pattern`, and those that may not fit."""
        everything = list(members_of(w_T))
        if w_T is b.W_DYNAMIC and isinstance(pattern, n.MatchClass | n.MatchSequence | n.MatchMapping):
            return everything, everything
        match pattern:
            case n.MatchAs(pattern=None) | n.MatchStar():
                return everything, []
            case n.MatchAs(pattern=n.MatchAs() | n.MatchOr() | n.MatchClass() | n.MatchSingleton() as inner):
                return self.left_by(inner, w_T)
            case n.MatchOr(patterns=patterns):
                fitting: list[W_Type] = []
                left = everything
                for part in patterns:
                    more, left = self.left_by(part, self.world.union_type(left)) if left else ([], [])
                    fitting += [w_M for w_M in more if w_M not in fitting]
                return fitting, left
            case n.MatchSingleton(value=None):
                return [w_M for w_M in everything if w_M is b.W_NONE], [
                    w_M for w_M in everything if w_M is not b.W_NONE
                ]
            case n.MatchValue() | n.MatchSingleton():
                return [w_M for w_M in everything if w_M is not b.W_NONE], everything
            case n.MatchClass():
                return self._left_by_class(pattern, everything)
            case n.MatchSequence() | n.MatchMapping():
                wanted = self._is_sequence if isinstance(pattern, n.MatchSequence) else self._is_mapping
                return [w_M for w_M in everything if wanted(w_M)], everything
            case _:
                return everything, everything

    def known_as(self, pattern: n.Pattern, read: Read) -> Read:
        """Return a read of the same value as of the type that fits `pattern`."""

        def known(f: Patterns) -> Operand:
            op = read(f)
            fitting, _ = f.left_by(pattern, op.w_T)
            return f.refined(op, f.world.union_type(fitting)) if fitting else op

        return known

    def parts_of(self, pattern: n.Pattern, read: Read, loc: Loc) -> list[tuple[n.Pattern, Read]]:
        """Return the patterns inside `pattern` with the parts of the value that they are for."""
        known = self.known_as(pattern, read)
        match pattern:
            case n.MatchSequence(patterns=patterns):
                return self._items_of(patterns, known, loc)
            case n.MatchMapping(keys=keys, patterns=patterns):
                return [(part, _value_at(known, key, loc)) for key, part in zip(keys, patterns, strict=True)]
            case n.MatchClass(patterns=patterns, kwd_attrs=names, kwd_patterns=more):
                return [
                    *self._positional(pattern, patterns, known, loc),
                    *(
                        (part, _attribute_of(known, name, loc))
                        for name, part in zip(names, more, strict=True)
                    ),
                ]
            case _:
                return []

    def every(self, checks: list[Check], loc: Loc) -> Operand:
        """Return whether all `checks` pass; those after one that does not are not made."""
        return self._chain("and", checks, loc)

    def any_of(self, checks: list[Check], loc: Loc) -> Operand:
        """Return whether one of `checks` passes."""
        return self._chain("or", checks, loc)

    def kind_of(self, node: n.Expr) -> Any:
        """Return the class that a class pattern names: a type, or a generic one without arguments."""
        op = self.eval(node)
        if op.w_T is b.W_TYPE or isinstance(op.val, W_Func):
            return op.val
        raise errors.expected_type(op)

    def without_keys(self, op: Operand, keys: tuple[n.Expr, ...], loc: Loc) -> Operand:
        """Return a copy of a dict without `keys`."""
        name = self.fresh("rest")
        copy = attribute.call_method(self, op, "copy", [], {}, loc)
        self.write_local(name, copy, loc)
        for key in keys:
            item.del_item(self, self.read_local(name, loc), [self.eval(key)], loc)
        return self.read_local(name, loc)

    def _fits_kind(self, pattern: n.Pattern, read: Read, loc: Loc) -> Operand:
        op = read(self)
        fitting, _ = self.left_by(pattern, op.w_T)
        if not fitting:
            return blue(b.W_BOOL, False, loc)
        checks: list[Check] = []
        if op.w_T is b.W_DYNAMIC:
            checks.append(lambda f: f.holds_kind(pattern, read(f), loc))
        elif isinstance(pattern, n.MatchClass) and any(w_T not in members_of(op.w_T) for w_T in fitting):
            is_instance, kind = self.world.builtins["isinstance"], pattern.cls
            checks.append(lambda f: f.call(is_instance, [read(f), f.eval(kind)], {}, loc))
        elif isinstance(op.w_T, W_UnionType) and len(fitting) < len(op.w_T.members):
            checks.append(lambda f: members.tests(f, read(f), fitting, loc))
        checks += self._own_checks(pattern, self.known_as(pattern, read), loc)
        checks += [_fit(part, inner, loc) for part, inner in self.parts_of(pattern, read, loc)]
        return self.every(checks, loc) if checks else blue(b.W_BOOL, True, loc)

    def holds_kind(self, pattern: n.Pattern, op: Operand, loc: Loc) -> Operand:
        """Return whether the dynamic `op` holds what `pattern` takes apart."""
        match pattern:
            case n.MatchClass(cls=cls):
                kinds = [self.eval(cls)]
            case n.MatchSequence():
                kinds = [self.world.library(name, loc) for name in ("list", "tuple")]
            case _:
                kinds = [self.world.library("dict", loc)]
        is_instance = self.world.builtins["isinstance"]

        def check(kind: Operand) -> Check:
            return lambda f: f.call(is_instance, [op, kind], {}, loc)

        return self.any_of([check(kind) for kind in kinds], loc)

    def _own_checks(self, pattern: n.Pattern, known: Read, loc: Loc) -> list[Check]:
        match pattern:
            case n.MatchSequence(patterns=patterns):
                stars = sum(isinstance(part, n.MatchStar) for part in patterns)
                size = blue(b.W_I32, len(patterns) - stars, loc)
                symbol = ">=" if stars else "=="
                length = self.world.builtins["len"]
                return [lambda f: binary(f, symbol, f.call(length, [known(f)], {}, loc), size, loc)]
            case n.MatchMapping(keys=keys):
                return [_has_key(known, key, loc) for key in keys]
            case _:
                return []

    def _items_of(
        self, patterns: tuple[n.Pattern, ...], known: Read, loc: Loc
    ) -> list[tuple[n.Pattern, Read]]:
        star = next((i for i, part in enumerate(patterns) if isinstance(part, n.MatchStar)), None)
        parts: list[tuple[n.Pattern, Read]] = []
        for i, part in enumerate(patterns):
            if i == star:
                parts.append((part, _middle_of(known, i, len(patterns) - 1 - i, loc)))
                continue
            at = i if star is None or i < star else i - len(patterns)
            parts.append((part, _item_at(known, at, loc)))
        return parts

    def middle_of(self, op: Operand, before: int, after: int, loc: Loc) -> Operand:
        """Return the items of a sequence as a list, without the first and last ones."""
        names = self.tuple_fields(op.w_T)
        if names is not None:
            fields = [self.get_field(op, name, loc) for name in names[before : len(names) - after]]
            if not fields:
                return blue(b.W_EMPTY_LIST, None, loc)
            return self.build_list(self.common_type(fields, "items of this pattern"), fields, loc)
        bounds = [
            blue(b.W_I32, before, loc),
            blue(b.W_I32, -after, loc) if after else blue(b.W_NONE, None, loc),
        ]
        piece = self.call(self.world.library("slice", loc), [*bounds, blue(b.W_NONE, None, loc)], {}, loc)
        return item.get_item(self, op, [piece], loc)

    def _positional(
        self, pattern: n.MatchClass, patterns: tuple[n.Pattern, ...], known: Read, loc: Loc
    ) -> list[tuple[n.Pattern, Read]]:
        if not patterns:
            return []
        kind = self.kind_of(pattern.cls)
        if len(patterns) == 1 and _short(kind) in WHOLE:
            return [(patterns[0], known)]
        names = self._match_args(kind)
        if len(patterns) > len(names):
            raise errors.too_many_patterns(_short(kind), len(names), len(patterns), self.loc(pattern.span))
        return [(part, _attribute_of(known, name, loc)) for name, part in zip(names, patterns, strict=False)]

    def _match_args(self, kind: Any) -> list[str]:
        if not isinstance(kind, W_Type):
            return []
        declared = self.world.type_attr(kind, "__match_args__")
        if declared is not None:
            return list(declared.val)
        return list(kind.fields or {}) if isinstance(kind, W_StructType) else []

    def _left_by_class(
        self, pattern: n.MatchClass, everything: list[W_Type]
    ) -> tuple[list[W_Type], list[W_Type]]:
        kind = self.kind_of(pattern.cls)
        fitting = [w_hit for w_M in everything for w_hit in hits_of(w_M, [kind])]
        if all(map(is_irrefutable, (*pattern.patterns, *pattern.kwd_patterns))):
            return fitting, [w_M for w_M in everything if not is_of_kind(w_M, kind)]
        return fitting, everything

    def _is_sequence(self, w_T: W_Type) -> bool:
        return self.tuple_fields(w_T) is not None or is_of_kind(w_T, self.world.library("list", None).val)

    def _is_mapping(self, w_T: W_Type) -> bool:
        return is_of_kind(w_T, self.world.library("dict", None).val)

    def _is_singleton(self, value: bool | None, op: Operand, loc: Loc) -> Operand:
        if value is None:
            return item.identity(self, "is", op, blue(b.W_NONE, None, loc), loc)
        if op.w_T is b.W_DYNAMIC:
            return self.truth(self.dynamic_op("==", [op, blue(b.W_BOOL, value, loc)], loc))
        if isinstance(op.w_T, W_UnionType) and b.W_BOOL in op.w_T.members:
            held = members.tests(self, op, [b.W_BOOL], loc)
            return self.select(
                held,
                lambda f: f._is_singleton(value, f.from_union(op, b.W_BOOL), loc),
                lambda f: blue(b.W_BOOL, False, loc),
                loc,
            )
        if op.w_T is not b.W_BOOL:
            return blue(b.W_BOOL, False, loc)
        return op if value else self.call_prim("bool_not", [op], loc)

    def _shared_bindings(self, pattern: n.MatchOr, read: Read, loc: Loc) -> list[Binding]:
        """Alternatives that bind: which of them fits is asked again."""
        first = pattern.patterns[0]
        tables = [dict((x[0], x[1]) for x in self.bindings(part, read, loc)) for part in pattern.patterns]
        return [(name, _one_of(list(pattern.patterns), tables, name, read, loc), first) for name in tables[0]]

    def fitting_one(
        self, patterns: list[n.Pattern], tables: list[dict[str, Read]], name: str, read: Read, loc: Loc
    ) -> Operand:
        """Return what the first of `patterns` that fits binds `name` to."""
        if len(patterns) == 1:
            return tables[0][name](self)
        test = self.fits(patterns[0], read, loc)
        if test.blue:
            return (
                tables[0][name](self)
                if test.val
                else self.fitting_one(patterns[1:], tables[1:], name, read, loc)
            )
        return self.select(
            test,
            tables[0][name],
            lambda f: f.fitting_one(patterns[1:], tables[1:], name, read, loc),
            loc,
        )

    def _chain(self, symbol: str, checks: list[Check], loc: Loc) -> Operand:
        first, *rest = checks
        op = self.truth(first(self))
        if not rest:
            return op
        if op.blue:
            return self._chain(symbol, rest, loc) if op.val == (symbol == "and") else op
        short = blue(b.W_BOOL, symbol == "or", loc)
        if symbol == "and":
            return self.select(op, lambda f: f._chain(symbol, rest, loc), lambda f: short, loc)
        return self.select(op, lambda f: short, lambda f: f._chain(symbol, rest, loc), loc)


def is_irrefutable(pattern: n.Pattern) -> bool:
    """Whether every value fits `pattern`."""
    match pattern:
        case n.MatchAs(pattern=inner):
            return inner is None or is_irrefutable(inner)
        case n.MatchOr(patterns=patterns):
            return any(map(is_irrefutable, patterns))
        case n.MatchStar():
            return True
        case _:
            return False


def _fit(pattern: n.Pattern, read: Read, loc: Loc) -> Check:
    return lambda f: f.fits(pattern, read, loc)


def _value_at(known: Read, key: n.Expr, loc: Loc) -> Read:
    return lambda f: item.get_item(f, known(f), [f.eval(key)], loc)


def _item_at(known: Read, at: int, loc: Loc) -> Read:
    return lambda f: item.get_item(f, known(f), [blue(b.W_I32, at, loc)], loc)


def _middle_of(known: Read, before: int, after: int, loc: Loc) -> Read:
    return lambda f: f.middle_of(known(f), before, after, loc)


def _attribute_of(known: Read, name: str, loc: Loc) -> Read:
    return lambda f: attribute.get_attr(f, known(f), name, loc)


def _has_key(known: Read, key: n.Expr, loc: Loc) -> Check:
    return lambda f: item.contains(f, f.eval(key), known(f), loc)


def _one_of(
    patterns: list[n.Pattern], tables: list[dict[str, Read]], name: str, read: Read, loc: Loc
) -> Read:
    return lambda f: f.fitting_one(patterns, tables, name, read, loc)


def _short(kind: Any) -> str:
    return str(kind.display).rpartition("::")[2]
