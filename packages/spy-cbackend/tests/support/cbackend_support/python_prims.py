"""What each primitive means, in Python: the expectations of the tests. Wrong input raises what the contract
says.
"""

import math
import operator
import struct
import zlib
from collections.abc import Callable

from spy_types.program.types import FLOATS, INTS

BITS = {t: int(t[1:]) for t in INTS}
RANGE = {t: (-(1 << b - 1), (1 << b - 1) - 1) if t[0] == "i" else (0, (1 << b) - 1) for t, b in BITS.items()}
COMPARE = {name: getattr(operator, name) for name in ("eq", "ne", "lt", "le", "gt", "ge")}


def wrap(value: int, t: str) -> int:
    low, _ = RANGE[t]
    return (value - low) % (1 << BITS[t]) + low


def f32(value: float) -> float:
    try:
        return struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return math.copysign(math.inf, value)


def hash_int(value: int) -> int:
    value = (
        value
        if -(1 << 31) <= value < 1 << 31
        else wrap(value & 0xFFFFFFFF ^ (value >> 32) & 0xFFFFFFFF, "i32")
    )
    return -2 if value == -1 else value


def hash_float(value: float) -> int:
    if math.isnan(value):
        return 0
    if math.isinf(value):
        return 314159 if value > 0 else -314159
    if value.is_integer() and -(2**63) <= value < 2**63:
        return hash_int(int(value))
    return hash_int(struct.unpack("q", struct.pack("d", value))[0])


def crc(data: bytes) -> int:
    return wrap(zlib.crc32(data), "i32")


def to_int(value: float, t: str) -> int:
    if math.isnan(value):
        return 0
    low, high = RANGE[t]
    return low if value <= low else high if value >= high else int(value)


