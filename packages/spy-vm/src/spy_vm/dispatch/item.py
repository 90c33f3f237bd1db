"""Subscripts: `obj[i]`, `obj[i] = v`, `del obj[i]`, `x in obj`."""

from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.dispatch import members
from spy_vm.dispatch.binop import binary, call_dunder, same_class
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import W_Func
from spy_vm.objects.meta import BlueDict, BlueList
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.types import W_PtrType, W_StructType, W_Type
from spy_vm.objects.unsettled import empty_text, is_unsettled


def get_item(frame: Frame, obj: Operand, index: list[Operand], loc: Loc | None) -> Operand:  # noqa: C901, PLR0911  # one case after another
    """Return `obj[index]`; several indices stand for `obj[i, j]`."""
    if members.is_union(obj):
        return members.each(frame, obj, lambda f, m: get_item(f, m, index, loc), ("[]",), loc)
    if isinstance(obj.val, W_Func) and obj.val.kind == "generic":
        return frame.call_blue(obj.val, _generic_arguments(frame, obj.val, index), loc)
    if obj.val is b.W_TYPE and index[0].w_T is b.W_EXCEPTION_TYPE:
        return blue(b.W_TYPE, b.W_EXCEPTION_TYPE, loc)  # the annotation `type[BaseException]`
    if obj.w_T is b.W_TYPE and obj.known:
        index = _types(frame, index)
        meta = call_class_getitem(frame, obj.val, index, loc)
        if meta is not None:
            return meta
    if obj.w_T is b.W_DYNAMIC:
        return frame.dynamic_op("getitem", [obj, _single(frame, index, loc)], loc)
    w_T = obj.w_T
    if isinstance(w_T, W_PtrType) and not w_T.ref:
        (position,) = index
        return frame.load_item(obj, frame.convert(position, b.W_I32), (), w_T.w_item, loc)
    special = frame.builtin_getitem(obj, index, loc)
    if special is not None:
        return special
    obj = frame.first_use(obj, "__getitem__", index)
    inner = frame.item_of_unsettled(obj, loc)
    if inner is not None:
        return inner
    obj = _self(frame, obj)
    result = call_dunder(
        frame, "__getitem__", [obj, *_indices(frame, obj.w_T, "__getitem__", 1, index, loc)], loc
    )
    if result is None:
        raise errors.cannot_subscript(obj, "[...]")
    return result


def set_item(frame: Frame, obj: Operand, index: list[Operand], value: Operand, loc: Loc | None) -> None:
    """Do `obj[index] = value`."""
    if obj.w_T is b.W_DYNAMIC:
        frame.discard(frame.dynamic_op("setitem", [obj, _single(frame, index, loc), value], loc))
        return
    if isinstance(obj.w_T, W_PtrType) and not obj.w_T.ref:
        (position,) = index
        frame.store(obj, frame.convert(position, b.W_I32), (), value, loc)
        return
    obj = frame.first_use(obj, "__setitem__", [*index, value])
    if frame.item_of_unsettled(obj, loc) is not None:
        return
    if frame.builtin_setitem(obj, index, value, loc):
        return
    obj = _self(frame, obj)
    args = [obj, *_indices(frame, obj.w_T, "__setitem__", 2, index, loc), value]
    result = call_dunder(frame, "__setitem__", args, loc)
    if result is None:
        if is_unsettled(obj):
            raise errors.untyped_empty(empty_text(obj.w_T), obj.declared or obj.loc)
        raise errors.cannot_subscript(obj, f"[`{index[0].w_T.display}`] = ...")
    frame.discard(result)


def del_item(frame: Frame, obj: Operand, index: list[Operand], loc: Loc | None) -> None:
    """Do `del obj[index]`."""
    if obj.w_T is b.W_DYNAMIC:
        frame.discard(frame.dynamic_op("delitem", [obj, _single(frame, index, loc)], loc))
        return
    obj = _self(frame, obj)
    result = call_dunder(
        frame, "__delitem__", [obj, *_indices(frame, obj.w_T, "__delitem__", 1, index, loc)], loc
    )
    if result is None:
        raise errors.cannot_subscript(obj, "[...] (del)")
    frame.discard(result)


def contains(frame: Frame, item: Operand, container: Operand, loc: Loc | None) -> Operand:  # noqa: PLR0911  # one case after another
    """Return `item in container`; the item was evaluated first."""
    if members.is_union(container):
        return frame.swapped(
            item,
            container,
            lambda i, c: members.each(frame, c, lambda f, m: contains(f, i, m, loc), ("in",), loc),
        )
    if container.w_T is b.W_DYNAMIC:
        return frame.dynamic_op("in", [item, container], loc)
    if container.w_T in (b.W_STR, b.W_BYTES) and item.w_T is container.w_T:
        name = f"{container.w_T.fqn}_contains"
        return frame.swapped(item, container, lambda i, c: frame.call_prim(name, [c, i], loc))
    container = frame.first_use(container, "__contains__", [item])
    if is_unsettled(container):
        return frame.after(item, frame.guess(blue(b.W_BOOL, False, loc), container))
    if isinstance(container.val, (BlueDict, BlueList)):
        return frame.blue_contains(item, container, loc)
    container = _self(frame, container)
    if frame.world.method(container.w_T, "__contains__") is None:
        return _search(frame, item, container, loc)
    result = frame.swapped(item, container, lambda i, c: call_dunder(frame, "__contains__", [c, i], loc))
    if result is None:
        raise errors.cannot_do("in", item, container, loc)
    return frame.truth(result)


