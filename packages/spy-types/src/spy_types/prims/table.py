"""The primitive operations: what `Prim` nodes of Program IR may name, with their types and effects.

Integers wrap (two's complement); with `Features.overflow == "check"` the operations marked `overflow`
raise OverflowError instead (``i32 addition overflowed``). Floats are IEEE 754 without contraction.
"""

from collections.abc import Iterator
from typing import final

import msgspec

from spy_types.prims.scalars import FLOATS, INTS, SIGNED, TypeId


@final
class PrimOp(msgspec.Struct, frozen=True):
    """A primitive: `raises` names the exceptions it may raise, `infix` its operator in the printed form."""

    name: str
    params: tuple[TypeId, ...]
    result: TypeId
    raises: tuple[str, ...] = ()
    infix: str = ""
    overflow: bool = False


ARITHMETIC = {"add": "+", "sub": "-", "mul": "*"}
BITWISE = {"and": "&", "or": "|", "xor": "^"}
SHIFTS = {"lshift": "<<", "rshift": ">>"}
COMPARISONS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
NUMERIC: tuple[TypeId, ...] = (*INTS, *FLOATS)
ZERO = ("ZeroDivisionError",)
ERROR = "_exceptions::Error"  # the class that exceptions of a program's own classes are based on


def _integers() -> Iterator[PrimOp]:
    for t in INTS:
        signed = t in SIGNED
        for name, infix in ARITHMETIC.items():
            yield PrimOp(f"{t}_{name}", (t, t), t, infix=infix, overflow=signed)
            yield PrimOp(f"{t}_wrapping_{name}", (t, t), t)
        for name, infix in BITWISE.items():
            yield PrimOp(f"{t}_{name}", (t, t), t, infix=infix)
        for name, infix in SHIFTS.items():
            yield PrimOp(f"{t}_{name}", (t, t), t, ("ValueError",), infix)
        yield PrimOp(f"{t}_div", (t, t), "f64", ZERO, "/")
        yield PrimOp(f"{t}_floordiv", (t, t), t, ZERO, "//", overflow=signed)
        yield PrimOp(f"{t}_mod", (t, t), t, ZERO, "%")
        yield PrimOp(f"{t}_pow", (t, t), t, ("ValueError", "ZeroDivisionError"), "**", overflow=signed)
        yield PrimOp(f"{t}_neg", (t,), t, overflow=signed)
        yield PrimOp(f"{t}_invert", (t,), t)
        for name in ("floordiv", "mod"):
            yield PrimOp(f"{t}_unchecked_{name}", (t, t), t)
        yield PrimOp(f"{t}_unchecked_div", (t, t), "f64")
        yield PrimOp(f"str_to_{t}", ("str",), t, ("ValueError", "OverflowError"))


def _floats() -> Iterator[PrimOp]:
    for t in FLOATS:
        for name, infix in ARITHMETIC.items():
            yield PrimOp(f"{t}_{name}", (t, t), t, infix=infix)
        for name, infix in {"div": "/", "floordiv": "//", "mod": "%"}.items():
            yield PrimOp(f"{t}_{name}", (t, t), t, ZERO, infix)
            yield PrimOp(f"{t}_unchecked_{name}", (t, t), t)
        yield PrimOp(f"{t}_ieee754_div", (t, t), t)
        yield PrimOp(f"{t}_pow", (t, t), t, ("ZeroDivisionError", "ValueError", "OverflowError"), "**")
        yield PrimOp(f"{t}_neg", (t,), t)
    yield PrimOp("str_to_f64", ("str",), "f64", ("ValueError",))
    yield PrimOp("f64_format", ("f64", "i32", "i32"), "str", ("ValueError",))


def _numbers() -> Iterator[PrimOp]:
    for t in NUMERIC:
        for name, infix in COMPARISONS.items():
            yield PrimOp(f"{t}_{name}", (t, t), "bool", infix=infix)
        for other in NUMERIC:
            if other != t:
                yield PrimOp(f"{t}_to_{other}", (t,), other)
        yield PrimOp(f"{t}_to_bool", (t,), "bool")
        yield PrimOp(f"bool_to_{t}", ("bool",), t)
        yield PrimOp(f"{t}_str", (t,), "str")
        yield PrimOp(f"{t}_hash", (t,), "i32")


def _bools() -> Iterator[PrimOp]:
    for name, infix in (COMPARISONS | BITWISE).items():
        yield PrimOp(f"bool_{name}", ("bool", "bool"), "bool", infix=infix)
    yield PrimOp("bool_not", ("bool",), "bool")
    yield PrimOp("bool_str", ("bool",), "str")
    yield PrimOp("bool_hash", ("bool",), "i32")


