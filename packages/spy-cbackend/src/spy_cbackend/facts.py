"""What the functions of a program may do, computed from their bodies for one mode of building.

The producer's effects are hints for people: C depends on what the emitted code really does, which differs
between builds (debug builds check pointers), so it is computed here, for nodes and then over the call graph.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import final

from spy_types.prims.table import PRIMS
from spy_types.program.constants import (
    ComplexConst,
    DynamicConst,
    FloatConst,
    FuncConst,
    IntConst,
    StructConst,
    UnionConst,
)
from spy_types.program.nodes import (
    AddrOf,
    Advance,
    Alloc,
    Call,
    CallIndirect,
    CallVirtual,
    Cast,
    CloseGenerator,
    Const,
    DynamicOp,
    Expr,
    ForRange,
    FromDynamic,
    FromUnion,
    GetAttr,
    GlobalGet,
    GlobalSet,
    Load,
    Local,
    MakeClosure,
    Prim,
    PtrOp,
    Raise,
    RaiseObject,
    Reraise,
    Returned,
    Sent,
    SetAttr,
    Stmt,
    Store,
    Yielded,
)
from spy_types.program.program import Function, Program
from spy_types.program.types import StructType, TypeId

from spy_cbackend.assigned import Unsure, unsure_reads
from spy_cbackend.class_fields import Fields, unsure_fields
from spy_cbackend.deep_calls import checked_functions
from spy_cbackend.externs import library_function
from spy_cbackend.options import Mode
from spy_cbackend.recursion import recursion
from spy_cbackend.value import CALLS, RAISES, READS, WRITES
from spy_cbackend.walk import all_statements, body_expressions

_MEMORY_PRIMS = {"str_write": WRITES, "bytes_write": WRITES, "str_read": READS, "bytes_read": READS}
_POINTER_FLAGS = {
    "copy": READS | WRITES,
    "move": READS | WRITES,
    "setbytes": WRITES,
    "cmp": READS,
    "free": WRITES,
}


@final
@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one program: flags (of `value`) per function, extern, and function type when called.

    `values` holds the functions that are used as values of each function type, `closures` the types that a
    function captures as a value of one; `recursive` maps a function
    to the functions that may call each other with it; those `checked` look whether the stack is full.
    """

    mode: Mode
    flags: Mapping[str, int]
    type_flags: Mapping[TypeId, int]
    values: Mapping[TypeId, frozenset[str]]
    closures: Mapping[tuple[TypeId, str], tuple[TypeId, ...]]
    unsure: Mapping[str, Unsure]
    method_flags: Mapping[str, int]
    unsure_fields: frozenset[tuple[TypeId, str]]
    recursive: Mapping[str, frozenset[str]]
    checked: frozenset[str]

    def raises(self, fqn: str) -> bool:
        """Say whether a call of `fqn` may raise."""
        return bool(self.flags[fqn] & RAISES)


