"""Descriptors: class attributes that say themselves what reading, writing and deleting them means.

`property`, `staticmethod` and `classmethod` are the language's own;
a type with `__get__`, `__set__` or `__delete__` makes others.
"""

from spy_types.loc import Loc

from spy_vm.dispatch.binop import call_dunder
from spy_vm.dispatch.class_values import read_class_value
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import W_Func
from spy_vm.objects.meta import Descriptor
from spy_vm.objects.operand import Operand, W_Type, blue


def read(  # noqa: PLR0911, PLR0913, PLR0917  # one case after another, and all of them matter
    frame: Frame, obj: Operand, w_owner: W_Type, name: str, attr: Operand, loc: Loc | None
) -> Operand:
    """Return what the class attribute `attr` of `w_owner` is to a reader of `obj.name`."""
    descriptor = attr.val
    if isinstance(descriptor, Descriptor):
        if attr.w_T is b.W_PROPERTY:
            return frame.call_virtual(descriptor.w_func, obj, name, [], {}, loc, "get")
        if attr.w_T is b.W_CLASSMETHOD:
            return frame.bound_method(descriptor.w_func, blue(b.W_TYPE, w_owner), loc)
        return frame.world.func_operand(descriptor.w_func, loc)
    if attr.w_T is b.W_FUNCTION:
        return frame.world.func_operand(attr.val, loc)
    getter = frame.world.method(attr.w_T, "__get__")
    if getter is None and isinstance(obj.w_T, W_ClassType):
        return read_class_value(frame, obj, name, attr, loc)
    if getter is None:
        return attr.at(loc)
    args = [attr, obj]
    if takes(getter, 3):
        args.append(blue(b.W_TYPE, w_owner, loc))
    found = call_dunder(frame, "__get__", args, loc)
    return attr.at(loc) if found is None else found


def write(  # noqa: PLR0913, PLR0917  # as above
    frame: Frame, obj: Operand, name: str, attr: Operand, value: Operand, loc: Loc | None
) -> bool:
    """Do `obj.name = value` if the class attribute `attr` says how; return whether it does."""
    if isinstance(attr.val, Descriptor):
        if attr.val.setter is None:
            return False
        frame.discard(frame.call_virtual(attr.val.setter, obj, name, [value], {}, loc, "set"))
        return True
    return _done(frame, call_dunder(frame, "__set__", [attr, obj, value], loc))


def delete(frame: Frame, obj: Operand, attr: Operand, loc: Loc | None) -> bool:
    """Do `del obj.name` if the class attribute `attr` says how; return whether it does."""
    if isinstance(attr.val, Descriptor):
        if attr.val.deleter is None:
            return False
        frame.discard(frame.call_bound(attr.val.deleter, obj, [], {}, loc))
        return True
    return _done(frame, call_dunder(frame, "__delete__", [attr, obj], loc))


def announce(frame: Frame, w_owner: W_Type, loc: Loc | None) -> None:
    """Tell the class attributes of `w_owner` their names: `__set_name__(owner, name)`."""
    for name, attr in list(w_owner.attrs.items()):
        if not isinstance(attr, Operand) or attr.val is None or isinstance(attr.val, (Descriptor, W_Func)):
            continue
        owner = blue(b.W_TYPE, w_owner, loc)
        call_dunder(frame, "__set_name__", [attr, owner, blue(b.W_STR, name, loc)], loc)


def takes(w_func: W_Func, count: int) -> bool:
    """Whether `w_func` can be given `count` positional arguments."""
    if any(p.kind == "vararg" for p in w_func.params):
        return True
    return sum(p.kind in ("posonly", "normal") for p in w_func.params) >= count


def _done(frame: Frame, result: Operand | None) -> bool:
    if result is not None:
        frame.discard(result)
    return result is not None
