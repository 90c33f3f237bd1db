"""What an operation on dynamic values does once their types are known: a typed expression, as the language
has it.

`+` on i32, f64     f64_add(i32_to_f64(a), b)
`len` on m::Box     m::Box::__len__(a)          if the program has that function
"""

from collections.abc import Mapping, Sequence
from typing import assert_never

from spy_types.prims.table import PRIMS
from spy_types.program.constants import BoolConst, FloatConst, StrConst
from spy_types.program.nodes import (
    And,
    BlockExpr,
    Call,
    CallIndirect,
    Const,
    Expr,
    GetField,
    Is,
    Pos,
    Prim,
    PtrOp,
    Raise,
)
from spy_types.program.program import Function
from spy_types.program.types import (
    FLOATS,
    INTS,
    SIGNED,
    ClassType,
    FuncType,
    GeneratorType,
    PtrType,
    StructType,
    TypeDef,
    TypeId,
    UnionType,
)

NOWHERE = Pos(0, 1, 1, 1, 1)
NUMBERS = (*INTS, *FLOATS, "complex128")
_NAMES = {
    **{"+": "add", "-": "sub", "*": "mul", "/": "div", "//": "floordiv", "%": "mod", "**": "pow"},
    **{"<<": "lshift", ">>": "rshift", "&": "and", "|": "or", "^": "xor"},
    **{"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"},
}
_DUNDERS = {**{symbol: f"__{name}__" for symbol, name in _NAMES.items()}, "/": "__truediv__"}
_REFLECTED = {"==": "__eq__", "!=": "__ne__", "<": "__gt__", "<=": "__ge__", ">": "__lt__", ">=": "__le__"}


class Meanings:
    """The meanings in one program: its types, and its functions where those of types have a say."""

    def __init__(self, types: Mapping[TypeId, TypeDef], functions: Sequence[Function]) -> None:
        self.types = types
        self.functions = {function.fqn: function for function in functions}

    def meaning(self, op: str, name: str, args: Sequence[Expr]) -> Expr | None:  # noqa: C901, PLR0911  # one case per operation
        """Return `op` on operands of known types, None if it has no meaning; `name` is that of an
        attribute.
        """
        first, *rest = args
        match op:
            case "str" | "repr":
                return self._text(op, first)
            case "to_bool":
                return self._truth(first)
            case "not":
                return _prim("bool_not", self._truth(first))
            case "len" | "hash":
                known = f"{first.t}_{op}"
                return (
                    _prim(known, first) if known in PRIMS else self._method(f"__{op}__", args, result="i32")
                )
            case "neg" | "pos" | "invert":
                return self._unary(op, first)
            case "getitem":
                known = f"{first.t}_getitem"
                return _prim(known, *args) if _accepts(known, args) else self._method("__getitem__", args)
            case "setitem":
                return self._method("__setitem__", args)
            case "in":
                item, container = args
                known = f"{container.t}_contains"
                swapped = (container, item)
                return (
                    _prim(known, *swapped)
                    if _accepts(known, swapped)
                    else self._method("__contains__", swapped)
                )
            case "getattr":
                return self._attribute(first, name)
            case "call_method":
                return self._method(name, args)
            case "call":
                return self._call(first, rest)
            case _:
                return self._binary(op, *args)

    def _binary(self, op: str, left: Expr, right: Expr) -> Expr | None:
        name = _NAMES[op]
        met = _meeting(op, left.t, right.t)
        if met is not None and f"{met}_{name}" in PRIMS:
            return _prim(f"{met}_{name}", _widened(left, met), _widened(right, met))
        if op == "*" and right.t in INTS and left.t in ("str", "bytes"):
            return _prim(f"{left.t}_mul", left, _converted(right, "i32"))
        if op == "*" and left.t in INTS and right.t in ("str", "bytes"):
            return _prim(f"{right.t}_mul", right, _converted(left, "i32"))
        if left.t not in NUMBERS and _accepts(f"{left.t}_{name}", (left, right)):
            return _prim(f"{left.t}_{name}", left, right)
        found = self._method(_DUNDERS[op], (left, right))
        if found is None and op == "!=":
            equal = self._method("__eq__", (left, right), result="bool")
            found = None if equal is None else _prim("bool_not", equal)
        if found is None and op in _REFLECTED and left.t != right.t:
            found = self._method(_REFLECTED[op], (right, left))
        if found is None and op in ("==", "!="):
            equal = self.equality(left, right)
            found = equal if op == "==" else _prim("bool_not", equal)
        return found

    def equality(self, left: Expr, right: Expr) -> Expr:  # noqa: PLR0911  # one case after another
        """Return whether two values are equal that define no equality: places, and fields one by one."""
        if left.t != right.t:
            return _bool(False)
        known = f"{left.t}_eq"
        if known in PRIMS:
            return _prim(known, left, right)
        match self.types.get(left.t):
            case PtrType():
                return PtrOp("bool", NOWHERE, "eq", (left, right))
            case StructType(fields=fields):
                equal: Expr = _bool(True)
                for field in reversed(fields):
                    sides = (GetField(field.t, NOWHERE, side, field.name) for side in (left, right))
                    equal = And("bool", NOWHERE, self.equality(*sides), equal)
                return equal
            case ClassType():
                return Is("bool", NOWHERE, left, right)
            case FuncType() | UnionType() | GeneratorType():  # no dynamic value has a union as its type
                return _bool(False)
            case None:
                return _bool(left.t == "None")
            case other:
                assert_never(other)

    def _unary(self, op: str, value: Expr) -> Expr | None:
        if value.t in NUMBERS and op == "pos":
            return value
        known = f"{value.t}_{op}"
        return _prim(known, value) if known in PRIMS else self._method(f"__{op}__", (value,))

    def _truth(self, value: Expr) -> Expr:
        if value.t in ("bool", "None"):
            return value if value.t == "bool" else _bool(False)
        if f"{value.t}_to_bool" in PRIMS:
            return _prim(f"{value.t}_to_bool", value)
        if isinstance(self.types.get(value.t), PtrType):
            return PtrOp("bool", NOWHERE, "to_bool", (value,))
        found = self._method("__bool__", (value,), result="bool")
        length = self._method("__len__", (value,), result="i32")
        if found is None and length is not None:
            found = _prim("i32_to_bool", length)
        return _bool(True) if found is None else found

    def _text(self, op: str, value: Expr) -> Expr:
        if value.t == "str":
            return value if op == "str" else _prim("str_repr", value)
        if value.t == "bytes":
            return _prim("bytes_repr", value)
        if value.t == "None":
            return _str("None")
        if f"{value.t}_str" in PRIMS:
            return _prim(f"{value.t}_str", value)
        for name in ("__str__", "__repr__") if op == "str" else ("__repr__",):
            found = self._method(name, (value,), result="str")
            if found is not None:
                return found
        # Its text is known in process only; a wrong one would be worse than none.
        reason = f"the C backend cannot write a dynamic `{self.display(value.t)}` as text yet"
        return BlockExpr("str", NOWHERE, (Raise(NOWHERE, "NotImplementedError", _str(reason)),), _str(""))

    def display(self, t: TypeId) -> str:
        """Return the name of a type as users see it."""
        definition = self.types.get(t)
        return t if definition is None else definition.display

    def _attribute(self, value: Expr, name: str) -> Expr | None:
        definition = self.types.get(value.t)
        if isinstance(definition, StructType):
            for field in definition.fields:
                if field.name == name:
                    return GetField(field.t, NOWHERE, value, name)
        return None

    def _method(self, name: str, args: Sequence[Expr], result: TypeId | None = None) -> Expr | None:
        function = self.functions.get(f"{args[0].t}::{name}")
        if function is None or (result is not None and function.result != result):
            return None
        given = _arguments(args, [param.t for param in function.params])
        return None if given is None else Call(function.result, NOWHERE, function.fqn, given)

    def _call(self, callee: Expr, args: Sequence[Expr]) -> Expr | None:
        definition = self.types.get(callee.t)
        if not isinstance(definition, FuncType):
            return None
        given = _arguments(args, definition.params)
        return None if given is None else CallIndirect(definition.result, NOWHERE, callee, given)


