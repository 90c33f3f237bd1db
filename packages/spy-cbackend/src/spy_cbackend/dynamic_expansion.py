"""DynamicOps become dispatchers over the types that dynamic values of this program can have.

    DynamicOp(+, a, b)     spy_dyn_0(a, b, &t1)

where the C function `spy_dyn_0` looks at the types of its operands and calls, for i32 and f64, the function

    def `dyn::0_3_7`(a: i32, b: f64) -> f64: return f64_add(i32_to_f64(a), b)

that this module adds to the program. Facts, checks and code of those are then nothing special.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import final

from msgspec.structs import replace
from spy_types.program.constants import ConstValue, DynamicConst, StrConst, StructConst, UnionConst
from spy_types.program.nodes import Const, DynamicOp, Expr, Local, Return, ToDynamic
from spy_types.program.program import Effects, Function, Param, Program
from spy_types.program.types import StructType, TypeId

from spy_cbackend.dynamic_meaning import NOWHERE, Meanings
from spy_cbackend.errors import unsupported
from spy_cbackend.walk import program_expressions

# Helpers have no name that users see: they leave no trace in a traceback.
HELPER = ""

_NAMED = ("getattr", "call_method")
_DIRECT = ("is", "is not", "isinstance")


@final
@dataclass(frozen=True, slots=True)
class Dispatch:
    """One kind of DynamicOp: the operation, the name it concerns if any, and how many operands it looks
    at.
    """

    op: str
    name: str
    arity: int
    result: TypeId


@final
@dataclass(frozen=True, slots=True)
class Expansion:
    """What a program's dynamic values need: their types in a fixed order, the dispatchers, and the helpers
    of each.
    """

    types: tuple[TypeId, ...] = ()
    dispatches: dict[Dispatch, list[tuple[tuple[TypeId, ...], Function]]] = field(default_factory=dict)

    def number(self, dispatch: Dispatch) -> int:
        """Return the number in the name of the dispatcher."""
        return list(self.dispatches).index(dispatch)


def dispatch_of(expr: DynamicOp) -> Dispatch:
    """Return the dispatcher that does `expr`, of the operands from `operands_of`."""
    name = constant_text(expr.args[1]) or "" if expr.op in _NAMED else ""
    return Dispatch(expr.op, name, len(operands_of(expr)), expr.t)


def operands_of(expr: DynamicOp) -> tuple[Expr, ...]:
    """Return the operands whose types matter: a constant name is none."""
    return (expr.args[0], *expr.args[2:]) if expr.op in _NAMED else expr.args


def expand(program: Program) -> tuple[Program, Expansion]:
    """Return `program` with the helpers of its dynamic operations."""
    ops = [expr for expr in program_expressions(program) if isinstance(expr, DynamicOp)]
    types = dict.fromkeys(_dynamic_types(program))
    if not types and not ops:
        return program, Expansion()
    types["None"] = None
    meanings = Meanings(program.types, program.functions)
    dispatches = list(dict.fromkeys(dispatch_of(expr) for expr in ops if expr.op not in _DIRECT))
    found: dict[Dispatch, list[tuple[tuple[TypeId, ...], Function]]] = {}
    known = 0
    while known < len(types):  # results are operands of the next operation
        known = len(types)
        found = {d: list(_helpers(d, i, tuple(types), meanings)) for i, d in enumerate(dispatches)}
        for dispatch, helpers in found.items():
            if dispatch.result == "dynamic":
                types.update(
                    dict.fromkeys(helper.result for _, helper in helpers if helper.result != "dynamic")
                )
    for expr in ops:
        if expr.op in ("getattr", "call_method", "call") and not found[dispatch_of(expr)]:
            raise unsupported(program, expr.pos, f"`{expr.op}` on this dynamic value")
    added = [helper for cases in found.values() for _, helper in cases]
    expanded = replace(program, functions=(*program.functions, *added))
    return expanded, Expansion(tuple(types), found)


def _helpers(
    dispatch: Dispatch, number: int, types: tuple[TypeId, ...], meanings: Meanings
) -> Iterator[tuple[tuple[TypeId, ...], Function]]:
    for operands in itertools.product(range(len(types)), repeat=dispatch.arity):
        chosen = tuple(types[i] for i in operands)
        params = tuple(Param(f"a{i}", t) for i, t in enumerate(chosen))
        locals_ = [Local(param.t, NOWHERE, param.name) for param in params]
        value = meanings.meaning(dispatch.op, dispatch.name, locals_)
        if value is None or dispatch.result not in ("dynamic", value.t):
            continue
        fqn = f"dyn::{number}_{'_'.join(map(str, operands))}"
        effects = Effects(raises=True, allocates=True, pure=False)
        body = (Return(NOWHERE, value),)
        yield chosen, Function(fqn, HELPER, params, value.t, (), body, NOWHERE, effects, "auto", None)


def _dynamic_types(program: Program) -> Iterator[TypeId]:
    for expr in program_expressions(program):
        if isinstance(expr, ToDynamic) and expr.value.t != "dynamic":
            yield expr.value.t
        elif isinstance(expr, Const):
            yield from _constant_types(program, expr.value, expr.t)
    for variable in program.globals:
        yield from _constant_types(program, variable.init, variable.t)
    for block in program.blocks:
        for value in block.values:
            yield from _constant_types(program, value, block.item)


def _constant_types(program: Program, value: ConstValue, t: TypeId) -> Iterator[TypeId]:
    if isinstance(value, UnionConst):
        yield from _constant_types(program, value.value, value.t)
    elif isinstance(value, DynamicConst):
        yield value.t
        yield from _constant_types(program, value.value, value.t)
    elif isinstance(value, StructConst):
        definition = program.types[t]
        assert isinstance(definition, StructType)
        for member, inner in zip(definition.fields, value.fields, strict=True):
            yield from _constant_types(program, inner, member.t)


def constant_text(expr: Expr) -> str | None:
    """Return the text that `expr` is, as itself or as dynamic; None if it is not constant."""
    if isinstance(expr, ToDynamic):
        return constant_text(expr.value)
    if not isinstance(expr, Const):
        return None
    value = expr.value.value if isinstance(expr.value, DynamicConst) else expr.value
    return value.value if isinstance(value, StrConst) else None
