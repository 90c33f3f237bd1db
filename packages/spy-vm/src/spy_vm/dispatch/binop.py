"""Binary operators: numbers and text by primitives, everything else by dunders."""

from spy_types.loc import Loc
from spy_types.prims.table import PRIMS

from spy_vm import errors
from spy_vm.dispatch import members, metafuncs
from spy_vm.dispatch.convert import adapt_literal, is_adaptable, is_lossless, try_convert
from spy_vm.dispatch.other_operand import for_operand, takes_any_operand
from spy_vm.interface.frame import Frame, W_BuiltinMeta
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import CLASS_ID, W_ClassType
from spy_vm.objects.functions import W_Func
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.types import W_FuncType, W_PrimType, W_PtrType, W_StructType, W_Type

NAMES = {
    "+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow",
    "@": "matmul",
    "<<": "lshift", ">>": "rshift", "&": "and", "|": "or", "^": "xor",
    "==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge",
}  # fmt: skip
BLUE_CONTAINERS = (b.W_BLUE_LIST, b.W_BLUE_TUPLE, b.W_BLUE_DICT)
REFLECTED = {"==": "eq", "!=": "ne", "<": "gt", "<=": "ge", ">": "lt", ">=": "le"}
COMPARISONS = frozenset(REFLECTED)


def binary(frame: Frame, symbol: str, left: Operand, right: Operand, loc: Loc | None) -> Operand:
    """Return `left symbol right`."""
    for dynamic in (b.W_DYNAMIC,):
        if left.w_T is dynamic or right.w_T is dynamic:
            return frame.dynamic_op(symbol, [left, right], loc)
    left, right = _dereferenced(frame, left), _dereferenced(frame, right)
    if symbol == "|" and _is_type(left) and _is_type(right):
        return blue(b.W_TYPE, frame.world.union_type([_type_of(left), _type_of(right)]), loc)
    if members.is_union(left) or members.is_union(right):
        return _of_unions(frame, symbol, left, right, loc)
    if left.w_T is right.w_T is b.W_EXCEPTION_TYPE:
        left, right = frame.exception_name(left), frame.exception_name(right)
    result = _by_dunder_of_flags(frame, symbol, left, right, loc)
    if result is None:
        left, right = _stood_for(frame, left), _stood_for(frame, right)
        result = _by_primitive(frame, symbol, left, right, loc)
    if result is None:
        result = _by_dunder(frame, symbol, left, right, loc)
    if result is None and symbol in ("==", "!="):
        result = _by_identity(frame, symbol, left, right, loc)
    if result is None:
        raise errors.cannot_do(symbol, left, right, loc, _hint(symbol, left, right))
    return result


def in_place(frame: Frame, symbol: str, left: Operand, right: Operand, loc: Loc | None) -> Operand:
    """Return what `left symbol= right` assigns."""
    if left.w_T is b.W_DYNAMIC:
        return frame.dynamic_op(f"{symbol}=", [left, right], loc)
    if isinstance(left.w_T, W_PrimType):  # nothing in place: do not load its methods to find out
        return binary(frame, symbol, left, right, loc)
    result = call_dunder(frame, f"__i{NAMES[symbol]}__", [left, right], loc, declines=True)
    return result if result is not None else binary(frame, symbol, left, right, loc)


def _of_unions(frame: Frame, symbol: str, left: Operand, right: Operand, loc: Loc | None) -> Operand:
    if symbol in ("==", "!="):
        equal = members.equals(frame, left, right, lambda f, a, c: binary(f, "==", a, c, loc), loc)
        return equal if symbol == "==" else frame.call_prim("bool_not", [frame.truth(equal)], loc)
    if members.is_union(left):
        return members.each(frame, left, lambda f, m: binary(f, symbol, m, right, loc), (symbol,), loc)
    return frame.swapped(
        left,
        right,
        lambda a, c: members.each(frame, c, lambda f, m: binary(f, symbol, a, m, loc), ("r", symbol), loc),
    )


def _by_dunder_of_flags(
    frame: Frame, symbol: str, left: Operand, right: Operand, loc: Loc | None
) -> Operand | None:
    """Two flags combine to a flag, although each stands for a number."""
    if left.w_T is not right.w_T or symbol not in ("|", "&", "^") or not isinstance(left.w_T, W_StructType):
        return None
    return _by_dunder(frame, symbol, left, right, loc) if left.w_T.stands_for else None


def numeric_type(left: Operand, right: Operand) -> W_Type | None:  # noqa: PLR0911  # one case after another
    """Return the type in which two numbers meet, or None when they do not."""
    w_left, w_right = left.w_T, right.w_T
    if w_left is w_right and w_left in b.NUMERIC_TYPES:
        return w_left
    if is_adaptable(left) and adapt_literal(left, w_right) is not None:
        return w_right
    if is_adaptable(right) and adapt_literal(right, w_left) is not None:
        return w_left
    if w_left not in b.NUMERIC_TYPES or w_right not in b.NUMERIC_TYPES:
        return None
    if {w_left, w_right} == {b.W_F32, b.W_F64} and (left if w_left is b.W_F64 else right).blue:
        return b.W_F32
    if is_lossless(w_left, w_right):
        return w_right
    if is_lossless(w_right, w_left):
        return w_left
    return None


