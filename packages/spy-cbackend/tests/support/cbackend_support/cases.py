"""Inputs for primitives: the edges of each type, and random values from a fixed seed."""

import itertools
import math
import random
import struct

from spy_types.prims.table import PRIMS
from spy_types.program.types import FLOATS, INTS

from cbackend_support.python_prims import RANGE, f32

FLOAT_EDGES = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    1.5,
    -2.5,
    2.0,
    3.0,
    -3.0,
    7.25,
    100.0,
    1e16,
    1e-5,
    123456789.0,
    -1e22,
    5e-324,
    2.2250738585072014e-308,
    1.7976931348623157e308,
    -1.7976931348623157e308,
    2.0**31,
    -(2.0**31) - 0.5,
    2.0**63,
    -(2.0**63),
    2.0**64,
    9007199254740993.0,
    math.inf,
    -math.inf,
    math.nan,
    1 / 3,
    2.0**-44,
]
TEXTS = [
    "",
    "a",
    "ab",
    "abcabc",
    "b",
    "héllo wörld",
    "é",
    "日本語テキスト",
    "😀x😀",
    "'",
    '"',
    "'\"",
    "\\",
    "\n\t\r\0\x7f",
]
TEXTS += [
    "\x85\xa0\xad",
    "\u200b\u2028\ufeff\ue000\U000e0001\U0010ffff",
    "c" * 70 + "é" * 70 + "😀" * 70,
    "aXbXc",
    "X",
]
NUMBER_TEXTS = [
    "",
    " ",
    "0",
    "7",
    "-7",
    "+7",
    " 42\n",
    "1_000",
    "1__0",
    "_1",
    "1_",
    "0_0",
    "007",
    "٣٤",
    "\uff11\uff12",
    "1 2",
    "--1",
]
NUMBER_TEXTS += [
    "127",
    "128",
    "-128",
    "-129",
    "255",
    "256",
    "32768",
    "-32769",
    "65536",
    "2147483648",
    "-2147483649",
]
NUMBER_TEXTS += [
    "4294967296",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551616",
    "9" * 40,
    "0x10",
]
NUMBER_TEXTS += [
    "1.5",
    "-0.0",
    ".5",
    "5.",
    ".",
    "1e5",
    "1E-400",
    "1e400",
    "1e",
    "e5",
    "inf",
    "-Infinity",
    "nan",
    "+NaN",
]
NUMBER_TEXTS += [
    "infinit",
    "0.1",
    "2.2250738585072011e-308",
    "1_0.0_1",
    "1._5",
    "1e1_0",
    "0x1p3",
    "12345678901234567890.5",
]
NUMBER_TEXTS += [
    "1\0",
    "\u20071.5\u2007",
    "hello",
    "it's",
    "1+2j",
    "j",
    "-j",
    "(1-2.5j)",
    "( 1 )",
    "1 +2j",
    "1j+2",
    "+j",
    "1-j",
]
NUMBER_TEXTS += ["infj", "nan+infj", "1e5j", "(1", "1)", "1+", "3+4", "1jj", "(j", "--j", "1e-3-2E+2J"]
BYTES = [
    b"",
    b"a",
    b"abc",
    b"\xff",
    b"\x80a",
    b"\xc3\xa9",
    b"\xc3",
    b"a\xe2\x82",
    b"\xe2\x82\xacx",
    b"\xe2(\xa1",
    b"\xed\xa0\x80",
]
BYTES += [
    b"\xf0\x9f\x98\x80",
    b"\xf0\x9f\x98",
    b"\xf4\x90\x80\x80",
    b"\xc0\x80",
    b"\xf8",
    b"\xe0\x80\x80",
    b"'\"\\\n\x00\x7f",
    b"'",
]
BYTES += [b"\xf0\x80\x80\x80", b"\xe2\x82a", b"\xf0\x9f\x98a", b"0123456789abcdef0123456789"]


def edges(t: str) -> list[object]:
    if t in INTS:
        low, high = RANGE[t]
        near = {
            low,
            low + 1,
            high,
            high - 1,
            *(v for v in (-7, -3, -2, -1, 0, 1, 2, 3, 5, 7, 8, 31, 33, 64, 100) if v >= low),
        }
        if t in ("i64", "u64"):
            near |= {2**53 + 1, 2**62 + 3, 2**31, 2**32 - 1, 2**32}
        return sorted(near)
    if t == "f32":
        return [f32(v) for v in FLOAT_EDGES]
    return {
        "f64": FLOAT_EDGES,
        "bool": [False, True],
        "str": TEXTS,
        "bytes": BYTES,
        "complex128": [
            complex(a, b) for a in FLOAT_EDGES[::4] for b in (0.0, -0.0, 1.0, -2.5, math.inf, math.nan)
        ],
    }[t]


def random_value(t: str, rng: random.Random) -> object:
    if t in INTS:
        low, high = RANGE[t]
        return (
            rng.randint(low, high) >> rng.choice((0, 0, 8, 16, 32, 48))
            if t[1:] == "64"
            else rng.randint(low, high)
        )
    if t in FLOATS:
        kind = rng.randrange(3)
        value = rng.uniform(-100, 100) if kind else struct.unpack("d", rng.randbytes(8))[0]
        value = float(rng.randint(-1000, 1000)) if kind == 2 else value
        return f32(value) if t == "f32" else value
    if t == "bool":
        return rng.random() < 0.5
    if t == "str":
        return "".join(rng.choice("ab éß日😀'\\\n") for _ in range(rng.randrange(12)))
    if t == "bytes":
        return bytes(rng.choice(b"ab'\xc3\xa9\x00\xe2\x82\xac") for _ in range(rng.randrange(8)))
    return complex(rng.uniform(-5, 5), rng.uniform(-5, 5))


def inputs(op: str, rng: random.Random) -> list[tuple[object, ...]]:
    """Return the cases of one primitive: those where it is defined."""
    params = PRIMS[op].params
    if op.startswith("str_to_") and op != "str_to_bool":
        return [(text,) for text in NUMBER_TEXTS]
    if op == "str_chr":
        return [(c,) for c in (0, 65, 127, 128, 0x7FF, 0x800, 0xFFFD, 0x10000, 0x10FFFF, 0x110000, -1)]
    if op.endswith(("_find", "_rfind")):
        texts = TEXTS if params[0] == "str" else BYTES
        parts = [texts[0], texts[1], texts[2], texts[6] if params[0] == "str" else b"\xa9", texts[-1]]
        bounds = [-100, -2, 0, 1, 3, 100]
        return list(itertools.product(texts, parts, bounds, bounds))
    if op.endswith("_substr"):
        texts = TEXTS if params[0] == "str" else BYTES
        return [(a, i, j) for a in texts for i in range(0, len(a) + 1, 3) for j in range(i, len(a) + 1, 5)]
    if op in ("str_mul", "bytes_mul"):
        return list(itertools.product(edges(params[0]), (-1, 0, 1, 2, 5)))
    cases = list(itertools.product(*(edges(t) for t in params)))
    cases += [tuple(random_value(t, rng) for t in params) for _ in range(60)]
    if "unchecked" in op:
        cases = [case for case in cases if case[1] != 0]
    return cases
