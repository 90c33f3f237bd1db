"""Memory through pointers: allocation, loads, stores, addresses, and the operations on whole ranges.

Release builds use plain C pointers. Debug builds check a pointer that knows its length before each use:

    p[i].x     SPY_TRY(spy_check_pointer("ptr_getitem", p_.p, i_, p_.length), &spy_places[2]);
               p_.p[i_].x_
"""

from collections.abc import Sequence
from typing import assert_never

from spy_types.program.nodes import AddrOf, Alloc, Expr, Load, Pos, PtrOp, Store
from spy_types.program.types import TypeId

from spy_cbackend.facts import constant_number
from spy_cbackend.frame import Frame
from spy_cbackend.mangling import member_name
from spy_cbackend.primitives import infix
from spy_cbackend.value import ATOM, EQUALITY, NOTHING, READS, SUM, UNARY, WRITES, Code, Touch, Value

# By the kind of a pointer, and whether its items have pointers: the collector looks into no others.
_ALLOCATE = {
    ("gc", True): "spy_gc_alloc",
    ("gc", False): "spy_gc_alloc_plain",
    ("raw", True): "spy_raw_alloc_pointers",
    ("raw", False): "spy_raw_alloc",
}


def write_alloc(frame: Frame, expr: Alloc, code: Code) -> Value:
    """Write an allocation of zeroed items."""
    types = frame.scope.types
    definition = types.pointer(expr.t)
    count = frame.expression(expr.count, code)
    size = f"sizeof({types.name(definition.item)})"
    number = constant_number(expr.count)
    has_pointers = types.has_pointers(definition.item, in_raw=definition.kind == "raw")
    allocate = _ALLOCATE[definition.kind, has_pointers]
    if isinstance(number, int) and number >= 0:
        bytes_needed = size if number == 1 else f"{number} * {size}"
        address = f"{allocate}({bytes_needed})"
        return _typed(frame, _cast(frame, Value(address), expr.t), expr.t, str(number))
    count = named(frame, count, expr.count, code)
    block = frame.fresh()
    code.add(f"void *{block};", expr.pos)
    call = f"{allocate}_items({count.code}, {size}, &{block})"
    frame.try_call(call, expr.pos, code, NOTHING)
    return _typed(frame, _cast(frame, Value(block), expr.t), expr.t, count.code)


def write_load(frame: Frame, expr: Load, code: Code) -> Value:
    """Write a read through a pointer."""
    place = _place(frame, expr.ptr, expr.index, expr.path, "ptr_getitem", expr.pos, code)
    return Value(place.code, place.strength, place.touch | Touch(READS))


def write_address(frame: Frame, expr: AddrOf, code: Code) -> Value:
    """Write the address of an item, or of a field of one."""
    types = frame.scope.types
    if expr.path:
        place = _place(frame, expr.ptr, expr.index, expr.path, "ptr_getitem", expr.pos, code)
        return _typed(frame, Value(f"&{place.code}", UNARY, place.touch), expr.t, "1")
    pointer, *rest = frame.operands(_pointer_and_index(expr.ptr, expr.index), code)
    index = rest[0] if rest else Value("0")
    if expr.t not in types.fat:
        address = _address(frame, pointer, expr.ptr.t)
        return address if index.code == "0" else infix(address, "+", SUM, index)
    pointer = named(frame, pointer, expr.ptr, code)
    if rest and expr.index is not None:
        index = named(frame, index, expr.index, code)
    if frame.scope.mode.checked_pointers and index.code != "0":
        check = f"spy_check_offset({pointer.code}.p, {index.code}, {pointer.code}.length)"
        frame.try_call(check, expr.pos, code, NOTHING)
    moved, length = f"{pointer.code}.p + {index.at(SUM + 1)}", f"{pointer.code}.length - {index.at(SUM + 1)}"
    if index.code == "0":
        moved, length = f"{pointer.code}.p", f"{pointer.code}.length"
    return Value(f"({types.name(expr.t)}){{{moved}, {length}}}", ATOM, pointer.touch | index.touch)


def write_store(frame: Frame, stmt: Store, code: Code) -> None:
    """Write a store through a pointer: the operands are evaluated before the check."""
    exprs = [*_pointer_and_index(stmt.ptr, stmt.index), stmt.value]
    values = frame.operands(exprs, code)
    value = values.pop()
    if frame.scope.mode.checked_pointers:
        values, value = _settle(frame, values, value, exprs, code)
    index = values[1] if len(values) == 2 else None
    place = _checked_place(frame, values[0], stmt.ptr.t, index, stmt.path, "ptr_store", stmt.pos, code)
    code.add(f"{place.code} = {value.code};", stmt.pos)
    code.touch = code.touch | value.touch | place.touch | Touch(WRITES)


def write_pointer_op(frame: Frame, expr: PtrOp, code: Code) -> Value:
    """Write an operation on pointers."""
    args = frame.operands(expr.args, code)
    types = frame.scope.types
    touch = NOTHING
    for arg in args:
        touch = touch | arg.touch
    match expr.op:
        case "eq" | "ne":
            left, right = (_address(frame, a, e.t) for a, e in zip(args, expr.args, strict=True))
            return infix(_as_void(left), "==" if expr.op == "eq" else "!=", EQUALITY, _as_void(right))
        case "to_bool":
            return infix(_address(frame, args[0], expr.args[0].t), "!=", EQUALITY, Value("NULL"))
        case "len":
            return Value(f"{args[0].at(ATOM)}.length", ATOM, touch)
        case "free":
            code.add(f"spy_raw_free({_address(frame, args[0], expr.args[0].t).code});", expr.pos)
            code.touch = code.touch | touch | Touch(WRITES)
            return Value("SPY_NONE")
        case "copy" | "move" | "setbytes" | "cmp":
            return _range_operation(frame, expr, args, types.name(types.pointer(expr.args[0].t).item), code)
        case _:
            assert_never(expr.op)


