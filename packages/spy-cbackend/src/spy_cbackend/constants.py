"""Constants as C: expressions inside functions, initialisers of static data, and the live image."""

import math
from collections.abc import Iterator
from typing import assert_never, final

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
from spy_types.program.program import Program
from spy_types.program.types import TypeId

from spy_cbackend.ctypes import CTypes
from spy_cbackend.dynamic import Dynamics
from spy_cbackend.functionvalues import FunctionValues
from spy_cbackend.literals import Literals
from spy_cbackend.value import ATOM, UNARY, Value

_SUFFIX = {"i64": "LL", "u32": "U", "u64": "ULL"}
_MINIMUM = {"i32": "INT32_MIN", "i64": "INT64_MIN"}


@final
class Constants:
    """Writes the constants of one program."""

    def __init__(
        self,
        program: Program,
        types: CTypes,
        literals: Literals,
        functions: FunctionValues,
        dynamics: Dynamics,
    ) -> None:
        self.program = program
        self.types = types
        self.literals = literals
        self.functions = functions
        self.dynamics = dynamics

    def expression(self, value: ConstValue, t: TypeId) -> Value:
        """Return `value` as an expression."""
        match value:
            case NullConst() if t not in self.types.fat:
                return Value(f"({self.types.name(t)})NULL", UNARY)
            case StructConst() | PtrConst() | NullConst() | ComplexConst() | DynamicConst() | UnionConst():
                code = self.initialiser(value, t)
                return Value(f"({self.types.name(t)}){code}" if code.startswith("{") else code, ATOM)
            case _:
                code = self.initialiser(value, t)
                return Value(code, UNARY if code[0] in "-&(" else ATOM)

    def initialiser(self, value: ConstValue, t: TypeId) -> str:  # noqa: C901, PLR0911, PLR0912  # one return per kind of constant
        """Return `value` as what may stand after `=` in static data."""
        match value:
            case IntConst(value=number):
                return _integer(number, t)
            case FloatConst(hex=text):
                return float_literal(text, t)
            case ComplexConst(real=real, imag=imag):
                return f"{{{float_literal(real, 'f64')}, {float_literal(imag, 'f64')}}}"
            case BoolConst(value=truth):
                return "true" if truth else "false"
            case NoneConst():
                return "SPY_NONE"
            case StrConst(value=text):
                return self.literals.text(text)
            case BytesConst(value=data):
                return self.literals.data(data)
            case StructConst(fields=fields):
                types = [field.t for field in self.types.struct(t).fields]
                inner = [self.initialiser(field, ft) for field, ft in zip(fields, types, strict=True)]
                return "{" + ", ".join(inner) + "}"
            case NullConst():
                return "{NULL, 0}" if t in self.types.fat else "NULL"
            case PtrConst(block=block, index=index):
                return self._pointer(block, index, t)
            case ObjectConst(object=number):
                cast = f"({self.types.name(t)})" if self.program.objects[number].t != t else ""
                return f"{cast}&spy_object{number}"
            case FuncConst(fqn=fqn):
                return self.functions.refer(fqn, t)
            case DynamicConst(t=inner_t, value=inner):
                return self.dynamics.constant(value, self.initialiser(inner, inner_t))
            case UnionConst(t=member, value=NoneConst()):
                return "NULL" if self.types.nullable(t) is not None else "{0}"
            case UnionConst(t=member, value=inner):
                if self.types.nullable(t) is not None:
                    return self.initialiser(inner, member)
                tag = self.types.tag(t, member)
                return f"{{{tag}, {{.m{tag} = {self.initialiser(inner, member)}}}}}"
            case _:
                assert_never(value)

    def block_declarations(self) -> Iterator[str]:
        """Yield the declarations of the live image: blocks may point to each other."""
        for number, block in enumerate(self.program.blocks):
            size = max(1, len(block.values))
            yield f"static {self.types.declare(block.item, f'spy_block{number}')}[{size}];"

    def block_definitions(self) -> Iterator[str]:
        """Yield the contents of the live image."""
        for number, block in enumerate(self.program.blocks):
            if not block.values:
                continue
            yield f"static {self.types.declare(block.item, f'spy_block{number}')}[{len(block.values)}] = {{"
            for value in block.values:
                yield f"{self.initialiser(value, block.item)},"
            yield "};"

    def _pointer(self, block: int, index: int, t: TypeId) -> str:
        length = len(self.program.blocks[block].values)
        address = f"spy_block{block} + {index}" if index else f"spy_block{block}"
        if t in self.types.fat:
            return f"{{{address}, {length - index}}}"
        return f"({address})" if index else address


def _integer(value: int, t: TypeId) -> str:
    if (value == -(1 << 31) and t == "i32") or value == -(1 << 63):
        return _MINIMUM[t]
    return f"{value}{_SUFFIX.get(t, '')}"


def float_literal(text: str, t: TypeId) -> str:
    """Return a C literal that is this very float, from the text of a FloatConst."""
    value = float.fromhex(text)
    if math.isnan(value):
        return "SPY_NAN"
    if math.isinf(value):
        return "SPY_INF" if value > 0 else "-SPY_INF"
    return repr(value) + ("f" if t == "f32" else "")
