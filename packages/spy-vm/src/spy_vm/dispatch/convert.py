"""Implicit conversions: only the safe ones; literals adapt to what their context needs."""

import struct
from typing import Any

from spy_types.loc import Loc
from spy_types.program.nodes import Local, Pos

from spy_vm import errors
from spy_vm.dispatch import metafuncs
from spy_vm.interface.frame import Frame
from spy_vm.memory import Dyn
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import W_ASTFunc, W_Func
from spy_vm.objects.operand import UNKNOWN, Operand, blue
from spy_vm.objects.types import W_FuncType, W_GeneratorType, W_PtrType, W_StructType, W_Type, W_UnionType


def convert(
    frame: Frame, op: Operand, w_T: W_Type, because: Loc | None = None, reason: str = "type declaration"
) -> Operand:
    """Return `op` as a `w_T`; raise `mismatched types` if no safe conversion exists."""
    result = try_convert(frame, op, w_T)
    if result is None:
        if op.w_T is b.W_INT_LITERAL or (is_adaptable(op) and w_T in b.INT_TYPES):
            raise errors.literal_out_of_range(op.val, w_T if w_T in b.INT_TYPES else None, op.loc)
        raise errors.mismatched_types(op, w_T, because, reason, _conversion_hint(op, w_T))
    return result


def try_convert(frame: Frame, op: Operand, w_T: W_Type) -> Operand | None:  # noqa: C901, PLR0911, PLR0912  # one case after another
    """Return `op` as a `w_T`, or None if there is no safe conversion."""
    w_from = op.w_T
    if w_from is w_T:
        return op
    if w_from is b.W_DYNAMIC and w_T is not b.W_OBJECT:
        return frame.from_dynamic(op, w_T)
    if isinstance(w_T, W_UnionType):
        return _to_union(frame, op, w_T)
    if isinstance(w_from, W_UnionType):
        return _from_union(frame, op, w_T)
    if w_T is b.W_DYNAMIC or w_T is b.W_OBJECT:
        return _to_dynamic(frame, op, w_T)
    if w_from is b.W_OBJECT:
        return frame.from_dynamic(op, w_T)
    adapted = adapt_literal(op, w_T)
    if adapted is not None:
        return adapted
    if is_lossless(w_from, w_T):
        return widen(frame, op, w_T)
    if w_from is b.W_EMPTY_LIST or w_from is b.W_EMPTY_DICT:
        return _fill_empty(frame, op, w_T)
    if isinstance(w_from, W_PtrType) and w_from.ref and w_from.w_item is w_T:
        return frame.load(op, None, (), w_T, op.loc)
    if isinstance(w_T, W_FuncType):
        adapted_function = frame.adapt_function(op, w_T)
        if adapted_function is not None:
            return adapted_function
    if isinstance(w_from, W_StructType) and w_from.stands_for is not None and not w_from.is_subtype(w_T):
        return try_convert(frame, frame.get_field(op, w_from.stands_for, op.loc), w_T)
    if w_T is b.W_META_ARG and w_from is b.W_TYPE:
        return blue(b.W_META_ARG, frame.red_meta_arg(op.val), op.loc)
    if w_T is b.W_EXCEPTION and isinstance(w_from, W_ClassType) and w_from.exception is not None:
        return frame.record_of(op)
    if w_from is b.W_EXCEPTION and isinstance(w_T, W_ClassType) and w_T.exception is not None:
        return frame.object_of(op, w_T)
    if isinstance(w_from, W_ClassType) and isinstance(w_T, W_ClassType):
        related = w_from.is_subtype(w_T) or w_from in w_T.mro
        return frame.cast_object(op, w_T) if related else _user_conversion(frame, op, w_T)
    if w_T is b.W_TYPE and w_from is b.W_EXCEPTION_TYPE:
        return blue(b.W_TYPE, b.W_EXCEPTION, op.loc)
    if w_from.is_subtype(w_T):
        return Operand(w_T, op.val, op.blue, op.loc, op.expr, op.declared)
    if op.pending is not None:
        return _settled(frame, op, w_T)
    return _user_conversion(frame, op, w_T) or _iterator(frame, op, w_T)


def is_adaptable(op: Operand) -> bool:
    """Whether `op` is a literal or blue integer expression without a type of its own."""
    return op.blue and (op.w_T is b.W_I32 or op.w_T is b.W_INT_LITERAL)