def _range_operation(frame: Frame, expr: PtrOp, args: list[Value], item: str, code: Code) -> Value:
    if frame.scope.mode.checked_pointers:
        args = [named(frame, arg, operand, code) for arg, operand in zip(args, expr.args, strict=True)]
        for arg, operand in zip(args[:2], expr.args[:2], strict=True):
            if operand.t in frame.scope.types.fat:
                check = f'spy_check_range("ptr_{expr.op}", {arg.code}.p, {args[2].code}, {arg.code}.length)'
                frame.try_call(check, expr.pos, code, NOTHING)
        if expr.op == "copy":
            size = f"(size_t){args[2].at(UNARY)} * sizeof({item})"
            frame.try_call(
                f"spy_check_overlap({args[0].code}.p, {args[1].code}.p, {size})", expr.pos, code, NOTHING
            )
    codes = [_address(frame, arg, operand.t) for arg, operand in zip(args, expr.args, strict=True)]
    name = {"copy": "copy", "move": "move", "setbytes": "setbytes", "cmp": "compare"}[expr.op]
    call = f"spy_{name}({', '.join(value.code for value in codes)}, sizeof({item}))"
    touch = NOTHING
    for value in codes:
        touch = touch | value.touch
    if expr.op == "cmp":
        return Value(call, ATOM, touch | Touch(READS))
    code.add(f"{call};", expr.pos)
    code.touch = code.touch | touch | Touch(READS | WRITES)
    return Value("SPY_NONE")


def _place(  # noqa: PLR0913, PLR0917  # the parts of `ptr[index].path`, and where it stands
    frame: Frame, ptr: Expr, index: Expr | None, path: tuple[str, ...], what: str, pos: Pos, code: Code
) -> Value:
    exprs = _pointer_and_index(ptr, index)
    values = frame.operands(exprs, code)
    if frame.scope.mode.checked_pointers:
        values = [named(frame, value, expr, code) for value, expr in zip(values, exprs, strict=True)]
    return _checked_place(
        frame, values[0], ptr.t, values[1] if index is not None else None, path, what, pos, code
    )


def _checked_place(  # noqa: PLR0913, PLR0917  # as above
    frame: Frame,
    pointer: Value,
    t: TypeId,
    index: Value | None,
    path: tuple[str, ...],
    what: str,
    pos: Pos,
    code: Code,
) -> Value:
    """Return the C place `pointer[index].path`, checked before in debug builds."""
    touch = pointer.touch if index is None else pointer.touch | index.touch
    address = _address(frame, pointer, t)
    number = "0" if index is None else index.code
    if frame.scope.mode.checked_pointers:
        check = f'spy_check_pointer("{what}", {address.code}, {number}, {pointer.at(ATOM)}.length)'
        frame.try_call(check, pos, code, touch)
    if number == "0" and path:
        place = f"{address.at(ATOM)}->{'.'.join(member_name(name) for name in path)}"
    elif number == "0":
        place = f"*{address.at(UNARY)}"
        return Value(place, UNARY, touch)
    else:
        place = ".".join([f"{address.at(ATOM)}[{number}]", *(member_name(name) for name in path)])
    return Value(place, ATOM, touch)


def _pointer_and_index(ptr: Expr, index: Expr | None) -> list[Expr]:
    return [ptr] if index is None else [ptr, index]


def _address(frame: Frame, value: Value, t: TypeId) -> Value:
    """Return the C pointer inside a value of type `t`; the value itself if it is none."""
    return Value(f"{value.at(ATOM)}.p", ATOM, value.touch) if t in frame.scope.types.fat else value


def _as_void(value: Value) -> Value:
    return Value(f"(const void *){value.at(UNARY)}", UNARY, value.touch)


def _typed(frame: Frame, address: Value, t: TypeId, length: str) -> Value:
    """Return a C address as a pointer of type `t`."""
    if t not in frame.scope.types.fat:
        return address
    return Value(f"({frame.scope.types.name(t)}){{{address.code}, {length}}}", ATOM, address.touch)


def _cast(frame: Frame, block: Value, t: TypeId) -> Value:
    """Return fresh memory as a C pointer to the items of `t`; a fat pointer's member takes it as it is."""
    if t in frame.scope.types.fat:
        return block
    return Value(f"({frame.scope.types.name(t)}){block.code}", UNARY, block.touch)


def named(frame: Frame, value: Value, expr: Expr, code: Code) -> Value:
    """Return something that can be named twice: a variable, a constant, or else a temporary."""
    if value.code.replace("_", "").replace("$", "").isalnum():
        return value
    return frame.spill(value, expr.t, code, expr.pos)


def _settle(
    frame: Frame, values: list[Value], value: Value, exprs: Sequence[Expr], code: Code
) -> tuple[list[Value], Value]:
    """Evaluate everything now, so that a check may follow."""
    *settled, last = [named(frame, v, e, code) for v, e in zip([*values, value], exprs, strict=True)]
    return settled, last
