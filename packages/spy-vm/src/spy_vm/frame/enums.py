"""Enumerations: `class Color(Enum)`.

A member is a struct: of its number, or of its value where members stand for their values (IntEnum,
StrEnum, Flag). What it can do is SPy code, in the library module `enum`.
"""

from typing import Any

from spy_types.syntax import nodes as n

from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
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
        frame.exec_block(stmt.body)
        given = {name: op for name, op in frame.locals.items() if _is_member(name, op)}
        for name in given:
            del frame.locals[name]
        values = self._values(w_T, kind, given)
        w_field = self._field_type(kind, list(values.values()))
        frame.class_fields = {"value" if kind != "plain" else "_number": w_field}
        w_T.w_base = w_base
        w_T.enum_kind = kind
        w_T.stands_for = None if kind in ("plain", *FLAGS[:1]) else "value"
        finish_struct(self, w_T, frame, loc)
        self._add_members(w_T, kind, values, w_field)
        self._equip(w_T, kind, values, stmt)

    def _kind_of(self, w_T: W_Type) -> str | None:
        for name, kind in KINDS.items():
            if self.world.lookup_target(f"enum::{name}", None).val is w_T:
                return kind
        return w_T.enum_kind if isinstance(w_T, W_StructType) and not w_T.enumerators else None

    def _values(self, w_T: W_Type, kind: str, given: dict[str, Operand]) -> dict[str, Operand]:
        """Return the members with their values, `auto()` replaced."""
        w_auto = self.world.lookup_target("enum::auto", None).val
        values: dict[str, Operand] = {}
        highest = 0
        for name, op in given.items():
            value = op
            if op.w_T is w_auto and kind == "str":
                value = blue(b.W_STR, name.lower(), op.loc)
            elif op.w_T is w_auto:
                number = 1 << highest.bit_length() if kind in FLAGS else highest + 1
                value = blue(b.W_I32, number, op.loc)
            if value.w_T is b.W_I32:
                highest = max(highest, value.val) if kind in FLAGS else value.val
            values[name] = value
        return values

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

    def _equip(self, w_T: W_StructType, kind: str, values: dict[str, Operand], stmt: n.ClassDef) -> None:
        loc = self.loc(stmt.name_span)
        assert w_T.enumerators is not None
        unaliased = [name for name in values if name in w_T.enumerators]
        args = [
            blue(b.W_TYPE, w_T, loc),
            blue(b.W_STR, kind, loc),
            blue(b.W_BLUE_LIST, BlueList([blue(b.W_STR, name, loc) for name in unaliased]), loc),
            blue(b.W_BLUE_LIST, BlueList([values[name] for name in unaliased]), loc),
        ]
        equip = self.world.lookup_target("enum::_equip", loc)
        assert isinstance(equip.val, W_Func)
        self.call_blue(equip.val, args, loc, cache=False)


def _is_member(name: str, op: Operand) -> bool:
    if name.startswith("__") and name.endswith("__"):
        return False
    return not isinstance(op.val, (W_Func, Descriptor, W_Type))