def _search(frame: Frame, item: Operand, container: Operand, loc: Loc | None) -> Operand:
    """Return whether `item` is among the items of iteration, as Python does without `__contains__`."""
    names = ("__fastiter__", "__iter__", "__getitem__")
    if not any(frame.world.method(container.w_T, name) is not None for name in names):
        raise errors.cannot_do("in", item, container, loc)
    search = frame.world.lookup_target("_iter::search", loc)
    return frame.swapped(item, container, lambda i, c: frame.call(search, [c, i], {}, loc))


def _generic_arguments(frame: Frame, w_func: W_Func, index: list[Operand]) -> list[Operand]:
    """Return the arguments of a generic; `tuple[()]` is how no arguments are written."""
    variadic = any(param.kind == "vararg" for param in w_func.params)
    if variadic and len(index) == 1 and frame.tuple_fields(index[0].w_T) == []:
        return []
    return _types(frame, index)


def _types(frame: Frame, index: list[Operand]) -> list[Operand]:
    """Return arguments of a generic type: exceptions of all types are values of one."""
    return [frame.convert(op, b.W_TYPE) if op.w_T is b.W_EXCEPTION_TYPE else op for op in index]


def identity(frame: Frame, symbol: str, left: Operand, right: Operand, loc: Loc | None) -> Operand:  # noqa: C901, PLR0911  # one case after another
    """Return `left is right` or `left is not right`."""
    w_left, w_right = left.w_T, right.w_T
    if members.is_union(left) or members.is_union(right):
        equal = members.equals(frame, left, right, lambda f, a, c: identity(f, "is", a, c, loc), loc)
        return equal if symbol == "is" else frame.call_prim("bool_not", [equal], loc)
    if w_left is b.W_DYNAMIC or w_right is b.W_DYNAMIC or w_left is b.W_OBJECT or w_right is b.W_OBJECT:
        return frame.dynamic_op(symbol, [left, right], loc)
    if {w_left, w_right} & {b.W_NONE, b.W_ELLIPSIS}:
        same = w_left is w_right
        return frame.after(left, frame.after(right, blue(b.W_BOOL, same == (symbol == "is"), loc)))
    if w_left is b.W_EXCEPTION_TYPE and w_right is b.W_EXCEPTION_TYPE:
        names = frame.exception_name(left), frame.exception_name(right)
        return binary(frame, "==" if symbol == "is" else "!=", *names, loc)
    if isinstance(w_left, W_PtrType) and w_left is w_right:
        return frame.ptr_op("eq" if symbol == "is" else "ne", [left, right], b.W_BOOL, loc)
    if b.W_CLASS_OF in (w_left, w_right):
        return same_class(frame, "==" if symbol == "is" else "!=", left, right, loc)
    if isinstance(w_left, W_ClassType) and isinstance(w_right, W_ClassType):
        same_one = frame.same_object(left, right, loc)
        return same_one if symbol == "is" else frame.call_prim("bool_not", [same_one], loc)
    if isinstance(w_left, W_StructType) and w_left is w_right and w_left.enumerators is not None:
        return binary(frame, "==" if symbol == "is" else "!=", left, right, loc)
    handle = _handle(frame, left, right)
    if handle is not None:
        return identity(frame, symbol, *handle, loc)
    if w_left.identity and w_right.identity:
        if left.known and right.known:
            return Operand(
                b.W_BOOL, (left.val is right.val) == (symbol == "is"), left.blue and right.blue, loc
            )
        return binary(frame, "==" if symbol == "is" else "!=", left, right, loc)
    raise errors.cannot_identify(symbol, left, right)


def call_class_getitem(frame: Frame, w_T: W_Type, index: list[Operand], loc: Loc | None) -> Operand | None:
    """Return `T[index]` if the type `T` defines `__class_getitem__`."""
    w_func = frame.world.method(w_T, "__class_getitem__")
    return None if w_func is None else frame.call_func(w_func, index, loc)


def _handle(frame: Frame, left: Operand, right: Operand) -> tuple[Operand, Operand] | None:
    """Typed handles (one `__ll__` field) have the identity of what they point to."""
    w_T = left.w_T
    if isinstance(w_T, W_StructType) and w_T is right.w_T and list(w_T.fields or {}) == ["__ll__"]:
        return frame.get_field(left, "__ll__", left.loc), frame.get_field(right, "__ll__", right.loc)
    return None


def _self(frame: Frame, obj: Operand) -> Operand:
    if isinstance(obj.w_T, W_PtrType) and obj.w_T.ref:
        return frame.load(obj, None, (), obj.w_T.w_item, obj.loc)
    return obj


def _indices(  # noqa: PLR0913, PLR0917  # all of them matter to every caller
    frame: Frame, w_T: W_Type, dunder: str, others: int, index: list[Operand], loc: Loc | None
) -> list[Operand]:
    """Pass `a, b` flat where the dunder declares several parameters (or varargs), else as one tuple."""
    if len(index) == 1:
        return index
    w_func = frame.world.method(w_T, dunder)
    flat = w_func is not None and (
        len(w_func.params) > 1 + others or any(p.kind == "vararg" for p in w_func.params)
    )
    return index if flat else [frame.make_tuple(index, loc)]


def _single(frame: Frame, index: list[Operand], loc: Loc | None) -> Operand:
    return index[0] if len(index) == 1 else frame.make_tuple(index, loc)
