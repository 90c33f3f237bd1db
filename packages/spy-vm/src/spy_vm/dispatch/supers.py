"""`super().name` and `super().name(...)`: what the bases have, whatever overrides it."""

from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import W_ASTFunc, W_Func
from spy_vm.objects.meta import Descriptor
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.super_object import SuperObject

NOTHING = frozenset(("__init__", "__init_subclass__", "__post_init__"))  # what `object` does without effect


def make_super(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """Return `super()` or `super(C, self)`."""
    if len(args) == 2:
        owner, obj = args
        if isinstance(owner.val, W_ClassType):
            return blue(b.W_SUPER, SuperObject(owner.val, obj), loc)
    w_func = frame.w_func
    if args or w_func is None or not isinstance(w_func.w_owner, W_ClassType) or not w_func.params:
        raise errors.no_super(loc)
    return blue(b.W_SUPER, SuperObject(w_func.w_owner, frame.read_local(w_func.params[0].name, loc)), loc)


def super_attr(frame: Frame, found: SuperObject, name: str, loc: Loc | None) -> Operand | None:
    """Return `super().name`, None if no base has it."""
    attr = found.lookup(name)
    if attr is None:
        return None
    if isinstance(attr.val, Descriptor):
        if attr.w_T is b.W_PROPERTY:
            return frame.call_func(attr.val.w_func, [found.obj], loc)
        if attr.w_T is b.W_CLASSMETHOD:
            return frame.bound_method(attr.val.w_func, class_operand(found.obj), loc)
        return frame.world.func_operand(attr.val.w_func, loc)
    return frame.bound_method(attr.val, found.obj, loc) if isinstance(attr.val, W_Func) else attr.at(loc)


def call_super(  # noqa: PLR0913, PLR0917  # all of them matter
    frame: Frame,
    found: SuperObject,
    name: str,
    args: list[Operand],
    kwargs: dict[str, Operand],
    loc: Loc | None,
) -> Operand:
    """Return `super().name(*args, **kwargs)`."""
    attr = found.lookup(name)
    _refuse_other_order(found, name, attr, loc)
    if attr is None and name in NOTHING and not args and not kwargs:
        return blue(b.W_NONE, None, loc)
    if attr is not None and isinstance(attr.val, W_ASTFunc) and attr.val.abstract:
        raise errors.abstract_super(attr.val, loc)
    if attr is not None and isinstance(attr.val, W_Func):
        return frame.call_func(attr.val, [found.obj, *args], loc, kwargs)
    member = super_attr(frame, found, name, loc)
    if member is None:
        raise errors.no_super_attribute(found.w_owner, name, loc)
    return frame.call(member, args, kwargs, loc)


def _refuse_other_order(found: SuperObject, name: str, attr: Operand | None, loc: Loc | None) -> None:
    """Refuse what would be another method in a subclass that has more bases: Python looks along its order."""
    for w_D in found.w_owner.subclasses:
        behind = w_D.mro[w_D.mro.index(found.w_owner) + 1 :]
        if next((w_C.attrs[name] for w_C in behind if name in w_C.attrs), None) is not attr:
            what = f"`super().{name}` that is another method in the subclass `{w_D.display}`"
            raise errors.unsupported(
                what, loc, "call the method of the base by its name: `Base.method(self)`"
            )


def class_operand(obj: Operand) -> Operand:
    """Return the class of an object, or the class itself."""
    return obj if obj.w_T is b.W_TYPE else blue(b.W_TYPE, obj.w_T, obj.loc)
