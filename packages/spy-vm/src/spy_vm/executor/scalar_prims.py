"""Primitives on floats, bools, text and comparisons as Python expressions.

What Python's operator does with the same texts of errors is that operator; the rest calls the host function.
"""

import ast
from collections.abc import Callable, Iterator

from spy_types.program.nodes import Expr, Prim
from spy_types.program.types import FLOATS, INTS

from spy_vm.executor import pyast
from spy_vm.executor.emitter import SCRATCH, Emitter, Value
from spy_vm.executor.integer_prims import Inline
from spy_vm.executor.ranges import FULL, Range

COMPARISONS: dict[str, type[ast.cmpop]] = {
    "eq": ast.Eq,
    "ne": ast.NotEq,
    "lt": ast.Lt,
    "le": ast.LtE,
    "gt": ast.Gt,
    "ge": ast.GtE,
}
FLOAT_OPERATORS: dict[str, type[ast.operator]] = {
    "add": ast.Add,
    "sub": ast.Sub,
    "mul": ast.Mult,
    "div": ast.Div,
    "floordiv": ast.FloorDiv,
    "mod": ast.Mod,
}
BIT_OPERATORS: dict[str, type[ast.operator]] = {"and": ast.BitAnd, "or": ast.BitOr, "xor": ast.BitXor}
# What the ranges of two integers say about their order: true, false, or nothing.
CERTAIN: dict[str, Callable[[Range, Range], bool | None]] = {
    "eq": lambda a, b: (
        False if a.high < b.low or b.high < a.low else True if a == b and a.low == a.high else None
    ),
    "ne": lambda a, b: (
        True if a.high < b.low or b.high < a.low else False if a == b and a.low == a.high else None
    ),
    "lt": lambda a, b: True if a.high < b.low else False if a.low >= b.high else None,
    "le": lambda a, b: True if a.high <= b.low else False if a.low > b.high else None,
    "gt": lambda a, b: True if a.low > b.high else False if a.high <= b.low else None,
    "ge": lambda a, b: True if a.low >= b.high else False if a.high < b.low else None,
}
LENGTH = Range(0, 0x7FFF_FFFF)
CODEPOINT = Range(0, 0x10FFFF)
# Exact in a double, so that Python's mixed arithmetic does the conversion as well.
SMALL_INTS = ("i8", "i16", "i32", "u8", "u16", "u32")
INT_TO_F64 = {f"{t}_to_f64" for t in SMALL_INTS}


def scalar_inlines() -> Iterator[tuple[str, Inline]]:
    """Yield, by the name of the primitive, what makes code for it."""
    yield from _comparison_inlines()
    for name, operator in FLOAT_OPERATORS.items():
        yield f"f64_{name}", _binary(operator)
        if name in ("add", "sub", "mul", "div"):
            yield f"f32_{name}", _single(operator)
    for t in FLOATS:
        yield f"{t}_neg", _negate
        yield f"{t}_to_bool", _truth
    for t in INTS:
        yield f"{t}_to_bool", _truth
        yield f"bool_to_{t}", lambda f, expr, args: Value(ast.UnaryOp(ast.UAdd(), args[0].node), Range(0, 1))
        yield f"{t}_str", _call("str")
        yield f"{t}_hash", _hash
    for t in SMALL_INTS:
        yield f"{t}_to_f64", lambda f, expr, args: Value(_add_zero(args[0].node))
    yield "f32_to_f64", lambda f, expr, args: Value(args[0].node, simple=args[0].simple)
    yield "f64_str", _call("str")
    for name, operator in BIT_OPERATORS.items():
        yield f"bool_{name}", _binary(operator)
    yield "bool_not", lambda f, expr, args: Value(pyast.not_(args[0].node))
    yield from _text_inlines()


def cheap_operands(expr: Prim) -> tuple[Expr, ...]:
    """Return the operands of `expr` without a conversion to f64 that Python's arithmetic does by itself."""
    if expr.op not in MIXED:
        return expr.args
    left, right = expr.args
    match left, right:
        case Prim(op=op, args=(inner,)), _ if op in INT_TO_F64:
            return inner, right
        case _, Prim(op=op, args=(inner,)) if op in INT_TO_F64:
            return left, inner
    return expr.args


