"""Primitives on integers as Python expressions, checked only where the result may leave its type."""

import ast
from collections.abc import Callable, Iterator

from spy_types.program.nodes import Pos, Prim
from spy_types.program.types import INTS, SIGNED, TypeId

from spy_vm.executor import pyast, ranges
from spy_vm.executor.emitter import Check, Emitter, Value
from spy_vm.executor.ranges import FULL, Range
from spy_vm.executor.survey import assigned
from spy_vm.host.integers import LIMITS
from spy_vm.host.overflow import WORDS

Inline = Callable[[Emitter, Prim, list[Value]], Value | None]

OPERATORS: dict[str, type[ast.operator]] = {
    "add": ast.Add,
    "sub": ast.Sub,
    "mul": ast.Mult,
    "floordiv": ast.FloorDiv,
    "mod": ast.Mod,
    "and": ast.BitAnd,
    "or": ast.BitOr,
    "xor": ast.BitXor,
    "lshift": ast.LShift,
    "rshift": ast.RShift,
}
UNARY: dict[str, type[ast.unaryop]] = {"neg": ast.USub, "invert": ast.Invert}
NEVER_OVERFLOW = ("mod", "and", "or", "xor", "rshift")
MAX_POWER = 16


def integer_inlines() -> Iterator[tuple[str, Inline]]:
    """Yield, by the name of the primitive, what makes code for it, or None to call the host function."""
    for t in INTS:
        for name in ("add", "sub", "mul", "floordiv"):
            yield f"{t}_{name}", _arithmetic(t, name)
        for name in ("add", "sub", "mul"):
            yield f"{t}_wrapping_{name}", _arithmetic(t, name, silent=True)
        for name in ("mod", "and", "or", "xor"):
            yield f"{t}_{name}", _arithmetic(t, name)
        for name in ("lshift", "rshift"):
            yield f"{t}_{name}", INLINE_SHIFTS[f"{t}_{name}"]
        for name in ("floordiv", "mod"):
            yield f"{t}_unchecked_{name}", _nonzero(_arithmetic(t, name, silent=True))
        yield f"{t}_div", _true_div
        yield f"{t}_unchecked_div", _nonzero(_true_div)
        yield f"{t}_pow", _power(t)
        yield f"{t}_neg", _unary(t, "neg")
        yield f"{t}_invert", _unary(t, "invert")
        for other in INTS:
            if other != t:
                yield f"{t}_to_{other}", _convert(other)


def fitted(t: TypeId, raw: ast.expr, exact: Range, on_bad: Callable[[ast.expr], ast.expr]) -> Value:
    """Return `raw`, known to lie in `exact`, as a value of type `t`."""
    full = FULL[t]
    low = full.low if exact.low < full.low else None
    high = full.high if exact.high > full.high else None
    if low is None and high is None:
        return Value(raw, exact)
    if t not in SIGNED:
        return Value(pyast.binary(raw, ast.BitAnd(), pyast.const(full.high)), full)
    return Value(raw, full, check=Check(low, high, on_bad))


def range_of(value: Value, t: TypeId) -> Range:
    """Return what is known of an integer operand."""
    return value.range or FULL[t]


def _wrap(t: TypeId) -> Callable[[ast.expr], ast.expr]:
    return lambda value: pyast.call(f".wrap_{t}", value)


def _overflow(f: Emitter, t: TypeId, name: str, pos: Pos) -> Callable[[ast.expr], ast.expr]:
    site = f.site(pos)
    return lambda value: pyast.call(".overflow", pyast.const(t), pyast.const(WORDS[name]), value, *site)


def _arithmetic(t: TypeId, name: str, *, silent: bool = False) -> Inline:
    exact = ranges.EXACT[name]
    operator = OPERATORS[name]

    def inline(f: Emitter, expr: Prim, args: list[Value]) -> Value:
        left, right = args
        raw = pyast.binary(left.node, operator(), right.node)
        result = exact(range_of(left, t), range_of(right, t))
        if name in NEVER_OVERFLOW:
            return Value(raw, result)
        on_bad = _wrap(t) if silent or t not in SIGNED else _overflow(f, t, name, expr.pos)
        return fitted(t, raw, result, on_bad)

    return inline


