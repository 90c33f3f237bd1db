"""Constants as text: those of Python's own types as Python spells them, others with their type, `u8(3)`."""

import math
import struct
from collections.abc import Callable
from typing import Any

from spy_types.program.constants import (
    BoolConst,
    BytesConst,
    ComplexConst,
    ConstValue,
    DynamicConst,
    FloatConst,
    FuncConst,
    IntConst,
    NoneConst,
    NullConst,
    ObjectConst,
    PtrConst,
    StrConst,
    StructConst,
    UnionConst,
)
from spy_types.program.printer.names import Names
from spy_types.program.program import Program
from spy_types.program.types import StructType, TypeId

FLT_MAX = float.fromhex("0x1.fffffep+127")


class ConstantPrinter:
    """Spells constants; a struct's fields are looked up in `program` for their types."""

    def __init__(self, names: Names, program: Program | None) -> None:
        self.names = names
        self.types = {} if program is None else program.types

    def text(self, t: TypeId, value: ConstValue) -> str:
        """Return `value`, of type `t`."""
        return _PRINT[type(value)](self, t, value)


def _int(printer: ConstantPrinter, t: TypeId, value: IntConst) -> str:
    return str(value.value) if t == "i32" else f"{printer.names.type(t)}({value.value})"


def _float(printer: ConstantPrinter, t: TypeId, value: FloatConst) -> str:
    number = _number(value.hex)
    if t == "f64":
        return _python_float(number)
    argument = repr(_shortest_single(number)) if math.isfinite(number) else f"'{number}'"
    return f"{printer.names.type(t)}({argument})"


def _complex(_: ConstantPrinter, t: TypeId, value: ComplexConst) -> str:
    parts = _number(value.real), _number(value.imag)
    if all(math.isfinite(part) and not _is_negative_zero(part) for part in parts):
        return repr(complex(*parts))
    return f"complex({', '.join(map(_python_float, parts))})"


def _plain(_: ConstantPrinter, t: TypeId, value: BoolConst | StrConst | BytesConst) -> str:
    return repr(value.value)


def _none(_: ConstantPrinter, t: TypeId, value: NoneConst) -> str:
    return "None"


def _struct(printer: ConstantPrinter, t: TypeId, value: StructConst) -> str:
    definition = printer.types.get(t)
    types = [f.t for f in definition.fields] if isinstance(definition, StructType) else []
    types += ["?"] * (len(value.fields) - len(types))
    args = ", ".join(map(printer.text, types, value.fields))
    return f"{printer.names.member(t, '__make__')}({args})"


def _null(printer: ConstantPrinter, t: TypeId, value: NullConst) -> str:
    return printer.names.member(t, "NULL")


def _ptr(_: ConstantPrinter, t: TypeId, value: PtrConst) -> str:
    return f"addressof(block{value.block}[{value.index}])"


def _func(printer: ConstantPrinter, t: TypeId, value: FuncConst) -> str:
    return printer.names.function(value.fqn)


def _dynamic(printer: ConstantPrinter, t: TypeId, value: DynamicConst) -> str:
    return f"dynamic({printer.text(value.t, value.value)})"


def _union(printer: ConstantPrinter, t: TypeId, value: UnionConst) -> str:
    return printer.text(value.t, value.value)


def _object(_: ConstantPrinter, t: TypeId, value: ObjectConst) -> str:
    return f"object{value.object}"


_PRINT: dict[type, Callable[[ConstantPrinter, TypeId, Any], str]] = {
    IntConst: _int,
    FloatConst: _float,
    ComplexConst: _complex,
    BoolConst: _plain,
    NoneConst: _none,
    StrConst: _plain,
    BytesConst: _plain,
    StructConst: _struct,
    NullConst: _null,
    PtrConst: _ptr,
    FuncConst: _func,
    DynamicConst: _dynamic,
    UnionConst: _union,
    ObjectConst: _object,
}


def _shortest_single(number: float) -> float:
    """Return the float with the fewest digits that is `number` rounded to f32: 0.1, not 0.10000000149."""
    for digits in range(1, 10):
        candidate = float(f"{number:.{digits}g}")
        if abs(candidate) < FLT_MAX and struct.unpack("f", struct.pack("f", candidate))[0] == number:
            return candidate
    return number


def _is_negative_zero(number: float) -> bool:
    return number == 0 and math.copysign(1, number) < 0


def _python_float(number: float) -> str:
    return repr(number) if math.isfinite(number) else f"float('{number}')"


def _number(digits: str) -> float:
    try:
        return float.fromhex(digits)
    except (ValueError, OverflowError):
        return math.nan
