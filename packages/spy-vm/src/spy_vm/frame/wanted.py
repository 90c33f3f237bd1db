"""What a call wants of its arguments: literals, displays and generic calls take the type of the parameter."""

from collections.abc import Sequence

from spy_types.errors import SpyError

from spy_vm.frame import infer
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import Param, W_ASTFunc, W_Func
from spy_vm.objects.operand import Operand, W_Type


def wanted_params(frame: Frame, callee: Operand, expected: W_Type | None) -> list[Param]:
    """Return the parameters of `callee` as far as they are known before its arguments."""
    if not callee.known:
        return []
    if callee.w_T is b.W_TYPE:
        return _of_type(callee.val)
    w_func = callee.val
    if not isinstance(w_func, W_Func):
        return []
    if isinstance(w_func, W_ASTFunc) and w_func.sugar:
        return _of_generic(frame, w_func, expected)
    return w_func.params


def wanted_by_method(frame: Frame, obj: Operand, name: str) -> list[Param]:
    """Return the parameters of `obj.name`, without the one for `obj`."""
    if obj.w_T is b.W_MODULE:
        found = obj.val.attrs.get(name)
        return wanted_params(frame, found, None) if isinstance(found, Operand) else []
    if obj.w_T is b.W_TYPE or obj.w_T in b.BLUE_ONLY:
        return []
    w_func = frame.world.method(obj.w_T, name)
    if not isinstance(w_func, W_ASTFunc) or w_func.color != "red" or w_func.sugar:
        return []
    return w_func.params[1:]


def positional(params: Sequence[Param], count: int) -> list[Param | None]:
    """Return the parameter that each of `count` positional arguments goes to."""
    found: list[Param | None] = [p for p in params if p.kind in ("posonly", "normal")]
    rest = next((p for p in params if p.kind == "vararg"), None)
    return (found + [rest] * count)[:count]


def named(params: Sequence[Param], name: str) -> W_Type | None:
    """Return the type of the parameter that a keyword argument goes to."""
    found = next((p for p in params if p.name == name and p.kind in ("normal", "kwonly")), None)
    found = found or next((p for p in params if p.kind == "kwarg"), None)
    return None if found is None else found.w_T


def _of_type(w_T: W_Type) -> list[Param]:
    if w_T in b.INT_TYPES:
        return [Param("x", w_T, "posonly")]
    for name, skipped in (("__new__", 0), ("__init__", 1)):
        found = w_T.lookup(name)
        if found is not None and isinstance(found.val, W_Func):
            return found.val.params[skipped:] if found.val.color == "red" else []
    return []


def _of_generic(frame: Frame, w_func: W_ASTFunc, expected: W_Type | None) -> list[Param]:
    """What the context wants of the result may tell what the type arguments are."""
    try:
        made = infer.by_result(frame, w_func, expected)
    except SpyError:
        return []
    return [] if made is None else wanted_params(frame, made, None)
