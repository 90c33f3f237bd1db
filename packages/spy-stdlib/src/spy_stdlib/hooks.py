"""What spy-stdlib offers to SPy: the folder `lib`, and which of its names every module sees."""

from collections.abc import Sequence
from pathlib import Path

from spy_types.artifacts import StdlibProvider
from spy_types.hookspecs import hookimpl

LIBRARY = Path(__file__).parent / "lib"

BUILTIN_NAMES = {
    "abs": "_builtins::abs",
    "all": "_builtins::all",
    "any": "_builtins::any",
    "ascii": "_format::ascii",
    "bin": "_numbers::bin",
    "bytearray": "_bytearray::bytearray",
    "dict": "_dict::dict",
    "divmod": "_builtins::divmod",
    "enumerate": "_iterators::enumerate",
    "file": "_file::file",
    "exit": "_exceptions::exit",
    "filter": "_iterators::filter",
    "format": "_format::format",
    "hex": "_numbers::hex",
    "input": "_input::input",
    "iter": "_generators::iter",
    "list": "_list::list",
    "map": "_iterators::map",
    "max": "_min_max::max",
    "min": "_min_max::min",
    "next": "_generators::next",
    "oct": "_numbers::oct",
    "open": "_file::open",
    "pow": "_builtins::pow",
    "print": "_print::print",
    "quit": "_exceptions::exit",
    "range": "_range::range",
    "reversed": "_iterators::reversed",
    "round": "_numbers::round",
    "set": "_set::set",
    "slice": "_slice::slice",
    "sorted": "_sorted::sorted",
    "sum": "_builtins::sum",
    "tuple": "_tuple::tuple",
    "zip": "_iterators::zip",
}

TYPE_METHODS = {
    **dict.fromkeys(("i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"), "_integer_methods::methods"),
    **dict.fromkeys(("f32", "f64"), "_float_methods::methods"),
    "bytes": "_bytes::methods",
    "exception": "_exceptions::methods",
    "str": "_str::methods",
}

MODULE_PARTS = {"math": "_math", "sys": "_sys"}


@hookimpl
def spy_stdlib_providers() -> Sequence[StdlibProvider]:
    """Offer the library."""
    return [StdlibProvider("spy-stdlib", LIBRARY, BUILTIN_NAMES, TYPE_METHODS, MODULE_PARTS)]