def int_op(t: str, name: str) -> Callable[..., object]:  # noqa: C901  # one table
    def shift(a: int, n: int) -> int:
        if n < 0:
            raise ValueError("negative shift count")
        n = min(n, 64)
        return wrap(a << n if name == "lshift" else a >> n, t)

    def div(a: int, b: int) -> float:
        if b == 0:
            raise ZeroDivisionError("division by zero")
        return a / b

    def floordiv(a: int, b: int) -> int:
        if b == 0:
            raise ZeroDivisionError("integer division or modulo by zero")
        return wrap(a // b, t)

    def mod(a: int, b: int) -> int:
        if b == 0:
            raise ZeroDivisionError("integer modulo by zero")
        return wrap(a % b, t)

    def power(a: int, b: int) -> int:
        if b < 0 and a == 0:
            raise ZeroDivisionError("0 cannot be raised to a negative power")
        if b < 0:
            raise ValueError("integer ** negative exponent")
        return wrap(pow(a, b, 1 << BITS[t]), t)

    table: dict[str, Callable[..., object]] = {
        "lshift": shift,
        "rshift": shift,
        "div": div,
        "floordiv": floordiv,
        "mod": mod,
        "pow": power,
        "neg": lambda a: wrap(-a, t),
        "invert": lambda a: wrap(~a, t),
        "hash": hash_int,
        "str": str,
        "to_bool": bool,
        "and": operator.and_,
        "or": operator.or_,
        "xor": operator.xor,
        **COMPARE,
    }
    for op in ("add", "sub", "mul"):
        table[op] = table[f"wrapping_{op}"] = lambda a, b, f=getattr(operator, op): wrap(f(a, b), t)  # noqa: B008  # one table
    for op in ("div", "floordiv", "mod"):
        table[f"unchecked_{op}"] = table[op]
    for other in INTS:
        table[f"to_{other}"] = lambda a, other=other: wrap(a, other)
    table["to_f64"] = float
    table["to_f32"] = to_f32_exactly
    return table[name]


def to_f32_exactly(a: int) -> float:
    """Round an integer to f32 once, not by way of a double."""
    if abs(a) <= 1 << 53:
        return f32(float(a))
    drop = abs(a).bit_length() - 24
    quotient, rest = divmod(abs(a), 1 << drop)
    half = 1 << drop - 1
    quotient += rest > half or (rest == half and quotient & 1)
    return math.copysign(math.ldexp(quotient, drop), a)


def float_op(t: str, name: str) -> Callable[..., object]:  # noqa: C901  # one table
    single = f32 if t == "f32" else float

    def divide(a: float, b: float) -> float:
        if b != 0:
            return a / b
        return math.nan if a == 0 or math.isnan(a) else math.copysign(math.inf, a) * math.copysign(1, b)

    def checked(f: Callable[[float, float], float], message: str) -> Callable[[float, float], float]:
        def call(a: float, b: float) -> float:
            if b == 0:
                raise ZeroDivisionError(message)
            return single(f(a, b))

        return call

    def power(a: float, b: float) -> float:
        if a == 0 and b < 0 and math.isfinite(b):
            raise ZeroDivisionError("0.0 cannot be raised to a negative power")
        if a < 0 and math.isfinite(a) and math.isfinite(b) and b != int(b):
            raise ValueError("math domain error")
        try:
            value = single(a**b)
        except OverflowError:
            raise OverflowError("math range error") from None
        if math.isinf(value) and math.isfinite(a) and math.isfinite(b):
            raise OverflowError("math range error")
        return value

    table: dict[str, Callable[..., object]] = {
        "add": lambda a, b: single(a + b),
        "sub": lambda a, b: single(a - b),
        "mul": lambda a, b: single(a * b),
        "neg": operator.neg,
        "div": checked(operator.truediv, "float division by zero"),
        "floordiv": checked(operator.floordiv, "float floor division by zero"),
        "mod": checked(operator.mod, "float modulo by zero"),
        "ieee754_div": lambda a, b: single(divide(a, b)),
        "pow": power,
        "hash": hash_float,
        "str": str if t == "f64" else f32_str,
        "format": format_float,
        "to_bool": bool,
        "to_f32": f32,
        "to_f64": float,
        **COMPARE,
    }
    for op in ("div", "floordiv", "mod"):
        table[f"unchecked_{op}"] = table[op]
    for other in INTS:
        table[f"to_{other}"] = lambda a, other=other: to_int(a, other)
    return table[name]


def format_float(value: float, kind: int, precision: int) -> str:
    if kind not in map(ord, "efg") or not 0 <= precision <= 100_000:
        raise ValueError("precision too big")
    return f"{value:.{precision}{chr(kind)}}"


def f32_str(value: float) -> str:
    """The shortest digits that read back as the same f32, laid out as CPython lays out a double with these
    digits.
    """
    if value == 0 or not math.isfinite(value):
        return repr(value)
    for digits in range(1, 10):
        step = 10.0 ** (math.floor(math.log10(abs(value))) - digits + 1)
        near = [
            f"{value + k * step:.{digits - 1}e}" for k in (0, -1, 1)
        ]  # the closest may miss where a power of two is
        fitting = [text for text in near if f32(float(text)) == value]
        if fitting:
            return repr(float(min(fitting, key=lambda text: abs(float(text) - value))))
    raise AssertionError(value)


def complex_op(name: str) -> Callable[..., object]:
    def div(a: complex, b: complex) -> complex:
        if b == 0:
            raise ZeroDivisionError("complex division by zero")
        return a / b

    def power(a: complex, b: complex) -> complex:
        try:
            return a**b
        except ZeroDivisionError:
            raise ZeroDivisionError("0.0 to a negative or complex power") from None

    return {
        "add": operator.add,
        "sub": operator.sub,
        "mul": operator.mul,
        "div": div,
        "pow": power,
        "neg": operator.neg,
        "conjugate": complex.conjugate,
        "abs": abs,
        "real": lambda a: a.real,
        "imag": lambda a: a.imag,
        "eq": operator.eq,
        "ne": operator.ne,
        "make": complex,
        "to_bool": bool,
        "str": str,
        "hash": lambda a: wrap(hash_float(a.real) ^ wrap(hash_float(a.imag) * 1000003, "i32"), "i32"),
    }[name]


def text_op(t: str, name: str) -> Callable[..., object]:
    def getitem(a: str | bytes, i: int) -> object:
        if not -len(a) <= i < len(a):
            raise IndexError("string index out of range" if t == "str" else "index out of range")
        return a[i]

    def codepoint(a: str, i: int) -> int:
        return ord(str(getitem(a, i)))

    def text_ord(a: str) -> int:
        if len(a) != 1:
            raise TypeError(f"ord() expected a character, but string of length {len(a)} found")
        return ord(a)

    data = (lambda a: a.encode()) if t == "str" else (lambda a: a)
    table: dict[str, Callable[..., object]] = {
        "len": len,
        "getitem": getitem,
        "substr": lambda a, i, j: a[i:j],
        "add": operator.add,
        "mul": operator.mul,
        "contains": lambda a, b: b in a,
        "find": lambda a, b, i, j: a.find(b, i, j),
        "rfind": lambda a, b, i, j: a.rfind(b, i, j),
        "to_bool": bool,
        "hash": lambda a: crc(data(a)),
        "repr": repr,
        "ord": text_ord,
        "codepoint": codepoint,
        "chr": chr,
        "isascii": str.isascii,
        "encode": str.encode,
        "decode": bytes.decode,
        "size": lambda a: len(data(a)),
        "to_f64": float,
        "to_complex128": complex,
        **COMPARE,
    }
    for other in INTS:
        table[f"to_{other}"] = lambda a, other=other: parse_int(a, other)
    return table[name]


def parse_int(text: str, t: str) -> int:
    value = int(text)
    low, high = RANGE[t]
    if not low <= value <= high:
        raise OverflowError(f"{t} value {value} out of range [{low}, {high}]")
    return value


def bool_op(name: str) -> Callable[..., object]:
    table: dict[str, Callable[..., object]] = {
        "and": operator.and_,
        "or": operator.or_,
        "xor": operator.xor,
        "not": operator.not_,
        "str": str,
        "hash": int,
        **COMPARE,
    }
    for t in INTS:
        table[f"to_{t}"] = int
    for t in FLOATS:
        table[f"to_{t}"] = float
    return table[name]


def meaning(op: str) -> Callable[..., object]:
    t, _, name = op.partition("_")
    if t in INTS:
        return int_op(t, name)
    if t in FLOATS:
        return float_op(t, name)
    return (
        {"complex128": complex_op, "bool": bool_op}[t](name)
        if t not in ("str", "bytes")
        else text_op(t, name)
    )


def same(a: object, b: object) -> bool:
    """Equality that tells -0.0 from 0.0 and knows that nan is nan."""
    if isinstance(a, complex) and isinstance(b, complex):
        return same(a.real, b.real) and same(a.imag, b.imag)
    if isinstance(a, float) and isinstance(b, float):
        return (math.isnan(a) and math.isnan(b)) or (a == b and math.copysign(1, a) == math.copysign(1, b))
    return type(a) is type(b) and a == b