def adapt_literal(op: Operand, w_T: W_Type) -> Operand | None:  # noqa: PLR0911  # one case after another
    """Return the blue number `op` as a `w_T` if it fits, else None."""
    if not op.blue:
        return None
    if op.w_T is b.W_F64 and w_T is b.W_F32:
        return _blue_as(op, w_T, round_f32(op.val))
    if not is_adaptable(op):
        return None
    if w_T in b.INT_TYPES:
        low, high = b.INT_TYPES[w_T]
        return _blue_as(op, w_T, op.val) if low <= op.val <= high else None
    if w_T is b.W_F64:
        return _blue_as(op, w_T, float(op.val))
    if w_T is b.W_F32:
        return _blue_as(op, w_T, round_f32(float(op.val)))
    return None


def is_lossless(w_from: W_Type, w_to: W_Type) -> bool:
    """Whether every value of the number type `w_from` converts safely.

    That is: to wider integers, and from any number to float or complex.
    """
    if w_from in b.INT_TYPES:
        if w_to in b.INT_TYPES:
            (low, high), (to_low, to_high) = b.INT_TYPES[w_from], b.INT_TYPES[w_to]
            return to_low <= low and high <= to_high
        return w_to in b.FLOAT_TYPES or w_to is b.W_COMPLEX
    if w_from is b.W_F32:
        return w_to is b.W_F64 or w_to is b.W_COMPLEX
    return w_from is b.W_F64 and w_to is b.W_COMPLEX


def widen(frame: Frame, op: Operand, w_T: W_Type) -> Operand:
    """Return the number `op` as a `w_T` by the primitive that does it."""
    if w_T is b.W_COMPLEX:
        real = op if op.w_T is b.W_F64 else frame.call_prim(f"{op.w_T.fqn}_to_f64", [op], op.loc)
        return frame.call_prim("complex128_make", [real, blue(b.W_F64, 0.0)], op.loc)
    return frame.call_prim(f"{op.w_T.fqn}_to_{w_T.fqn}", [op], op.loc)


def round_f32(value: float) -> float:
    """Return `value` in single precision."""
    try:
        (rounded,) = struct.unpack("f", struct.pack("f", value))
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")
    return float(rounded)


def member_for(frame: Frame, op: Operand, w_U: W_UnionType) -> W_Type | None:
    """Return the member of `w_U` that `op` becomes: its own type, else the first that it converts to."""
    if op.w_T in w_U.members:
        return op.w_T
    with frame.speculative():
        for w_member in w_U.members:
            if try_convert(frame, op, w_member) is not None:
                return w_member
    return None


def _to_union(frame: Frame, op: Operand, w_U: W_UnionType) -> Operand | None:
    w_from = op.w_T
    if isinstance(w_from, W_UnionType):
        if set(w_from.members) <= set(w_U.members):
            return frame.to_union(op, w_U)
        return _member_by_member(frame, op, w_from, w_U)
    w_member = member_for(frame, op, w_U)
    return None if w_member is None else frame.to_union(convert(frame, op, w_member), w_U)


def _from_union(frame: Frame, op: Operand, w_T: W_Type) -> Operand | None:
    """Return the union `op` as a type that takes each of its members."""
    w_U = op.w_T
    assert isinstance(w_U, W_UnionType)
    if op.known and (op.blue or frame.blue_frame):
        w_member, held = w_U.held(op.val)
        return try_convert(frame, Operand(w_member, held, True, op.loc, None, op.declared), w_T)
    return _member_by_member(frame, op, w_U, w_T)


def _member_by_member(frame: Frame, op: Operand, w_U: W_UnionType, w_T: W_Type) -> Operand | None:
    looking = frame.world.abstract(frame) if frame.engine == "eval" and frame.world.abstract else frame
    with looking.speculative():
        if any(try_convert(looking, _example(w_M, op), w_T) is None for w_M in w_U.members):
            return None
    return frame.each_member(op, lambda f, member: convert(f, member, w_T), ("convert", w_T), op.loc)


def _example(w_T: W_Type, op: Operand) -> Operand:
    """Return an operand that stands for any `w_T` at the place of `op`, to ask what can be done with it."""
    if w_T is b.W_NONE:
        return Operand(b.W_NONE, None, False, op.loc)
    return Operand(w_T, UNKNOWN, False, op.loc, Local(w_T.fqn, Pos(0, 1, 1, 1, 1), "_"))


def _blue_as(op: Operand, w_T: W_Type, val: Any) -> Operand:
    return Operand(w_T, val, True, op.loc, None, op.declared)


