"""Functions that others call: public C names, and wrappers that turn exceptions into a state to ask for.

demo_add(a, b)     calls the program's `demo::add`; after it demo_spy_error_type() says whether it raised
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import final

from spy_types.program.program import Function, Program
from spy_types.program.types import FLOATS, INTS, StructType, TypeId

from spy_cbackend.ctypes import CTypes
from spy_cbackend.errors import export_not_supported
from spy_cbackend.frame import Scope
from spy_cbackend.mangling import member_name

SCALARS = frozenset((*INTS, *FLOATS, "bool", "None", "complex128", "str", "bytes"))

# What every library offers beside its exports; `{p}` is its prefix.
SUPPORT = """\
/* The exception that the last call raised: NULL if none. The texts stay valid until the next call. */
const char *{p}error_type(void);
const char *{p}error_message(size_t *size);
const char *{p}error_traceback(void);
int32_t {p}error_exit_code(void);
void {p}error_clear(void);

/* Text: str from UTF-8 (NULL and an exception if it is not UTF-8), bytes from anything. Texts that the
   library made or returned stay until {p}texts_release() says that none of them is used any more. */
spy_str {p}str_new(const char *utf8, size_t size);
spy_bytes {p}bytes_new(const char *data, size_t size);
const char *{p}text_data(spy_str text);
size_t {p}text_size(spy_str text);
void {p}texts_release(void);
"""


@final
@dataclass(frozen=True, slots=True)
class PublicFunction:
    """An export: the name callers know, its C symbol, and the function behind it."""

    name: str
    symbol: str
    function: Function


def prefix_of(name: str) -> str:
    """Return the prefix of all symbols of the library `name`."""
    word = re.sub(r"[^A-Za-z0-9_]", "_", name)
    return ("_" + word if word[:1].isdigit() else word) + "_"


def public_functions(program: Program, name: str, kind: str) -> list[PublicFunction]:
    """Return the exports of `program`; raise SpyError if one has a type that callers cannot pass."""
    functions = {function.fqn: function for function in program.functions}
    found: list[PublicFunction] = []
    for export in program.exports:
        function = functions[export.fqn]
        for t in (*(param.t for param in function.params), function.result):
            if not is_public(program, t):
                raise export_not_supported(program, function.pos, export.name, t, kind)
        plain = re.fullmatch(r"[A-Za-z0-9_]+", export.name) and not export.name.startswith("spy_")
        symbol = prefix_of(name) + (export.name if plain else member_name(f".{export.name}"))
        found.append(PublicFunction(export.name, symbol, function))
    return found


def is_public(program: Program, t: TypeId) -> bool:
    """Say whether values of `t` can pass the border."""
    definition = program.types.get(t)
    if isinstance(definition, StructType):
        return bool(definition.fields) and all(is_public(program, field.t) for field in definition.fields)
    return t in SCALARS


def public_structs(program: Program, functions: Sequence[PublicFunction]) -> list[TypeId]:
    """Return the struct types of all signatures, each after those it contains."""
    found: dict[TypeId, None] = {}

    def visit(t: TypeId) -> None:
        definition = program.types.get(t)
        if isinstance(definition, StructType) and t not in found:
            for field in definition.fields:
                visit(field.t)
            found[t] = None

    for public in functions:
        for t in (*(param.t for param in public.function.params), public.function.result):
            visit(t)
    return list(found)


def wrappers(scope: Scope, name: str, functions: Sequence[PublicFunction]) -> Iterator[str]:
    """Yield the C functions that the library exports."""
    p = f"{prefix_of(name)}spy_"
    yield f"SPY_EXPORT const char *{p}error_type(void) {{ return spy_error_type(); }}"
    yield f"SPY_EXPORT const char *{p}error_message(size_t *size) {{ return spy_error_message(size); }}"
    yield f"SPY_EXPORT const char *{p}error_traceback(void) {{ return spy_error_traceback(); }}"
    yield f"SPY_EXPORT int32_t {p}error_exit_code(void) {{ return spy_error_exit_code(); }}"
    yield f"SPY_EXPORT void {p}error_clear(void) {{ spy_error_clear(); }}"
    for what in ("str", "bytes"):
        yield f"SPY_EXPORT spy_{what} {p}{what}_new(const char *data, size_t size) {{"
        yield f"spy_{what} text = spy_{what}_from_c(data, size);"
        yield "spy_hold_text(text);"
        yield "return text;"
        yield "}"
    yield f"SPY_EXPORT void {p}texts_release(void) {{ spy_release_texts(); }}"
    yield f"SPY_EXPORT const char *{p}text_data(spy_str text) {{ return spy_text_data(text); }}"
    yield f"SPY_EXPORT size_t {p}text_size(spy_str text) {{ return (size_t)spy_text_size(text); }}"
    for public in functions:
        yield ""
        yield from _wrapper(scope, public)


def _wrapper(scope: Scope, public: PublicFunction) -> Iterator[str]:
    function, types = public.function, scope.types
    params = [param for param in function.params if param.t != "None"]
    declared = [types.declare(param.t, member_name(param.name)) for param in params]
    args = [member_name(param.name) if param.t != "None" else "SPY_NONE" for param in function.params]
    raises = scope.facts.raises(function.fqn)
    yield f"SPY_EXPORT {types.signature(public.symbol, declared, function.result, False)} {{"
    yield "spy_error_clear();"
    if function.result != "None":
        yield f"{types.declare(function.result, 'result')};"
        if raises:
            call = f"{scope.names[function.fqn]}({', '.join([*args, '&result'])})"
            yield f"if ({call}) memset(&result, 0, sizeof result);"
        else:
            yield f"result = {scope.names[function.fqn]}({', '.join(args)});"
    else:
        yield f"{scope.names[function.fqn]}({', '.join(args)});"
    yield "spy_stdout_flush();"
    yield from (f"spy_hold_text({text});" for text in texts_in(types, function.result, "result"))
    if function.result != "None":
        yield "return result;"
    yield "}"


def texts_in(types: CTypes, t: TypeId, place: str) -> Iterator[str]:
    """Yield the texts that a public value consists of, as C."""
    if t in ("str", "bytes"):
        yield place
    elif isinstance(types.types.get(t), StructType):
        for field in types.struct(t).fields:
            yield from texts_in(types, field.t, f"{place}.{member_name(field.name)}")
