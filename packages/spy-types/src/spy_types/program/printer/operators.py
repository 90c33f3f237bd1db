"""How a primitive without an infix operator looks in Python: `-x`, `len(s)`, `f64(x)`, `z.real`.

What has no such form, or would hide a difference (`i32_unchecked_mod`), is a call of the primitive.
"""

from spy_types.prims.table import NUMERIC
from spy_types.program.types import FLOATS, INTS

PREFIX: dict[str, str] = {
    **{f"{t}_neg": "-" for t in (*INTS, *FLOATS, "complex128")},
    **{f"{t}_invert": "~" for t in INTS},
    "bool_not": "not ",
}

CALLS: dict[str, str] = {
    **{f"{t}_to_{other}": other for t in NUMERIC for other in NUMERIC if t != other},
    **{f"bool_to_{t}": t for t in NUMERIC},
    **{f"str_to_{t}": t for t in (*INTS, "f64", "complex128")},
    **{f"{t}_to_bool": "bool" for t in (*NUMERIC, "complex128", "str", "bytes")},
    **{f"{t}_str": "str" for t in (*NUMERIC, "bool", "complex128")},
    **{f"{t}_hash": "hash" for t in (*NUMERIC, "bool", "complex128", "str", "bytes")},
    **{f"{t}_len": "len" for t in ("str", "bytes")},
    **{f"{t}_repr": "repr" for t in ("str", "bytes")},
    "complex128_make": "complex",
    "complex128_abs": "abs",
    "str_ord": "ord",
    "str_chr": "chr",
}

ITEMS = frozenset(("str_getitem", "bytes_getitem"))
SUFFIX: dict[str, str] = {
    "complex128_real": ".real",
    "complex128_imag": ".imag",
    "complex128_conjugate": ".conjugate()",
    "str_isascii": ".isascii()",
    "str_encode": ".encode()",
    "bytes_decode": ".decode()",
}

DYNAMIC_INFIX: dict[str, str] = {
    "+": "add",
    "-": "sub",
    "*": "mul",
    "/": "div",
    "//": "floordiv",
    "%": "mod",
    "**": "pow",
    "<<": "lshift",
    ">>": "rshift",
    "&": "and",
    "|": "or",
    "^": "xor",
    "==": "eq",
    "!=": "ne",
    "<": "lt",
    "<=": "le",
    ">": "gt",
    ">=": "ge",
    "in": "in",
    "is": "is",
    "is not": "is_not",
}
DYNAMIC_PREFIX: dict[str, str] = {"neg": "-", "pos": "+", "invert": "~", "not": "not "}
DYNAMIC_CALLS: dict[str, str] = {
    "str": "str",
    "repr": "repr",
    "isinstance": "isinstance",
    "getattr": "getattr",
    "len": "len",
    "to_bool": "bool",
    "hash": "hash",
}
