"""Constants as text: those of Python's own types as Python spells them, others with their type, `u8(3)`."""

import math
from collections.abc import Sequence
from typing import assert_never

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
    PtrConst,
    StrConst,
    StructConst,
)
from spy_types.program.printer.names import Names
from spy_types.program.program import Program
from spy_types.program.types import StructType, TypeId


class ConstantPrinter:
    """Spells constants; a struct's fields are looked up in `program` for their types."""

    def __init__(self, names: Names, program: Program | None) -> None:
        self.names = names
        self.types = {} if program is None else program.types

    def text(self, t: TypeId, value: ConstValue) -> str:  # noqa: PLR0911  # one case per kind of constant
        """Return `value`, of type `t`."""
        match value:
            case IntConst(value=number):
                return str(number) if t == "i32" else f"{self.names.type(t)}({number})"
            case FloatConst(hex=digits):
                return _float(digits) if t == "f64" else f"{self.names.type(t)}({_float_argument(digits)})"
            case ComplexConst(real=real, imag=imag):
                return _complex(real, imag)
            case BoolConst(value=flag):
                return str(flag)
            case NoneConst():
                return "None"
            case StrConst(value=text):
                return repr(text)
            case BytesConst(value=data):
                return repr(data)
            case StructConst(fields=fields):
                return f"{self.names.member(t, '__make__')}({self._fields(t, fields)})"
            case NullConst():
                return self.names.member(t, "NULL")
            case PtrConst(block=block, index=index):
                return f"addressof(block{block}[{index}])"
            case FuncConst(fqn=fqn):
                return self.names.function(fqn)
            case DynamicConst(t=inner, value=content):
                return f"dynamic({self.text(inner, content)})"
            case _:
                assert_never(value)

    def _fields(self, t: TypeId, values: Sequence[ConstValue]) -> str:
        struct = self.types.get(t)
        known = [f.t for f in struct.fields] if isinstance(struct, StructType) else []
        types = known + ["?"] * (len(values) - len(known))
        return ", ".join(self.text(*pair) for pair in zip(types, values, strict=False))


def _number(digits: str) -> float:
    try:
        return float.fromhex(digits)
    except (ValueError, OverflowError):
        return math.nan


def _float(digits: str) -> str:
    number = _number(digits)
    return repr(number) if math.isfinite(number) else f"float('{number}')"


def _float_argument(digits: str) -> str:
    number = _number(digits)
    return repr(number) if math.isfinite(number) else f"'{number}'"


def _complex(real: str, imag: str) -> str:
    number = complex(_number(real), _number(imag))
    parts = (number.real, number.imag)
    if all(math.isfinite(part) and not (part == 0 and math.copysign(1, part) < 0) for part in parts):
        return repr(number)
    return f"complex({_float(real)}, {_float(imag)})"