def _complexes() -> Iterator[PrimOp]:
    c = "complex128"
    for name, infix in ARITHMETIC.items():
        yield PrimOp(f"{c}_{name}", (c, c), c, infix=infix)
    yield PrimOp(f"{c}_div", (c, c), c, ZERO, "/")
    yield PrimOp(f"{c}_pow", (c, c), c, ("ZeroDivisionError", "OverflowError"), "**")
    yield PrimOp(f"{c}_neg", (c,), c)
    yield PrimOp(f"{c}_conjugate", (c,), c)
    yield PrimOp(f"{c}_abs", (c,), "f64", ("OverflowError",))
    for name in ("real", "imag"):
        yield PrimOp(f"{c}_{name}", (c,), "f64")
    for name in ("eq", "ne"):
        yield PrimOp(f"{c}_{name}", (c, c), "bool", infix=COMPARISONS[name])
    yield PrimOp(f"{c}_make", ("f64", "f64"), c)
    yield PrimOp(f"{c}_to_bool", (c,), "bool")
    yield PrimOp(f"{c}_str", (c,), "str")
    yield PrimOp(f"{c}_hash", (c,), "i32")
    yield PrimOp(f"str_to_{c}", ("str",), c, ("ValueError",))


def _sequences() -> Iterator[PrimOp]:
    """Yield what str (code points) and bytes share. `substr` wants 0 <= start <= stop <= len."""
    for t, item in (("str", "str"), ("bytes", "u8")):
        yield PrimOp(f"{t}_len", (t,), "i32")
        yield PrimOp(f"{t}_getitem", (t, "i32"), item, ("IndexError",))
        yield PrimOp(f"{t}_substr", (t, "i32", "i32"), t)
        yield PrimOp(f"{t}_add", (t, t), t, infix="+")
        yield PrimOp(f"{t}_mul", (t, "i32"), t, ("MemoryError",), "*")
        yield PrimOp(f"{t}_contains", (t, t), "bool")
        yield PrimOp(f"{t}_find", (t, t, "i32", "i32"), "i32")
        yield PrimOp(f"{t}_rfind", (t, t, "i32", "i32"), "i32")
        for name, infix in COMPARISONS.items():
            yield PrimOp(f"{t}_{name}", (t, t), "bool", infix=infix)
        yield PrimOp(f"{t}_to_bool", (t,), "bool")
        yield PrimOp(f"{t}_hash", (t,), "i32")
        yield PrimOp(f"{t}_repr", (t,), "str")


def _text() -> Iterator[PrimOp]:
    """Yield what only str or bytes has.

    `read` and `write` move UTF-8 between text and a gc_ptr[u8] buffer, at an offset; `read` has a length too.
    """
    buffer = "unsafe::gc_ptr[u8]"
    yield PrimOp("str_ord", ("str",), "i32", ("TypeError",))
    yield PrimOp("str_codepoint", ("str", "i32"), "i32", ("IndexError",))
    yield PrimOp("str_chr", ("i32",), "str", ("ValueError",))
    yield PrimOp("str_isascii", ("str",), "bool")
    yield PrimOp("str_encode", ("str",), "bytes")
    yield PrimOp("bytes_decode", ("bytes",), "str", ("UnicodeDecodeError",))
    for t, error in (("str", ("UnicodeDecodeError",)), ("bytes", ())):
        yield PrimOp(f"{t}_size", (t,), "i32")
        yield PrimOp(f"{t}_write", (t, buffer, "i32"), "None", ("IndexError",))
        yield PrimOp(f"{t}_read", (buffer, "i32", "i32"), t, ("IndexError", *error))


def _exceptions() -> Iterator[PrimOp]:
    """Yield what makes an exception of a type, a text and the text of its arguments, and reads it."""
    e = "exception"
    yield PrimOp("exception_new", ("str", "str"), e)
    yield PrimOp("exception_with", ("str", "str", "str"), e)
    for name in ("type", "str", "arguments", "repr"):
        yield PrimOp(f"exception_{name}", (e,), "str")
    yield PrimOp("exception_is", (e, "str"), "bool")
    for name in ("eq", "ne"):
        yield PrimOp(f"exception_{name}", (e, e), "bool", infix=COMPARISONS[name])
    for name in ("cause", "context"):
        yield PrimOp(f"exception_{name}", (e,), e)
        yield PrimOp(f"exception_has_{name}", (e,), "bool")
    yield PrimOp("exception_wrap", ("str", "str", "str", ERROR), e)
    yield PrimOp("exception_wraps", (e,), "bool")
    yield PrimOp("exception_object", (e,), ERROR)
    yield PrimOp("exception_subtype", ("str", "str"), "bool")


PRIMS: dict[str, PrimOp] = {
    op.name: op
    for family in (
        _integers(),
        _floats(),
        _numbers(),
        _bools(),
        _complexes(),
        _sequences(),
        _text(),
        _exceptions(),
    )
    for op in family
}