MIXED = {f"f64_{name}" for name in ("add", "sub", "mul", *COMPARISONS)}


def _comparison_inlines() -> Iterator[tuple[str, Inline]]:
    for t in INTS:
        for name, comparison in COMPARISONS.items():
            yield f"{t}_{name}", _compare_ints(comparison, CERTAIN[name])
    for t in (*FLOATS, "bool", "str", "bytes"):
        for name, comparison in COMPARISONS.items():
            yield f"{t}_{name}", _compare(comparison)


def _text_inlines() -> Iterator[tuple[str, Inline]]:
    for t in ("str", "bytes"):
        yield f"{t}_len", _call("len", LENGTH)
        yield f"{t}_add", _binary(ast.Add)
        yield f"{t}_to_bool", lambda f, expr, args: Value(pyast.call("bool", args[0].node))
        yield f"{t}_getitem", lambda f, expr, args: Value(pyast.item(args[0].node, args[1].node))
        yield f"{t}_substr", _substr
        for name in ("find", "rfind"):
            yield f"{t}_{name}", _method(name)
    yield "str_codepoint", _codepoint
    yield "bytes_size", _call("len", LENGTH)


def _compare(comparison: type[ast.cmpop]) -> Inline:
    return lambda f, expr, args: Value(pyast.compare(args[0].node, comparison(), args[1].node))


def _compare_ints(comparison: type[ast.cmpop], certain: Callable[[Range, Range], bool | None]) -> Inline:
    compare = _compare(comparison)

    def inline(f: Emitter, expr: Prim, args: list[Value]) -> Value | None:
        left, right = args
        if left.range is not None and right.range is not None and left.simple and right.simple:
            answer = certain(left.range, right.range)
            if answer is not None:
                return Value(pyast.const(answer), simple=True)
        return compare(f, expr, args)

    return inline


def _hash(f: Emitter, expr: Prim, args: list[Value]) -> Value | None:
    """Inline the hash of an integer that fits in i32: itself, but for -1."""
    (value,) = args
    full = FULL["i32"]
    if value.range is None or not full.low <= value.range.low <= value.range.high <= full.high:
        return None
    if not value.range.low <= -1 <= value.range.high:
        return value
    if not value.simple:
        value = Value(pyast.bind(SCRATCH, value.node), value.range)
        test = pyast.compare(value.node, ast.NotEq(), pyast.const(-1))
        return Value(ast.IfExp(test, pyast.name(SCRATCH), pyast.const(-2)), value.range)
    test = pyast.compare(value.node, ast.NotEq(), pyast.const(-1))
    return Value(ast.IfExp(test, value.node, pyast.const(-2)), value.range)


def _binary(operator: type[ast.operator]) -> Inline:
    return lambda f, expr, args: Value(pyast.binary(args[0].node, operator(), args[1].node))


def _single(operator: type[ast.operator]) -> Inline:
    return lambda f, expr, args: Value(
        pyast.call(".f32", pyast.binary(args[0].node, operator(), args[1].node))
    )


def _call(function: str, result: Range | None = None) -> Inline:
    return lambda f, expr, args: Value(pyast.call(function, *(arg.node for arg in args)), result)


def _method(name: str) -> Inline:
    def inline(f: Emitter, expr: Prim, args: list[Value]) -> Value:
        text, *rest = (arg.node for arg in args)
        return Value(pyast.call(pyast.attribute(text, name), *rest), Range(-1, FULL["i32"].high))

    return inline


def _negate(f: Emitter, expr: Prim, args: list[Value]) -> Value:
    return Value(ast.UnaryOp(ast.USub(), args[0].node))


def _truth(f: Emitter, expr: Prim, args: list[Value]) -> Value:
    return Value(pyast.compare(args[0].node, ast.NotEq(), pyast.const(0)))


def _add_zero(value: ast.expr) -> ast.expr:
    return pyast.binary(value, ast.Add(), pyast.const(0.0))


def _substr(f: Emitter, expr: Prim, args: list[Value]) -> Value:
    text, start, stop = (arg.node for arg in args)
    return Value(pyast.item(text, ast.Slice(start, stop)))


def _codepoint(f: Emitter, expr: Prim, args: list[Value]) -> Value:
    return Value(pyast.call("ord", pyast.item(args[0].node, args[1].node)), CODEPOINT)
