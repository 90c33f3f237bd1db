"""Which fields surely have a value whenever they are read.

o = New(P); P.__init__(o, 1)       and __init__ assigns x before anything else sees its object: x is sure

A field that is not sure gets a flag in its object, and each read of it a check.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import final

from spy_types.program.nodes import (
    Assign,
    Call,
    Cast,
    Eval,
    Expr,
    GetAttr,
    If,
    Local,
    New,
    Raise,
    SetAttr,
    Stmt,
)
from spy_types.program.program import Function, Program
from spy_types.program.types import ClassType, TypeDef, TypeId
from spy_types.program.walk import children, walk

from spy_cbackend.walk import all_statements, bodies, body_expressions

Names = frozenset[str]
NO_FIELDS: Names = frozenset()


def declaring_class(types: Mapping[TypeId, TypeDef], t: TypeId, field: str) -> TypeId:
    """Return the class, `t` or one it is based on, that brings `field`."""
    definition = types[t]
    assert isinstance(definition, ClassType)
    while definition.base is not None:
        base = types[definition.base]
        assert isinstance(base, ClassType)
        if all(known.name != field for known in base.fields):
            return t
        t, definition = definition.base, base
    return t


@final
@dataclass(frozen=True, slots=True)
class Fields:
    """What is known of the fields of classes."""

    types: Mapping[TypeId, TypeDef]
    unsure: frozenset[tuple[TypeId, str]]

    def is_sure(self, t: TypeId, field: str) -> bool:
        """Say whether `field` of objects of class `t` always has a value."""
        return (declaring_class(self.types, t, field), field) not in self.unsure

    def is_upcast(self, t: TypeId, other: TypeId) -> bool:
        """Say whether every `t` is an `other`."""
        definition = self.types[t]
        return t == other or (isinstance(definition, ClassType) and other in definition.ancestors)


def unsure_fields(program: Program) -> frozenset[tuple[TypeId, str]]:
    """Return the fields that need a flag, each with the class that declares it."""
    sure = _Search(program).sure()
    unsure = set()
    for made, fields in sure.items():
        definition = program.types[made]
        assert isinstance(definition, ClassType)
        for field in definition.fields:
            if field.name not in fields:
                unsure.add((declaring_class(program.types, made, field.name), field.name))
    return frozenset(unsure)


@final
class _Search:
    """What constructors assign, found by a look at the statements after each New."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.functions = {function.fqn: function for function in program.functions}
        self.known: dict[str, tuple[Names, bool]] = {}

    def sure(self) -> dict[TypeId, Names]:
        """Return the fields that all objects of each class have when they are first seen."""
        found: dict[TypeId, Names] = {}
        for made in self.program.objects:
            definition = self.program.types[made.t]
            assert isinstance(definition, ClassType)
            values = zip(definition.fields, made.values, strict=True)
            _meet(found, made.t, frozenset(field.name for field, value in values if value is not None))
        for function in self.program.functions:
            self._look_at(function, found)
        return found

    def _look_at(self, function: Function, found: dict[TypeId, Names]) -> None:
        followed: set[int] = set()
        for block in _blocks(function.body):
            for i, stmt in enumerate(block):
                if isinstance(stmt, Assign) and isinstance(stmt.value, New):
                    followed.add(id(stmt.value))
                    assigned, _ = self._assigned(block[i + 1 :], stmt.name, NO_FIELDS)
                    _meet(found, stmt.value.t, assigned)
        for expr in body_expressions(function.body):
            if isinstance(expr, New) and id(expr) not in followed:
                _meet(found, expr.t, NO_FIELDS)

    def _assigned(self, body: Sequence[Stmt], name: str, before: Names) -> tuple[Names, bool]:  # noqa: C901, PLR0911  # one case per node
        """Return what `body` surely assigns to the object in `name`.

        Also whether it goes on to the end, with nobody else having seen the object.
        """
        fields = before
        for stmt in body:
            match stmt:
                case SetAttr(obj=obj, field=field, value=value) if _is_object(obj, name):
                    if not _reads_only(value, name, fields):
                        return fields, False
                    fields |= {field}
                case Eval(value=Call(func=func, args=(first, *rest))) if _is_object(first, name):
                    if not all(_reads_only(arg, name, fields) for arg in rest):
                        return fields, False
                    more, private = self._assigned_by(func)
                    fields |= more
                    if not private:
                        return fields, False
                case If(cond=cond, then=then, orelse=orelse) if _reads_only(cond, name, fields):
                    first_part, first_ends = self._assigned(then, name, fields)
                    second_part, second_ends = self._assigned(orelse, name, fields)
                    fields = _either(then, first_part, orelse, second_part)
                    if not (first_ends and second_ends):
                        return fields, False
                case Raise():
                    return fields, True
                case _ if not _reads_only(stmt, name, fields) or _leaves(stmt):
                    return fields, False
        return fields, True

    def _assigned_by(self, fqn: str) -> tuple[Names, bool]:
        """Return what a call assigns to its first argument, and whether nobody else sees that."""
        function = self.functions.get(fqn)
        if function is None or not function.params:
            return NO_FIELDS, False
        if fqn not in self.known:
            self.known[fqn] = (NO_FIELDS, False)  # of a recursive call
            self.known[fqn] = self._assigned(function.body, function.params[0].name, NO_FIELDS)
        return self.known[fqn]


def _meet(found: dict[TypeId, Names], t: TypeId, fields: Names) -> None:
    found[t] = found[t] & fields if t in found else fields


def _either(then: Sequence[Stmt], first: Names, orelse: Sequence[Stmt], second: Names) -> Names:
    """Return what is assigned after one of two branches; one that raises does not count."""
    if then and isinstance(then[-1], Raise):
        return second
    if orelse and isinstance(orelse[-1], Raise):
        return first
    return first & second


def _is_object(expr: Expr, name: str) -> bool:
    while isinstance(expr, Cast):
        expr = expr.value
    return isinstance(expr, Local) and expr.name == name


def _reads_only(node: Expr | Stmt, name: str, fields: Names) -> bool:
    """Whether `node` does nothing with the object but read fields that it has."""
    if isinstance(node, GetAttr) and _is_object(node.value, name):
        return node.field in fields
    if isinstance(node, Local):
        return node.name != name
    if isinstance(node, Assign) and node.name == name:
        return False
    return all(_reads_only(child, name, fields) for child in children(node))


def _leaves(stmt: Stmt) -> bool:
    """Whether the function may end in `stmt`, or a loop around it."""
    return any(type(node).__name__ in ("Return", "Break", "Continue") for node in walk(stmt))


def _blocks(body: Sequence[Stmt]) -> Iterable[Sequence[Stmt]]:
    """Yield `body` and every list of statements below it, those inside expressions too."""
    yield body
    for stmt in all_statements(body):
        yield from bodies(stmt)
    for expr in body_expressions(body):
        inner = getattr(expr, "body", None)
        if inner:
            yield inner
