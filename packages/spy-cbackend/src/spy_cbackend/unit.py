"""A program as one C translation unit."""

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import final

from spy_types.program.program import Function, Program
from spy_types.program.types import FLOATS, INTS

from spy_cbackend.classes import Classes
from spy_cbackend.constants import Constants
from spy_cbackend.ctypes import CTypes, fat_pointers
from spy_cbackend.dynamic import Dynamics
from spy_cbackend.dynamic_expansion import Expansion, expand
from spy_cbackend.errors import bad_entry, extern_without_body, no_entry, too_deep
from spy_cbackend.externs import LIBRARY, library_function
from spy_cbackend.facts import compute_facts
from spy_cbackend.frame import Scope
from spy_cbackend.functions import prototype, write_function
from spy_cbackend.functionvalues import FunctionValues
from spy_cbackend.generator_loops import lower_generator_loops
from spy_cbackend.generators import frame_declarations
from spy_cbackend.layout import indent, with_positions
from spy_cbackend.literals import Literals
from spy_cbackend.mangling import fqn_name
from spy_cbackend.options import Mode
from spy_cbackend.places import Places
from spy_cbackend.value import RAISES

# What an artifact adds at the end of the unit: `main`, or the functions that others call.
Epilogue = Callable[[Scope], Iterator[str]]


@final
@dataclass(frozen=True, slots=True)
class Unit:
    """The C text of a program, and what was known when it was written."""

    text: str
    scope: Scope


def write_unit(program: Program, mode: Mode, c_sources: Mapping[str, str], epilogue: Epilogue) -> Unit:
    """Return `program` as C."""
    program, expansion = expand(lower_generator_loops(program))
    scope = make_scope(program, mode, expansion)
    bodies = _extern_bodies(program, c_sources)
    with _deep_recursion():
        functions = list(_functions(scope))
    last = list(epilogue(scope))
    lines = [
        *scope.types.declarations(),
        "",
        *scope.dynamics.declarations(),
        *frame_declarations(scope),
        *_globals_and_image(scope),
        *scope.places.declarations(),
        "",
        *bodies,
        *(f"{prototype(scope, function)};" for function in program.functions),
        *scope.functions.definitions(),
        *scope.classes.declarations(),
        *scope.classes.dispatchers(),
        "",
        *_definitions(scope),
        "",
        *functions,
        *scope.dynamics.dispatchers(),
        *scope.places.definitions(),
        "",
        *last,
    ]
    text = "\n".join(indent(lines)) + "\n"
    return Unit("\n".join([*_includes(text), "", text]), scope)


@contextlib.contextmanager
def _deep_recursion() -> Iterator[None]:
    """Allow the nesting that the verifier allows: each level of it takes several calls here."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, 20_000))
    try:
        yield
    except RecursionError:
        raise too_deep("an expression of the program") from None
    finally:
        sys.setrecursionlimit(before)


def make_scope(program: Program, mode: Mode, expansion: Expansion) -> Scope:
    """Return what all functions of an expanded `program` share."""
    facts = compute_facts(program, mode)
    raising = frozenset(t for t, flags in facts.type_flags.items() if flags & RAISES)
    fat = fat_pointers(program, checked=mode.checked_pointers)
    types = CTypes(program.types, fat, raising, facts.unsure_fields)
    names = {extern.fqn: fqn_name(extern.fqn) for extern in program.externs}
    for function in program.functions:
        names[function.fqn] = fqn_name(function.fqn) + ("$$x" if function.fqn in LIBRARY else "")
    values = FunctionValues(types, facts, names)
    dynamics = Dynamics(program, types, facts, names, expansion)
    constants = Constants(program, types, Literals(), values, dynamics)
    classes = Classes(program, types, facts, names)
    return Scope(program, mode, facts, types, constants, values, dynamics, Places(program), names, classes)


def entry_function(scope: Scope, name: str) -> Function:
    """Return the function that an executable starts with."""
    program = scope.program
    if program.entry is None:
        raise no_entry(name)
    entry = next((function for function in program.functions if function.fqn == program.entry), None)
    if entry is None:
        raise no_entry(name)
    if entry.params or entry.result not in ("None", "i32"):
        raise bad_entry(entry.display)
    return entry


def _includes(text: str) -> Iterator[str]:
    """Yield the include of the runtime, limited to what `text` uses: parsing all of it takes a third of a
    debug build.
    """
    for t in INTS:
        if f"spy_{t}_" in text:
            yield f"#define SPY_USES_{t.upper()}"
    if any(f"spy_{t}_" in text for t in FLOATS):
        yield "#define SPY_USES_FLOATS"
    if "spy_generator" in text:
        yield "#define SPY_USES_GENERATORS"
    if "spy_dynamic" in text:
        yield "#define SPY_USES_DYNAMIC"
    if "spy_math$" in text:
        yield "#define SPY_USES_MATH"
    yield '#include "spy.h"'


def _functions(scope: Scope) -> Iterator[str]:
    for function in scope.program.functions:
        lines = list(write_function(scope, function))
        if scope.mode.line_directives:
            yield from with_positions(scope.program, lines)
        else:
            yield from (text for text, _ in lines)
        yield ""
    if scope.mode.line_directives:
        yield '#line 1 "spy-generated.c"'


def _globals_and_image(scope: Scope) -> Iterator[str]:
    """Yield what functions refer to, without values: these may refer to functions and to each other."""
    for variable in scope.program.globals:
        yield f"static {scope.types.declare(variable.t, fqn_name(variable.fqn, 'spy_var_'))};"
    yield from scope.constants.block_declarations()
    yield from scope.classes.object_declarations()


def _definitions(scope: Scope) -> Iterator[str]:
    image = [
        *scope.constants.block_definitions(),
        *scope.classes.object_definitions(scope.constants),
    ]
    for variable in scope.program.globals:
        declared = scope.types.declare(variable.t, fqn_name(variable.fqn, "spy_var_"))
        image.append(f"static {declared} = {scope.constants.initialiser(variable.init, variable.t)};")
    yield from scope.constants.literals.definitions()
    yield from scope.dynamics.boxes()
    yield from image


def _extern_bodies(program: Program, c_sources: Mapping[str, str]) -> Iterator[str]:
    bodies: list[str] = []
    for extern in program.externs:
        if library_function(extern) is not None:
            continue
        body = c_sources.get(extern.fqn)
        if body is None:
            raise extern_without_body(extern.fqn)
        if body not in bodies:
            bodies.append(body)
    return iter(bodies)