def call_dunder(  # noqa: PLR0911  # one case after another
    frame: Frame, name: str, args: list[Operand], loc: Loc | None, *, declines: bool = False
) -> Operand | None:
    """Call the dunder `name` of the type of the first operand with `args`; None if it is missing.

    A metafunction may decline; with `declines`, so does a plain function whose parameters do not fit.
    """
    w_func: W_Func | None = frame.world.method(args[0].w_T, name)
    of_class = w_func is None and args[0].w_T is b.W_TYPE and args[0].known
    if of_class:
        w_func, args = frame.world.method(args[0].val, f"__class_{name.removeprefix('__')}"), args[1:]
    if w_func is None:
        return None
    if isinstance(w_func, W_BuiltinMeta):
        return w_func.body(frame, args, loc)
    if w_func.kind == "metafunc":
        spec = metafuncs.call_metafunc(frame, w_func, args, loc)
        return None if spec.null else frame.apply_spec(spec, args, loc)
    if len(args) == 2:
        fitting = for_operand(frame.world, w_func, args[1].w_T)
        if fitting is None and declines:
            return None
        w_func = fitting or w_func
    if declines and len(w_func.params) == len(args) and not _accepts(frame, w_func, args):
        return None
    if of_class:
        return frame.call_func(w_func, args, loc)
    return frame.call_virtual(w_func, args[0], name, args[1:], {}, loc)


def _accepts(frame: Frame, w_func: W_Func, args: list[Operand]) -> bool:
    """Whether the operands could be converted to the parameters.

    If not, the other operand gets its chance.
    """
    for param, arg in zip(w_func.params, args, strict=True):
        if param.w_T is None or arg.w_T is param.w_T:
            continue
        with frame.speculative():
            if try_convert(frame, arg, param.w_T) is None:
                return False
    return True


def _dereferenced(frame: Frame, op: Operand) -> Operand:
    if isinstance(op.w_T, W_PtrType) and op.w_T.ref:
        return frame.load(op, None, (), op.w_T.w_item, op.loc)
    return op


def _stood_for(frame: Frame, op: Operand) -> Operand:
    """Return the value that a member of an enumeration stands for, if it does."""
    if isinstance(op.w_T, W_StructType) and op.w_T.stands_for is not None:
        return frame.get_field(op, op.w_T.stands_for, op.loc)
    return op


def _by_primitive(
    frame: Frame, symbol: str, left: Operand, right: Operand, loc: Loc | None
) -> Operand | None:
    name = "div" if symbol == "/" else NAMES[symbol]
    w_T = numeric_type(left, right)
    if w_T is not None:
        if w_T is b.W_INT_LITERAL:
            raise errors.literal_out_of_range(left.val, None, left.loc)
        if (
            w_T in b.INT_TYPES
            and symbol in ("<<", ">>")
            and left.w_T in b.INT_TYPES
            and not is_adaptable(left)
        ):
            w_T = left.w_T if adapt_literal(right, left.w_T) or is_lossless(right.w_T, left.w_T) else w_T
        op = f"{w_T.fqn}_{name}"
        if op not in PRIMS:
            return None
        args = [frame.convert(left, w_T), frame.convert(right, w_T)]
        return frame.call_prim(op, args, loc)
    if (
        left.w_T is right.w_T
        and left.w_T in (b.W_STR, b.W_BYTES, b.W_BOOL, b.W_EXCEPTION)
        and f"{left.w_T.fqn}_{name}" in PRIMS
    ):
        if symbol == "*":
            return None
        return frame.call_prim(f"{left.w_T.fqn}_{name}", [left, right], loc)
    if symbol == "*":
        return _repeat(frame, left, right, loc)
    return None


def _repeat(frame: Frame, left: Operand, right: Operand, loc: Loc | None) -> Operand | None:
    for text, count, swapped in ((left, right, False), (right, left, True)):
        if text.w_T in (b.W_STR, b.W_BYTES) and (count.w_T in b.INT_TYPES):
            operands = [text, frame.convert(count, b.W_I32)]
            return frame.call_prim(f"{text.w_T.fqn}_mul", operands, loc, swapped=swapped)
    return None


def _by_dunder(frame: Frame, symbol: str, left: Operand, right: Operand, loc: Loc | None) -> Operand | None:
    name = NAMES[symbol]
    for dunder in (f"__{name}__", "__div__") if symbol == "/" else (f"__{name}__",):
        result = call_dunder(frame, dunder, [left, right], loc, declines=True)
        if result is not None:
            return result
    if symbol == "!=":
        equal = call_dunder(frame, "__eq__", [left, right], loc, declines=True)
        if equal is not None:
            return frame.call_prim("bool_not", [frame.truth(equal)], loc)
    reflected = f"__{REFLECTED[symbol]}__" if symbol in REFLECTED else f"__r{name}__"
    if left.w_T is right.w_T and symbol not in COMPARISONS:
        return None
    if frame.world.method(right.w_T, reflected) is not None:
        return frame.swapped(
            left, right, lambda a, c: call_dunder(frame, reflected, [c, a], loc, declines=True)
        )
    if symbol == "!=" and frame.world.method(right.w_T, "__eq__") is not None:
        equal = frame.swapped(
            left, right, lambda a, c: call_dunder(frame, "__eq__", [c, a], loc, declines=True)
        )
        return None if equal is None else frame.call_prim("bool_not", [frame.truth(equal)], loc)
    return None