def _shift(t: TypeId, name: str) -> Inline:
    """Inline shifts. A negative count is an error, a large one makes numbers without end."""
    exact = ranges.EXACT[name]
    operator = OPERATORS[name]
    bits = LIMITS[t].bits

    def inline(f: Emitter, expr: Prim, args: list[Value]) -> Value | None:
        left, count = args
        known = range_of(count, t)
        if known.low >= 0 and name == "rshift":
            known = Range(known.low, min(known.high, bits))  # more shifts out what is left, too
        elif known.low < 0 or known.high >= bits:
            return _guarded_shift(f, expr, args)
        raw = pyast.binary(left.node, operator(), count.node)
        return fitted(t, raw, exact(range_of(left, t), known), _wrap(t))

    return inline


def _guarded_shift(f: Emitter, expr: Prim, args: list[Value]) -> Value | None:
    """Inline a shift whose count is tested when it runs: `a << n if 32 > n >= 0 else .i32_lshift(a, n)`."""
    left, count = args
    if not left.simple or assigned(expr.args[1]):
        return None
    bits = LIMITS[expr.t].bits
    tested = name = count.node
    if not count.simple:
        temp = f.temp()
        tested, name = pyast.bind(temp, tested), pyast.name(temp)
    test = pyast.compare(pyast.const(bits), ast.Gt(), tested, ast.GtE(), pyast.const(0))
    small = Value(name, Range(0, bits - 1), simple=True)
    inner = INLINE_SHIFTS[expr.op](f, expr, [left, small])
    assert inner is not None
    call = pyast.call(f.namespace.host(expr.op), left.raw, name)
    low, high = range_of(inner, expr.t)
    least = -1 if expr.t in SIGNED else 0  # what is left of a number when all its bits are shifted out
    return Value(ast.IfExp(test, inner.node, call), Range(min(low, least), max(high, 0)))


def _power(t: TypeId) -> Inline:
    """Inline powers with a small constant exponent."""

    def inline(f: Emitter, expr: Prim, args: list[Value]) -> Value | None:
        base, exponent = args
        low, high = range_of(exponent, t)
        if low != high or not 0 <= low <= MAX_POWER:
            return _power_call(f, expr, args)
        if low == 2 and base.simple:
            raw = pyast.binary(base.node, ast.Mult(), base.node)
        else:
            raw = pyast.binary(base.node, ast.Pow(), pyast.const(low))
        on_bad = _overflow(f, t, "pow", expr.pos) if t in SIGNED else _wrap(t)
        return fitted(t, raw, ranges.power(range_of(base, t), low), on_bad)

    return inline


def _power_call(f: Emitter, expr: Prim, args: list[Value]) -> Value | None:
    if expr.t not in SIGNED:
        return None
    return Value(
        pyast.call(".overflow_call", pyast.const(expr.op), *f.site(expr.pos), *(arg.node for arg in args))
    )


def _unary(t: TypeId, name: str) -> Inline:
    exact = ranges.EXACT_UNARY[name]
    operator = UNARY[name]

    def inline(f: Emitter, expr: Prim, args: list[Value]) -> Value:
        raw = ast.UnaryOp(operator(), args[0].node)
        on_bad = _overflow(f, t, name, expr.pos) if name in WORDS else _wrap(t)
        return fitted(t, raw, exact(range_of(args[0], t)), on_bad)

    return inline


def _convert(target: TypeId) -> Inline:
    def inline(f: Emitter, expr: Prim, args: list[Value]) -> Value:
        (value,) = args
        source = value.range
        assert source is not None, expr
        result = fitted(target, value.node, source, _wrap(target))
        result.simple = value.simple and result.raw is value.raw and result.check is None
        return result

    return inline


def _true_div(f: Emitter, expr: Prim, args: list[Value]) -> Value:
    return Value(pyast.binary(args[0].node, ast.Div(), args[1].node))


def _nonzero(inline: Inline) -> Inline:
    """Inline where the divisor is known not to be zero."""

    def checked(f: Emitter, expr: Prim, args: list[Value]) -> Value | None:
        divisor = args[1].range
        if divisor is None or divisor.low <= 0 <= divisor.high:
            return None
        return inline(f, expr, args)

    return checked


INLINE_SHIFTS: dict[str, Inline] = {
    f"{t}_{name}": _shift(t, name) for t in INTS for name in ("lshift", "rshift")
}
