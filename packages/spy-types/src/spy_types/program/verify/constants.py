"""Rules of constants: the kind that the type needs, in range, pointing into a block that is there."""

import struct
from collections.abc import Callable
from typing import Any

from spy_types.nesting import MAX_NESTING
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
from spy_types.program.nodes import Pos
from spy_types.program.types import FLOATS, INTS, TypeId
from spy_types.program.verify import codes
from spy_types.program.verify.facts import Facts
from spy_types.program.verify.report import Report
from spy_types.program.verify.words import is_unicode

RANGES: dict[TypeId, tuple[int, int]] = {
    t: (-(1 << bits - 1), (1 << bits - 1) - 1) if t[0] == "i" else (0, (1 << bits) - 1)
    for t in INTS
    for bits in (int(t[1:]),)
}


class ConstantVerifier:
    """Checks constants of one program; `pos` is where the constant stands, None outside of functions."""

    def __init__(self, facts: Facts, report: Report) -> None:
        self.facts = facts
        self.report = report

    def verify(self, t: TypeId, value: ConstValue, pos: Pos | None = None, depth: int = 0) -> None:
        """Check that `value` is a constant of type `t`; an unknown type is somebody else's finding."""
        if t not in self.facts.known_types:
            return
        if depth > MAX_NESTING:
            self.fault(codes.TOO_DEEP, f"a constant nests more than {MAX_NESTING} deep", pos)
        elif not _VERIFY[type(value)](self, t, value, pos, depth):
            self.fault(codes.WRONG_CONSTANT, f"a {type(value).__name__} is no constant of type `{t}`", pos)

    def fault(self, code: str, message: str, pos: Pos | None) -> None:
        """Note a violation."""
        self.report.add(code, message, pos)


# Each returns whether the constant is of the kind that the type needs, and reports all else itself.


def _int(verifier: ConstantVerifier, t: TypeId, value: IntConst, pos: Pos | None, _: int) -> bool:
    if t not in RANGES:
        return False
    least, most = RANGES[t]
    if not least <= value.value <= most:
        verifier.fault(codes.INEXACT_CONSTANT, f"{value.value} is out of the range of {t}", pos)
    return True


def _float(verifier: ConstantVerifier, t: TypeId, value: FloatConst, pos: Pos | None, _: int) -> bool:
    if t in FLOATS and not is_canonical(value.hex, t):
        verifier.fault(codes.INEXACT_CONSTANT, f"{value.hex!r} is not how a {t} is written", pos)
    return t in FLOATS


def _complex(verifier: ConstantVerifier, t: TypeId, value: ComplexConst, pos: Pos | None, _: int) -> bool:
    for part in (value.real, value.imag):
        if not is_canonical(part, "f64"):
            verifier.fault(codes.INEXACT_CONSTANT, f"{part!r} is not how an f64 is written", pos)
    return t == "complex128"


def _bool(_: ConstantVerifier, t: TypeId, value: BoolConst, pos: Pos | None, depth: int) -> bool:
    return t == "bool"


def _none(_: ConstantVerifier, t: TypeId, value: NoneConst, pos: Pos | None, depth: int) -> bool:
    return t == "None"


def _str(verifier: ConstantVerifier, t: TypeId, value: StrConst, pos: Pos | None, _: int) -> bool:
    if not is_unicode(value.value):
        verifier.fault(codes.NOT_UNICODE, "a text holds a surrogate", pos)
    return t == "str"


def _bytes(_: ConstantVerifier, t: TypeId, value: BytesConst, pos: Pos | None, depth: int) -> bool:
    return t == "bytes"


def _struct(verifier: ConstantVerifier, t: TypeId, value: StructConst, pos: Pos | None, depth: int) -> bool:
    definition = verifier.facts.structs.get(t)
    if definition is None:
        return False
    have, want = len(value.fields), len(definition.fields)
    if have != want:
        verifier.fault(codes.WRONG_COUNT, f"a constant `{t}` has {want} fields, not {have}", pos)
    for field, content in zip(definition.fields, value.fields, strict=False):
        verifier.verify(field.t, content, pos, depth + 1)
    return True


