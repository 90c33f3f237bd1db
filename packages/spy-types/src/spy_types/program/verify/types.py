"""Rules of `Program.types`."""

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from spy_types.nesting import MAX_NESTING
from spy_types.program.types import (
    PRIMITIVES,
    ClassType,
    FuncType,
    GeneratorType,
    PtrType,
    StructType,
    TypeDef,
    TypeId,
    UnionType,
)
from spy_types.program.verify import codes
from spy_types.program.verify.report import Report
from spy_types.program.verify.words import is_symbol, is_word

MAX_FIELDS = 65536
BYTE_BUFFER: TypeId = "unsafe::gc_ptr[u8]"


def verify_types(types: Mapping[TypeId, TypeDef], report: Report) -> None:
    """Check that every type is well formed and has a size."""
    known = PRIMITIVES | types.keys()
    for t, definition in types.items():
        report.where = f"type `{t}`"
        _verify_name(t, definition, report)
        for part in _parts(definition):
            if part not in known:
                report.add(codes.UNKNOWN_TYPE, f"`{part}` is no type of the program")
        if isinstance(definition, StructType | ClassType):
            _verify_fields(definition, report)
        elif isinstance(definition, UnionType):
            _verify_members(definition, types, report)
    _verify_sizes(types, report)


def _verify_name(t: TypeId, definition: TypeDef, report: Report) -> None:
    if not is_symbol(t) or not is_symbol(definition.display):
        report.add(codes.BAD_NAME, "this is no name for a type")
    if t in PRIMITIVES:
        report.add(codes.RESERVED_TYPE, "a primitive type is not redefined")
    if t == BYTE_BUFFER and not (
        isinstance(definition, PtrType) and definition.kind == "gc" and definition.item == "u8"
    ):
        report.add(codes.RESERVED_TYPE, "primitives take this type to be a gc pointer to u8")


def _verify_fields(struct: StructType | ClassType, report: Report) -> None:
    if isinstance(struct, ClassType) and len(struct.fields) > MAX_FIELDS:
        report.add(codes.HUGE_STRUCT, f"it has more than {MAX_FIELDS} fields")
    seen = set()
    for field in struct.fields:
        if field.name in seen:
            report.add(codes.DUPLICATE_FIELD, f"field `{field.name}` is there twice")
        if not is_word(field.name):
            report.add(codes.BAD_NAME, f"`{field.name}` is no name for a field")
        seen.add(field.name)


def _verify_members(union: UnionType, types: Mapping[TypeId, TypeDef], report: Report) -> None:
    if len(union.members) < 2 or len(set(union.members)) < len(union.members):
        report.add(codes.BAD_UNION, "a union has at least two members, each once")
    for member in union.members:
        if isinstance(types.get(member), UnionType):
            report.add(codes.BAD_UNION, f"`{member}` is a union itself")


def _parts(definition: TypeDef) -> tuple[TypeId, ...]:
    match definition:
        case StructType(fields=fields):
            return tuple(f.t for f in fields)
        case ClassType(fields=fields, ancestors=ancestors):
            return (*(f.t for f in fields), *ancestors)
        case PtrType(item=item):
            return (item,)
        case FuncType(params=params, result=result):
            return (*params, result)
        case UnionType(members=members):
            return members
        case GeneratorType(item=item, sent=sent, result=result):
            return (item, sent, result)


def _verify_sizes(types: Mapping[TypeId, TypeDef], report: Report) -> None:
    """Check that structs are finite, not too deep and not too large; only the first endless one is found."""
    parts = {t: _parts(d) for t, d in types.items() if isinstance(d, StructType | UnionType)}
    inner = {t: [part for part in inside if part in parts] for t, inside in parts.items()}
    try:
        order = list(TopologicalSorter(inner).static_order())
    except CycleError as error:
        cycle: list[TypeId] = error.args[1]
        report.where = f"type `{cycle[0]}`"
        report.add(codes.ENDLESS_STRUCT, "it contains itself by value")
        return
    sizes: dict[TypeId, tuple[int, int]] = {}
    for t in order:
        report.where = f"type `{t}`"
        sizes[t] = _size(len(parts[t]) - len(inner[t]), [sizes[i] for i in inner[t]], report)


def _size(scalars: int, inner: Sequence[tuple[int, int]], report: Report) -> tuple[int, int]:
    """Return (fields, depth) of a struct, cut down to the limits so that each fault is reported once."""
    size = scalars + sum(s for s, _ in inner)
    depth = 1 + max((d for _, d in inner), default=0)
    if size > MAX_FIELDS:
        report.add(codes.HUGE_STRUCT, f"it has more than {MAX_FIELDS} fields")
    if depth > MAX_NESTING:
        report.add(codes.TOO_DEEP, f"structs nest more than {MAX_NESTING} deep in it")
    return (0 if size > MAX_FIELDS else size), (0 if depth > MAX_NESTING else depth)