def compute_facts(program: Program, mode: Mode) -> Facts:
    """Return the facts of `program`."""
    unsure = {function.fqn: unsure_reads(function) for function in program.functions}
    values = _function_values(program)
    closures = _closures(program)
    targets = {t: set(functions) for t, functions in values.items()}
    for t, fqn in closures:
        targets.setdefault(t, set()).add(fqn)
    fields = Fields(program.types, unsure_fields(program))
    methods = {m.fqn: {impl.func for impl in m.impls} for m in program.methods}
    flags: dict[str, int] = {}
    for extern in program.externs:
        known = library_function(extern)
        if known is None:
            flags[extern.fqn] = (RAISES if extern.effects.raises else 0) | (
                0 if extern.effects.pure else READS | WRITES
            )
        else:
            flags[extern.fqn] = (RAISES if known.raises else 0) | known.flags
    calls: dict[str, set[str]] = {}
    indirect: dict[str, set[TypeId]] = {}
    for function in program.functions:
        own, calls[function.fqn], indirect[function.fqn] = _own_facts(
            function, mode, unsure[function.fqn], fields, methods
        )
        flags[function.fqn] = CALLS if function.generator else own
    type_flags = dict.fromkeys(targets, RAISES if mode.checked_pointers else 0)
    for types in indirect.values():
        for t in types:
            type_flags.setdefault(t, RAISES if mode.checked_pointers else 0)
    starting = {function.fqn for function in program.functions if function.generator}
    at_call = {fqn: set(callees) for fqn, callees in calls.items() if fqn not in starting}
    _propagate(flags, type_flags, at_call, indirect, targets)
    _add_steps(program, calls)
    edges = {
        fqn: callees | {value for t in indirect[fqn] for value in targets.get(t, ())}
        for fqn, callees in calls.items()
    }
    rec = recursion(edges)
    checked = checked_functions(program, edges, rec) - starting
    if checked:
        flags |= {fqn: flags[fqn] | RAISES for fqn in checked}
        _propagate(flags, type_flags, at_call, indirect, targets)
    method_flags = dict.fromkeys(methods, 0)
    for fqn, functions in methods.items():
        for function_name in functions:
            method_flags[fqn] |= flags[function_name]
    return Facts(mode, flags, type_flags, values, closures, unsure, method_flags, fields.unsure, rec, checked)


def prim_raises(expr: Prim, mode: Mode) -> bool:  # noqa: PLR0911  # one case per node
    """Say whether this use of a primitive may raise: a constant operand often shows that it cannot."""
    op = PRIMS[expr.op]
    if op.overflow and mode.overflow == "check" and not _cannot_overflow(expr):
        return True
    if not op.raises:
        return False
    last = constant_number(expr.args[-1])
    if last is None:
        return True
    t, _, name = expr.op.partition("_")
    match name:
        case "floordiv" if op.overflow and mode.overflow == "warn":
            return last in (0, -1)
        case "div" | "floordiv" | "mod":
            return last == 0
        case "lshift" | "rshift" | "pow" if t not in ("f32", "f64", "complex128"):
            return isinstance(last, complex) or last < 0
        case _:
            return True


def _cannot_overflow(expr: Prim) -> bool:
    """Division overflows by -1 only."""
    return expr.op.endswith("_floordiv") and constant_number(expr.args[1]) not in (None, -1)


def constant_number(expr: Expr) -> int | float | complex | None:
    """Return the number that `expr` is, None if it is not a constant number."""
    if not isinstance(expr, Const):
        return None
    match expr.value:
        case IntConst(value=value):
            return value
        case FloatConst(hex=text):
            return float.fromhex(text)
        case ComplexConst(real=real, imag=imag):
            return complex(float.fromhex(real), float.fromhex(imag))
        case _:
            return None


def expression_flags(expr: Expr, mode: Mode, unsure: Unsure, fields: Fields) -> int:  # noqa: C901, PLR0911, PLR0912  # one case per node
    """Return what evaluating this node does itself, operands and callees apart."""
    checked = RAISES if mode.checked_pointers else 0
    match expr:
        case Local():
            return RAISES if id(expr) in unsure.reads else 0
        case GlobalGet():
            return READS
        case Prim(op=op):
            return (RAISES if prim_raises(expr, mode) else 0) | _MEMORY_PRIMS.get(op, 0)
        case Alloc(count=count):
            number = constant_number(count)
            return 0 if isinstance(number, int) and number >= 0 else RAISES
        case Load():
            return READS | checked
        case AddrOf():
            return checked
        case PtrOp(op=op):
            flags = _POINTER_FLAGS.get(op, 0)
            return flags | checked if flags and op != "free" else flags
        case FromDynamic() | FromUnion():
            return RAISES
        case GetAttr(value=value, field=field):
            return READS if fields.is_sure(value.t, field) else READS | RAISES
        case Cast(t=t, value=value):
            return 0 if fields.is_upcast(value.t, t) else RAISES
        case DynamicOp() | Advance():
            return RAISES | READS | WRITES
        case Yielded() | Returned():
            return READS
        case Sent():
            return RAISES | READS
        case _:
            return 0


