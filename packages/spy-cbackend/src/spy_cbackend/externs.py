"""The builtin functions that libspy defines: signature, and what a call touches."""

from typing import final

import msgspec
from spy_types.program.program import Extern
from spy_types.program.types import TypeId

from spy_cbackend.errors import extern_mismatch
from spy_cbackend.value import READS, WRITES


@final
class LibraryFunction(msgspec.Struct, frozen=True):
    """A function of libspy. One that raises takes `T *result` last and returns true when it raised."""

    params: tuple[TypeId, ...]
    result: TypeId
    raises: bool = False
    flags: int = 0


RAISING = (
    *("sqrt", "cos", "sin", "tan", "log", "log10", "log2", "exp", "acos", "asin", "sinh", "cosh"),
    *("acosh", "atanh", "expm1", "log1p", "exp2"),
)


def _table() -> dict[str, LibraryFunction]:
    f64, i32, text, none = "f64", "i32", "str", "None"
    io = READS | WRITES
    table: dict[str, LibraryFunction] = {}
    for name in RAISING:
        table[f"math::{name}"] = LibraryFunction((f64,), f64, raises=True)
    for name in ("atan", "fabs", "tanh", "_ceil", "_floor", "_trunc", "asinh", "cbrt", "erf", "erfc"):
        table[f"math::{name}"] = LibraryFunction((f64,), f64)
    for name in ("isnan", "isinf", "isfinite"):
        table[f"math::{name}"] = LibraryFunction((f64,), "bool")
    for name in ("pow", "fmod", "remainder"):
        table[f"math::{name}"] = LibraryFunction((f64, f64), f64, raises=True)
    for name in ("atan2", "copysign", "hypot", "nextafter"):
        table[f"math::{name}"] = LibraryFunction((f64, f64), f64)
    for name in ("time", "perf_counter", "monotonic"):
        table[f"time::{name}"] = LibraryFunction((), f64, flags=io)
    table["time::sleep"] = LibraryFunction((f64,), none, raises=True, flags=io)
    table["__spy__::is_compiled"] = LibraryFunction((), "bool")
    table["__spy__::_stdout_write"] = LibraryFunction((text,), none, flags=io)
    table["__spy__::_stderr_write"] = LibraryFunction((text,), none, flags=io)
    table["__spy__::_stdout_flush"] = LibraryFunction((), none, flags=io)
    table["sys::exit"] = LibraryFunction((i32,), none, raises=True, flags=io)
    table["sys::_argc"] = LibraryFunction((), i32)
    table["sys::_argv"] = LibraryFunction((i32,), text, raises=True)
    table["input::_readline"] = LibraryFunction((), text, raises=True, flags=io)
    for name, params, result, raises in (
        ("_open", (text, text), i32, True),
        ("_read", (i32, i32), text, True),
        ("_readline", (i32,), text, True),
        ("_write", (i32, text), i32, True),
        ("_flush", (i32,), none, True),
        ("_close", (i32,), none, True),
        ("_fileno", (i32,), i32, True),
        ("_seek", (i32, i32, i32), none, True),
        ("_tell", (i32,), i32, True),
        ("_isatty", (i32,), "bool", False),
        ("_getenv", (text,), text, False),
        ("_hasenv", (text,), "bool", False),
        ("_getcwd", (), text, True),
        ("_remove", (text,), none, True),
        ("_exists", (text,), "bool", False),
        ("_columns", (), i32, False),
        ("_lines", (), i32, False),
    ):
        table[f"posix::{name}"] = LibraryFunction(params, result, raises=raises, flags=io)
    return table


LIBRARY = _table()


def library_function(extern: Extern) -> LibraryFunction | None:
    """Return libspy's function for `extern`, None if it has none; refuse another signature."""
    found = LIBRARY.get(extern.fqn)
    if found is None:
        return None
    if (found.params, found.result) != (extern.params, extern.result):
        raise extern_mismatch(
            extern.fqn, _shown(found.params, found.result), _shown(extern.params, extern.result)
        )
    return found


def _shown(params: tuple[TypeId, ...], result: TypeId) -> str:
    return f"({', '.join(params)}) -> {result}"
