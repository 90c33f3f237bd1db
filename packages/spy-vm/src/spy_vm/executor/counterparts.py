"""Library functions that have a Python counterpart: their bodies become a call of it.

    def find[i32, str](d, key, tag):          def find[i32, str](d, key, tag):
        index = d.index                 ->        return .table_find(d, key)
        ...

The SPy body stays the meaning: other engines run it, and the parity tests compare. A counterpart is taken
only where the types look as it expects them, and where Python compares keys as SPy does.
"""

from collections.abc import Callable

from msgspec.structs import replace
from spy_types.fqn import FQN
from spy_types.program.constants import IntConst
from spy_types.program.nodes import Call, Const, Expr, Local, Return
from spy_types.program.program import Function
from spy_types.program.types import INTS, PtrType, StructType, TypeId

from spy_vm.executor.host_table import ENTRY_FIELDS, FIELDS
from spy_vm.executor.layout import Layouts

MODULE = "_dict_table"
KEYS = frozenset((*INTS, "bool", "str", "bytes"))


def with_counterpart(function: Function, layouts: Layouts) -> Function:
    """Return `function` with its counterpart as the body, if it has one."""
    if MODULE not in function.fqn:
        return function
    parts = FQN.parse(function.fqn).parts
    if parts[0].name != MODULE or len(parts) < 2:
        return function
    make = _BODIES.get(parts[1].name)
    value = make(function, layouts) if make is not None else None
    return function if value is None else replace(function, body=(Return(function.pos, value),), locals=())


def _tag_of(function: Function, layouts: Layouts) -> Expr | None:
    (key,) = function.params
    return _number(function, 1, "u32") if key.t in KEYS else None


def _find(function: Function, layouts: Layouts) -> Expr | None:
    return _call(function, layouts, ".table_find", 2, sized=False)


def _add(function: Function, layouts: Layouts) -> Expr | None:
    return _call(function, layouts, ".table_add", 3)


def _remove(function: Function, layouts: Layouts) -> Expr | None:
    return _call(function, layouts, ".table_remove", 2)


def _rebuild(function: Function, layouts: Layouts) -> Expr | None:
    return _call(function, layouts, ".table_rebuild", 2)


_BODIES: dict[str, Callable[[Function, Layouts], Expr | None]] = {
    "tag_of": _tag_of,
    "find": _find,
    "add": _add,
    "remove": _remove,
    "rebuild": _rebuild,
}


def _call(function: Function, layouts: Layouts, name: str, count: int, *, sized: bool = True) -> Expr | None:
    """Return the call of a counterpart with the first `count` parameters, then the width of an entry."""
    width = _entry_width(function.params[0].t, layouts)
    if width is None:
        return None
    args: list[Expr] = [Local(param.t, function.pos, param.name) for param in function.params[:count]]
    if sized:
        args.append(_number(function, width, "i32"))
    return Call(function.result, function.pos, name, tuple(args))


def _entry_width(table: TypeId, layouts: Layouts) -> int | None:
    """Return how many slots an entry of the table takes, if Python's dict can find its keys."""
    data = _pointed(table, FIELDS, layouts)
    entry = _pointed(data.fields[-1].t, ENTRY_FIELDS, layouts) if data is not None else None
    if entry is None or entry.fields[1].t not in KEYS:
        return None
    return sum(len(layouts.leaves(field.t)) for field in entry.fields)


def _pointed(pointer: TypeId, fields: tuple[str, ...], layouts: Layouts) -> StructType | None:
    """Return the struct that `pointer` points to, if it has these fields."""
    match layouts.types.get(pointer):
        case PtrType(item=item):
            struct = layouts.types.get(item)
            if isinstance(struct, StructType) and tuple(field.name for field in struct.fields) == fields:
                return struct
    return None


def _number(function: Function, value: int, t: TypeId) -> Const:
    return Const(t, function.pos, IntConst(value))