def statement_flags(stmt: Stmt, mode: Mode) -> int:  # noqa: PLR0911  # one case per node
    """Return what running this statement does itself, operands and bodies apart."""
    match stmt:
        case GlobalSet():
            return WRITES
        case SetAttr():
            return WRITES
        case Store():
            return WRITES | (RAISES if mode.checked_pointers else 0)
        case Raise() | RaiseObject() | Reraise():
            return RAISES
        case CloseGenerator():
            return RAISES | READS | WRITES
        case ForRange(step=step):
            return 0 if constant_number(step) else RAISES
        case _:
            return 0


def _own_facts(
    function: Function, mode: Mode, unsure: Unsure, fields: Fields, methods: Mapping[str, set[str]]
) -> tuple[int, set[str], set[TypeId]]:
    flags, calls, indirect = CALLS, set[str](), set[TypeId]()
    for expr in body_expressions(function.body):
        flags |= expression_flags(expr, mode, unsure, fields)
        if isinstance(expr, Call):
            calls.add(expr.func)
        elif isinstance(expr, CallVirtual):
            calls |= methods[expr.method]
        elif isinstance(expr, CallIndirect):
            indirect.add(expr.callee.t)
    for stmt in all_statements(function.body):
        flags |= statement_flags(stmt, mode)
    return flags, calls, indirect


def _add_steps(program: Program, calls: Mapping[str, set[str]]) -> None:
    """Note that whoever advances a generator calls the functions that make generators of its type."""
    makers: dict[TypeId, set[str]] = {}
    for function in program.functions:
        if function.generator:
            makers.setdefault(function.result, set()).add(function.fqn)
    for function in program.functions:
        for expr in body_expressions(function.body):
            if isinstance(expr, Advance):
                calls[function.fqn].update(makers.get(expr.generator.t, ()))


def _propagate(
    flags: dict[str, int],
    type_flags: dict[TypeId, int],
    calls: Mapping[str, Iterable[str]],
    indirect: Mapping[str, Iterable[TypeId]],
    values: Mapping[TypeId, Iterable[str]],
) -> None:
    changed = True
    while changed:
        changed = False
        for t, functions in values.items():
            merged = type_flags[t]
            for fqn in functions:
                merged |= flags[fqn]
            if merged != type_flags[t]:
                type_flags[t] = merged
                changed = True
        for fqn, callees in calls.items():
            merged = flags[fqn]
            for callee in callees:
                merged |= flags[callee]
            for t in indirect[fqn]:
                merged |= type_flags[t]
            if merged != flags[fqn]:
                flags[fqn] = merged
                changed = True


def _function_values(program: Program) -> dict[TypeId, frozenset[str]]:  # noqa: C901  # one case per node
    found: dict[TypeId, set[str]] = {}

    def visit(value: object, t: TypeId) -> None:
        if isinstance(value, FuncConst):
            found.setdefault(t, set()).add(value.fqn)
        elif isinstance(value, DynamicConst | UnionConst):
            visit(value.value, value.t)
        elif isinstance(value, StructConst):
            definition = program.types[t]
            assert isinstance(definition, StructType)
            for field, inner in zip(definition.fields, value.fields, strict=True):
                visit(inner, field.t)

    for function in program.functions:
        for expr in body_expressions(function.body):
            if isinstance(expr, Const):
                visit(expr.value, expr.t)
    for variable in program.globals:
        visit(variable.init, variable.t)
    for block in program.blocks:
        for value in block.values:
            visit(value, block.item)
    return {t: frozenset(functions) for t, functions in found.items()}


def _closures(program: Program) -> dict[tuple[TypeId, str], tuple[TypeId, ...]]:
    found: dict[tuple[TypeId, str], tuple[TypeId, ...]] = {}
    for function in program.functions:
        for expr in body_expressions(function.body):
            if isinstance(expr, MakeClosure):
                found[expr.t, expr.func] = tuple(value.t for value in expr.captured)
    return found