def _null(verifier: ConstantVerifier, t: TypeId, value: NullConst, pos: Pos | None, _: int) -> bool:
    facts = verifier.facts
    return t in facts.pointers or t in facts.function_types or t in facts.classes


def _ptr(verifier: ConstantVerifier, t: TypeId, value: PtrConst, pos: Pos | None, _: int) -> bool:
    pointer = verifier.facts.pointers.get(t)
    if pointer is None:
        return False
    number, blocks = value.block, verifier.facts.program.blocks
    if not 0 <= number < len(blocks):
        verifier.fault(codes.BAD_POINTER, f"there is no block {number}", pos)
        return True
    block = blocks[number]
    if not 0 <= value.index <= len(block.values):
        verifier.fault(codes.BAD_POINTER, f"block {number} has no item {value.index}", pos)
    if (block.kind, block.item) != (pointer.kind, pointer.item):
        what = f"block {number} holds {block.kind} `{block.item}`"
        verifier.fault(codes.BAD_POINTER, f"{what}, not what `{t}` points to", pos)
    return True


def _func(verifier: ConstantVerifier, t: TypeId, value: FuncConst, pos: Pos | None, _: int) -> bool:
    definition = verifier.facts.function_types.get(t)
    if definition is None:
        return False
    signature = verifier.facts.signatures.get(value.fqn)
    if signature is None:
        verifier.fault(codes.UNKNOWN_FUNCTION, f"there is no function `{value.fqn}`", pos)
    elif (signature.params, signature.result) != (definition.params, definition.result):
        verifier.fault(codes.WRONG_TYPE, f"function `{value.fqn}` is not of type `{t}`", pos)
    return True


def _dynamic(verifier: ConstantVerifier, t: TypeId, value: DynamicConst, pos: Pos | None, depth: int) -> bool:
    if value.t not in verifier.facts.known_types:
        verifier.fault(codes.UNKNOWN_TYPE, f"`{value.t}` is no type of the program", pos)
    verifier.verify(value.t, value.value, pos, depth + 1)
    return t == "dynamic" != value.t


def _union(verifier: ConstantVerifier, t: TypeId, value: UnionConst, pos: Pos | None, depth: int) -> bool:
    if value.t not in verifier.facts.unions.get(t, ()):
        return False
    verifier.verify(value.t, value.value, pos, depth + 1)
    return True


def _object(verifier: ConstantVerifier, t: TypeId, value: ObjectConst, pos: Pos | None, _: int) -> bool:
    if t not in verifier.facts.classes:
        return False
    objects = verifier.facts.program.objects
    if not 0 <= value.object < len(objects):
        verifier.fault(codes.BAD_OBJECT, f"there is no object {value.object}", pos)
        return True
    made = objects[value.object].t
    definition = verifier.facts.classes.get(made)
    if made != t and (definition is None or t not in definition.ancestors):
        verifier.fault(codes.BAD_OBJECT, f"object {value.object} is a `{made}`, not a `{t}`", pos)
    return True


_VERIFY: dict[type, Callable[[ConstantVerifier, TypeId, Any, Pos | None, int], bool]] = {
    IntConst: _int,
    FloatConst: _float,
    ComplexConst: _complex,
    BoolConst: _bool,
    NoneConst: _none,
    StrConst: _str,
    BytesConst: _bytes,
    StructConst: _struct,
    NullConst: _null,
    PtrConst: _ptr,
    FuncConst: _func,
    DynamicConst: _dynamic,
    UnionConst: _union,
    ObjectConst: _object,
}


def is_canonical(digits: str, t: TypeId) -> bool:
    """Tell whether `digits` is the text of a float of type `t`: `float.hex()`, `nan`, `inf`, `-inf`."""
    if digits in ("nan", "inf", "-inf"):
        return True
    try:
        number = float.fromhex(digits)
        rounded = struct.unpack("f", struct.pack("f", number))[0] if t == "f32" else number
    except (ValueError, OverflowError):
        return False
    return bool(number.hex() == digits and rounded == number)
