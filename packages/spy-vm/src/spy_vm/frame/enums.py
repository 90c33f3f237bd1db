"""Enumerations: `class Color(Enum)`.

A member is a struct: of its number, or of its value where members stand for their values (IntEnum,
StrEnum, Flag). What it can do is SPy code, in the library module `enum`.
"""

from typing import Any, final

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm.frame.finish_class import finish_class
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import W_Func
from spy_vm.objects.meta import BlueList, Descriptor
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_StructType
from spy_vm.structs import finish_struct

KINDS = {"Enum": "plain", "IntEnum": "int", "StrEnum": "str", "Flag": "flag", "IntFlag": "int_flag"}
MIXED = {"str": "text", "i32": "number"}  # `class Color(str, Enum)`: as above, but shown like plain members
FLAGS = ("flag", "int_flag")


class Enums(Frame):
    """Definitions of enumerations."""

    def enum_kind(self, stmt: n.ClassDef) -> tuple[str, W_Type] | None:
        """Return what kind of enumeration `stmt` defines, and its base; None if it defines something else."""
        if not stmt.bases or "enum" not in self.world.modules:
            return None
        *mixins, last = [self.eval(base) for base in stmt.bases]
        if last.w_T is not b.W_TYPE:
            return None
        kind = self._kind_of(last.val)
        if kind is None or not mixins:
            return None if kind is None else (kind, last.val)
        return MIXED.get(getattr(mixins[0].val, "fqn", ""), kind), last.val

    def define_enum(self, stmt: n.ClassDef, w_T: W_StructType, kind: str, w_base: W_Type) -> None:
        """Run the body of an enumeration and make its members."""
        loc = self.loc(stmt.name_span)
        frame = self.class_frame(stmt, w_T)
        frame.declare_classes(stmt.body)
        initialisers = [part for part in stmt.body if _is_initialiser(part)]
        numbers = Automatic(self.world.lookup_target("enum::auto", None).val, kind)
        for part in stmt.body:
            if not _is_initialiser(part):
                frame.exec_block((part,))
                numbers.replace(frame.locals)
        given = {name: op for name, op in frame.locals.items() if _is_member(name, op)}
        for name in given:
            del frame.locals[name]
        self._complete_enum(w_T, kind, w_base, frame, given, loc)
        if initialisers:
            self._add_attributes(stmt, w_T, initialisers, given, loc)

    def make_enum(self, kind_of: W_Type, name: str, members: list[str], loc: Loc) -> Operand:
        """Return the enumeration `Enum(name, members)`, whose values are 1, 2, ..."""
        kind = self._kind_of(kind_of)
        assert kind is not None
        w_T = W_StructType(self.world.unique_fqn(f"{self.ns}::{name}"))
        w_T.loc = loc
        self.world.register_type(w_T)
        frame = self.new_frame(self.module, self.scope, self, w_T.fqn, blue_frame=True)
        frame.class_fields, frame.class_type = {}, w_T
        numbers = Automatic(None, kind)
        given = {member: numbers.next(member, loc) for member in members}
        self._complete_enum(w_T, kind, kind_of, frame, given, loc)
        return blue(b.W_TYPE, w_T, loc)

    def _complete_enum(  # noqa: PLR0913, PLR0917  # all of them matter
        self,
        w_T: W_StructType,
        kind: str,
        w_base: W_Type,
        frame: Frame,
        values: dict[str, Operand],
        loc: Loc,
    ) -> None:
        """Give `w_T` its field, its members and what they can do."""
        w_field = self._field_type(kind, list(values.values()))
        frame.class_fields = {"value" if kind != "plain" else "_number": w_field}
        w_T.w_base = w_base
        w_T.enum_kind = kind
        w_T.stands_for = None if kind in ("plain", *FLAGS[:1]) else "value"
        finish_struct(self, w_T, frame, loc)
        self._add_members(w_T, kind, values, w_field)
        self._equip(w_T, kind, values, loc)

    def _add_attributes(
        self,
        stmt: n.ClassDef,
        w_T: W_StructType,
        initialisers: list[n.Stmt],
        values: dict[str, Operand],
        loc: Loc,
    ) -> None:
        """Run `__init__` for each member, now, and let members show what it assigns.

        What it assigns are the fields of an object that stands behind the member.
        """
        w_C = W_ClassType(self.world.unique_fqn(f"{w_T.fqn}::__attributes__"), w_T.display)
        w_C.loc = loc
        self.world.register_type(w_C)
        frame = self.class_frame(stmt, w_C)
        frame.exec_block(tuple(initialisers))
        finish_class(w_C, frame)
        assert w_T.enumerators is not None
        names = [name for name in values if name in w_T.enumerators]
        objects = []
        for name in names:
            op = values[name]
            args = [op] if self.tuple_fields(op.w_T) is None else self.spread(op, loc)
            objects.append(frame.instantiate(w_C, args, {}, op.loc or loc))
        fields = [blue(b.W_STR, field, loc) for field in w_C.fields if field not in w_T.attrs]
        args = [
            blue(b.W_TYPE, w_T, loc),
            self._name_list(names, loc),
            blue(b.W_BLUE_LIST, BlueList(objects), loc),
            blue(b.W_BLUE_LIST, BlueList(fields), loc),
        ]
        self._call_library("_equip_attributes", args, loc)

    def _kind_of(self, w_T: W_Type) -> str | None:
        for name, kind in KINDS.items():
            if self.world.lookup_target(f"enum::{name}", None).val is w_T:
                return kind
        return w_T.enum_kind if isinstance(w_T, W_StructType) and not w_T.enumerators else None

    def _field_type(self, kind: str, values: list[Operand]) -> W_Type:
        if kind in ("str", "text"):
            w_T = b.W_STR
        elif kind == "plain":
            return b.W_I32
        else:
            w_T = b.W_I32
        for op in values:
            self.convert(op, w_T)
        return w_T

    def _add_members(self, w_T: W_StructType, kind: str, values: dict[str, Operand], w_field: W_Type) -> None:
        seen: list[tuple[Any, Any]] = []
        w_T.enumerators = {}
        for name, op in values.items():
            key = (op.w_T, op.val)
            if key not in seen:
                seen.append(key)
            held = seen.index(key) if kind == "plain" else self.convert(op, w_field).val
            member = blue(w_T, (held,), op.loc)
            w_T.attrs[name] = member
            if (held,) not in w_T.enumerators.values():
                w_T.enumerators[name] = (held,)

    def _equip(self, w_T: W_StructType, kind: str, values: dict[str, Operand], loc: Loc) -> None:
        assert w_T.enumerators is not None
        unaliased = [name for name in values if name in w_T.enumerators]
        args = [
            blue(b.W_TYPE, w_T, loc),
            blue(b.W_STR, kind, loc),
            self._name_list(unaliased, loc),
            blue(b.W_BLUE_LIST, BlueList([values[name] for name in unaliased]), loc),
        ]
        self._call_library("_equip", args, loc)

    def _name_list(self, names: list[str], loc: Loc) -> Operand:
        return blue(b.W_BLUE_LIST, BlueList([blue(b.W_STR, name, loc) for name in names]), loc)

    def _call_library(self, name: str, args: list[Operand], loc: Loc) -> None:
        function = self.world.lookup_target(f"enum::{name}", loc)
        assert isinstance(function.val, W_Func)
        self.call_blue(function.val, args, loc, cache=False)