def _to_dynamic(frame: Frame, op: Operand, w_T: W_Type) -> Operand:
    if op.w_T is b.W_DYNAMIC or op.w_T is b.W_OBJECT:
        return Operand(w_T, op.val, op.blue, op.loc, op.expr, op.declared)
    if op.w_T is b.W_INT_LITERAL:
        raise errors.literal_out_of_range(op.val, None, op.loc)
    if op.w_T is b.W_FUNCTION and isinstance(op.val, W_ASTFunc) and not frame.blue_frame:
        op = _untyped_function(frame, op, op.val)
    return frame.to_dynamic(op, w_T)


def _untyped_function(frame: Frame, op: Operand, w_func: W_ASTFunc) -> Operand:
    """Return a function whose parameters have no types as one of dynamic values."""
    if any(param.kind not in ("posonly", "normal") for param in w_func.params):
        return op
    types = tuple(param.w_T or b.W_DYNAMIC for param in w_func.params)
    wanted = frame.world.make_func_type(types, w_func.w_result or b.W_DYNAMIC)
    return frame.adapt_function(op, wanted) or op


def boxed(op: Operand) -> Dyn:
    """Return the value of `op` with its type."""
    return op.val if isinstance(op.val, Dyn) else Dyn(op.w_T.fqn, op.val)


def _fill_empty(frame: Frame, op: Operand, w_T: W_Type) -> Operand | None:
    wanted = "list" if op.w_T is b.W_EMPTY_LIST else "dict"
    generic = frame.world.lookup_builtin(wanted)
    if generic is None or w_T.origin is not generic.val:
        return None
    return _made(frame, op, w_T)


def _made(frame: Frame, op: Operand, w_T: W_Type) -> Operand:
    """Return the empty `w_T` that `op` turned out to be; the name that holds it holds this from now on."""
    if op.pending is not None and "::" in op.pending:
        made = frame.new_frame(frame.module, frame.scope, frame, frame.ns, blue_frame=True).instantiate(
            w_T, [], {}, op.loc
        )
        return frame.settle_module_empty(op.pending, blue(w_T, made.val, op.declared), op.loc)
    if op.pending is not None and not frame.blue_frame:
        return frame.settle_empty(op.pending, w_T, op.loc)
    return frame.instantiate(w_T, [], {}, op.loc)


def _settled(frame: Frame, op: Operand, w_T: W_Type) -> Operand | None:
    """Make the library container that a name holds, now that its context wants a `w_T`."""
    with frame.speculative():
        if _user_conversion(frame, op.made(), w_T) is None:
            return None
    return _made(frame, op, w_T)


def _user_conversion(frame: Frame, op: Operand, w_T: W_Type) -> Operand | None:
    for w_owner, name in ((op.w_T, "__convert_to__"), (w_T, "__convert_from__")):
        w_func: W_Func | None = frame.world.method(w_owner, name)
        if w_func is None:
            continue
        expected, got = blue(b.W_TYPE, w_T), blue(b.W_TYPE, op.w_T)
        if w_func.kind != "metafunc":
            return convert(frame, frame.call_func(w_func, [op], op.loc), w_T)
        spec = metafuncs.call_metafunc(frame, w_func, [expected, got, op], op.loc)
        if not spec.null:
            result = frame.apply_spec(spec, [op], op.loc)
            return result if result.w_T is w_T else convert(frame, result, w_T)
    if w_T in b.INT_TYPES and frame.world.method(op.w_T, "__index__") is not None:
        found = frame.dunder("__index__", [op], op.loc)
        return None if found is None else convert(frame, found, w_T)
    return None


def _conversion_hint(op: Operand, w_T: W_Type) -> str | None:
    if isinstance(op.w_T, W_UnionType) and w_T in op.w_T.members:
        return errors.how_to_narrow(op.w_T, w_T)
    if op.w_T in b.NUMERIC_TYPES and w_T in b.NUMERIC_TYPES and w_T is not b.W_COMPLEX:
        return f"this may lose information; if it is meant, write `{w_T.display}(...)`"
    if w_T is b.W_STR and op.w_T in b.NUMERIC_TYPES:
        return "write `str(...)`"
    if op.w_T is b.W_STR and w_T in b.NUMERIC_TYPES:
        return f"write `{w_T.display}(...)` to parse the text"
    return None


def _iterator(frame: Frame, op: Operand, w_T: W_Type) -> Operand | None:
    """Return an iterator of the library, as `zip` makes them, as a generator."""
    if not isinstance(w_T, W_GeneratorType) or frame.world.method(op.w_T, "__continue_iteration__") is None:
        return None
    made = frame.call(frame.world.library("iter", op.loc), [op], {}, op.loc)
    return made if made.w_T is w_T else None