def _arguments(args: Sequence[Expr], types: Sequence[TypeId]) -> tuple[Expr, ...] | None:
    if len(args) != len(types):
        return None
    given: list[Expr] = []
    for arg, t in zip(args, types, strict=True):
        if arg.t != t and not _is_lossless(arg.t, t):
            return None
        given.append(_widened(arg, t))
    return tuple(given)


def _meeting(op: str, left: TypeId, right: TypeId) -> TypeId | None:
    """Return the type in which two numbers meet; a shift keeps the type of what is shifted."""
    if left not in NUMBERS or right not in NUMBERS:
        return None
    if left == right or _is_lossless(right, left):
        return left
    return right if _is_lossless(left, right) else None


def _is_lossless(source: TypeId, target: TypeId) -> bool:
    if source in INTS and target in INTS:
        bits = int(target[1:]) - int(source[1:])
        same_sign = (source in SIGNED) == (target in SIGNED)
        return bits >= 0 if same_sign else bits > 0 and target in SIGNED
    if source in INTS:
        return target in (*FLOATS, "complex128")
    return (source, target) in (("f32", "f64"), ("f32", "complex128"), ("f64", "complex128"))


def _widened(value: Expr, t: TypeId) -> Expr:
    if value.t == t:
        return value
    if t == "complex128":
        zero = Const("f64", NOWHERE, FloatConst("0x0.0p+0"))
        return _prim("complex128_make", _converted(value, "f64"), zero)
    return _converted(value, t)


def _converted(value: Expr, t: TypeId) -> Expr:
    return value if value.t == t else _prim(f"{value.t}_to_{t}", value)


def _accepts(op: str, args: Sequence[Expr]) -> bool:
    return op in PRIMS and PRIMS[op].params == tuple(arg.t for arg in args)


def _prim(op: str, *args: Expr) -> Prim:
    return Prim(PRIMS[op].result, NOWHERE, op, args)


def _bool(value: bool) -> Const:
    return Const("bool", NOWHERE, BoolConst(value))


def _str(value: str) -> Const:
    return Const("str", NOWHERE, StrConst(value))