@final
class Automatic:
    """Values for `auto()`: the next number, the next bit, or the name in lower case."""

    def __init__(self, w_auto: W_Type | None, kind: str) -> None:
        self.w_auto = w_auto
        self.kind = kind
        self.highest = 0
        self.seen: set[str] = set()

    def replace(self, names: dict[str, Operand]) -> None:
        """Replace `auto()` in the names that are new, and remember the highest number."""
        for name, op in names.items():
            if name in self.seen or not _is_member(name, op):
                continue
            self.seen.add(name)
            if op.w_T is self.w_auto:
                names[name] = self.next(name, op.loc)
            elif op.w_T is b.W_I32:
                self.highest = max(self.highest, op.val) if self.kind in FLAGS else op.val

    def next(self, name: str, loc: Loc | None) -> Operand:
        """Return the value of the member `name`."""
        if self.kind == "str":
            return blue(b.W_STR, name.lower(), loc)
        self.highest = 1 << self.highest.bit_length() if self.kind in FLAGS else self.highest + 1
        return blue(b.W_I32, self.highest, loc)


def _is_initialiser(stmt: n.Stmt) -> bool:
    return isinstance(stmt, n.FunctionDef) and stmt.name == "__init__"


def _is_member(name: str, op: Operand) -> bool:
    if name.startswith("__") and name.endswith("__"):
        return False
    return not isinstance(op.val, (W_Func, Descriptor, W_Type))
