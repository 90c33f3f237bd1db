"""The C header of a library; stripped of its preprocessor lines, also what cffi reads."""

from collections.abc import Iterator, Sequence

from spy_types.program.program import Program
from spy_types.program.types import StructType, TypeId

from spy_cbackend.ctypes import PRIMITIVE
from spy_cbackend.exports import SUPPORT, PublicFunction, prefix_of, public_structs

_KEYWORDS = frozenset(
    [
        "auto",
        "break",
        "case",
        "char",
        "const",
        "continue",
        "default",
        "do",
        "double",
        "else",
        "enum",
        "extern",
        "float",
        "for",
        "goto",
        "if",
        "inline",
        "int",
        "long",
        "register",
        "restrict",
        "return",
        "short",
        "signed",
        "sizeof",
        "static",
        "struct",
        "switch",
        "typedef",
        "union",
        "unsigned",
        "void",
        "volatile",
        "while",
        "bool",
        "true",
        "false",
        "and",
        "or",
        "not",
        "xor",
        "class",
        "new",
        "delete",
        "this",
        "template",
        "typename",
        "namespace",
        "using",
        "try",
        "catch",
        "throw",
        "public",
        "private",
        "protected",
        "virtual",
        "operator",
        "friend",
        "export",
        "explicit",
        "mutable",
        "nullptr",
        "alignas",
        "alignof",
        "asm",
        "constexpr",
        "decltype",
        "noexcept",
        "static_assert",
        "thread_local",
        "wchar_t",
        "errno",
        "stdin",
        "stdout",
        "stderr",
        "NULL",
        "EOF",
        "unix",
        "linux",
    ]
)


def write_header(program: Program, name: str, functions: Sequence[PublicFunction]) -> str:
    """Return the header of the library `name`."""
    guard = f"{prefix_of(name).upper()}H"
    lines = [
        f"/* {prefix_of(name)[:-1]}: a library written in SPy. Its functions are not thread-safe. */",
        f"#ifndef {guard}",
        f"#define {guard}",
        "",
        "#include <stdbool.h>",
        "#include <stddef.h>",
        "#include <stdint.h>",
        "",
        "#ifdef __cplusplus",
        'extern "C" {',
        "#endif",
        "",
        declarations(program, name, functions),
        "#ifdef __cplusplus",
        "}",
        "#endif",
        "",
        "#endif",
    ]
    return "\n".join(lines) + "\n"


def declarations(program: Program, name: str, functions: Sequence[PublicFunction]) -> str:
    """Return what the header declares, without preprocessor lines."""
    names = public_names(program, name, functions)
    lines = [
        "typedef struct spy_Text *spy_str;",
        "typedef struct spy_Text *spy_bytes;",
        "typedef struct { double real; double imag; } spy_complex128;",
        "",
        SUPPORT.format(p=f"{prefix_of(name)}spy_"),
    ]
    for t in public_structs(program, functions):
        lines += [*_struct(program, t, names), ""]
    lines += [_prototype(public, names) for public in functions]
    return "\n".join(lines) + "\n"


def public_names(program: Program, name: str, functions: Sequence[PublicFunction]) -> dict[TypeId, str]:
    """Return the C types of all types that the header may name."""
    names = {t: c_type for t, c_type in PRIMITIVE.items() if t != "None"} | {"None": "uint8_t"}
    taken: set[str] = set()
    for t in public_structs(program, functions):
        word = _word(t.rpartition("::")[2]) or "struct"
        candidate, count = word, 1
        while candidate in taken:
            count += 1
            candidate = f"{word}_{count}"
        taken.add(candidate)
        names[t] = f"struct {prefix_of(name)}{candidate}"
    return names


def public_member(name: str) -> str:
    """Return the C name of a field or parameter: its own, unless that is a keyword or no C name."""
    word = _word(name)
    return f"{word}_" if word in _KEYWORDS or word != name or word.startswith("_") else word


def _word(text: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c == "_") else "_" for c in text)


def _struct(program: Program, t: TypeId, names: dict[TypeId, str]) -> Iterator[str]:
    definition = program.types[t]
    assert isinstance(definition, StructType)
    yield f"{names[t]} {{"
    for field in definition.fields:
        yield f"    {names[field.t]} {public_member(field.name)};"
    yield "};"


def _prototype(public: PublicFunction, names: dict[TypeId, str]) -> str:
    params = [f"{names[p.t]} {public_member(p.name)}" for p in public.function.params if p.t != "None"]
    result = "void" if public.function.result == "None" else names[public.function.result]
    return f"{result} {public.symbol}({', '.join(params) or 'void'});"