def _by_identity(frame: Frame, symbol: str, left: Operand, right: Operand, loc: Loc | None) -> Operand | None:  # noqa: C901, PLR0911  # one case per node
    w_T = left.w_T
    if w_T in BLUE_CONTAINERS and w_T is right.w_T:
        return blue(b.W_BOOL, frame.blue_equals(left, right, loc) == (symbol == "=="), loc)
    if isinstance(w_T, W_PtrType) and w_T is right.w_T:
        return frame.ptr_op("eq" if symbol == "==" else "ne", [left, right], b.W_BOOL, loc)
    if isinstance(w_T, W_StructType) and w_T is right.w_T:
        equal = struct_eq(frame, left, right, loc)
        return equal if symbol == "==" else frame.call_prim("bool_not", [equal], loc)
    if b.W_CLASS_OF in (w_T, right.w_T):
        return same_class(frame, symbol, left, right, loc)
    if isinstance(w_T, W_ClassType) and isinstance(right.w_T, W_ClassType):
        same = frame.same_object(left, right, loc)
        return same if symbol == "==" else frame.call_prim("bool_not", [same], loc)
    if isinstance(w_T, W_FuncType) and w_T is right.w_T and not (left.blue and right.blue):
        same = frame.same_object(left, right, loc)
        return same if symbol == "==" else frame.call_prim("bool_not", [same], loc)
    if w_T is b.W_NONE and right.w_T is b.W_NONE:
        return blue(b.W_BOOL, symbol == "==", loc)
    if _is_reference(left) and _is_reference(right):
        return blue(b.W_BOOL, (left.val is right.val) == (symbol == "=="), loc)
    if w_T is right.w_T and w_T in b.BLUE_ONLY and left.known and right.known:
        return blue(b.W_BOOL, (left.val == right.val) == (symbol == "=="), loc)
    equals = [frame.world.method(op.w_T, "__eq__") for op in (left, right)]
    if any(w_func is not None and takes_any_operand(w_func) for w_func in equals):
        return frame.after(left, frame.after(right, blue(b.W_BOOL, symbol == "!=", loc)))
    return None


def same_class(frame: Frame, symbol: str, left: Operand, right: Operand, loc: Loc | None) -> Operand:
    """Return whether two classes are the same, of which one at least is known when the program runs."""
    return binary(frame, symbol, _class_id(frame, left, loc), _class_id(frame, right, loc), loc)


def _class_id(frame: Frame, cls: Operand, loc: Loc | None) -> Operand:
    """Return what tells a class apart from all others when the program runs."""
    if cls.w_T is b.W_CLASS_OF and members.is_union(cls.val):
        return members.each(
            frame, cls.val, lambda f, m: _class_id(f, f.static_class(m, loc), loc), ("type",), loc
        )
    if cls.w_T is b.W_CLASS_OF:
        return frame.class_constant(cls.val, CLASS_ID, loc)
    if cls.w_T is not b.W_TYPE:
        raise errors.cannot_identify("is", cls, cls)
    return blue(b.W_STR, cls.val.fqn, loc)


def _is_reference(op: Operand) -> bool:
    return op.blue and (op.w_T in (b.W_TYPE, b.W_MODULE, b.W_NONE) or isinstance(op.w_T, W_FuncType))


def struct_eq(frame: Frame, left: Operand, right: Operand, loc: Loc | None) -> Operand:
    """Return the fieldwise equality of two structs of one type, through its generated `__eq__`."""
    return frame.call_func(frame.struct_eq_func(left.w_T), [left, right], loc)


def _is_type(op: Operand) -> bool:
    return op.blue and op.w_T in (b.W_TYPE, b.W_NONE, b.W_EXCEPTION_TYPE)


def _type_of(op: Operand) -> W_Type:
    if op.w_T is b.W_EXCEPTION_TYPE:
        return b.W_EXCEPTION
    return b.W_NONE if op.w_T is b.W_NONE else op.val


def _hint(symbol: str, left: Operand, right: Operand) -> str | None:
    pair = {left.w_T, right.w_T}
    if symbol == "+" and b.W_STR in pair and len(pair) == 2:
        return "write `str(...)` around the other operand"
    if b.W_BOOL in pair and pair & set(b.INT_TYPES):
        return "bool does not mix with numbers; write `int(...)` around it"
    if all(w_T in b.INT_TYPES for w_T in pair) and len(pair) == 2:
        return "neither type holds all values of the other; convert one of them explicitly"
    return None
