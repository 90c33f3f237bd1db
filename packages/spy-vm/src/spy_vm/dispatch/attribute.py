"""Attribute access: `obj.name`, `obj.name = value`, `obj.name(...)`."""

from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.dispatch import descriptors, members
from spy_vm.dispatch.binop import call_dunder
from spy_vm.dispatch.class_fields import complete_class
from spy_vm.dispatch.supers import call_super, super_attr
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import CLASS_NAME, W_ClassType
from spy_vm.objects.functions import W_Func
from spy_vm.objects.meta import Descriptor
from spy_vm.objects.modules import Cell, W_Module
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.super_object import SuperObject
from spy_vm.objects.types import W_PtrType, W_StructType, W_Type

IMMUTABLE = "a struct is an immutable value: build a new one, or keep it behind a pointer"


def get_attr(frame: Frame, obj: Operand, name: str, loc: Loc | None) -> Operand:
    """Return `obj.name`."""
    if members.is_union(obj):
        return members.each(frame, obj, lambda f, m: get_attr(f, m, name, loc), (".", name), loc)
    result = find_attr(frame, obj, name, loc)
    if result is not None:
        return result
    if obj.w_T is b.W_MODULE:
        module: W_Module = obj.val
        raise errors.no_module_attribute(module.name, name, loc, frame.world.close_match(name, module.attrs))
    raise errors.no_attribute(obj, name, frame.world.close_match(name, attribute_names(frame, obj)))


def find_attr(frame: Frame, obj: Operand, name: str, loc: Loc | None) -> Operand | None:  # noqa: PLR0912, C901, PLR0911  # one case after another
    """Return `obj.name`, or None if there is no such attribute."""
    if obj.w_T is b.W_MODULE:
        return _module_attr(frame, obj.val, name, loc)
    if obj.w_T is b.W_TYPE:
        return _type_attr(frame, obj, name, loc)
    if isinstance(obj.val, SuperObject):
        return super_attr(frame, obj.val, name, loc)
    if obj.w_T is b.W_CLASS_OF:
        return class_of_attr(frame, obj, name, loc)
    if obj.w_T is b.W_DYNAMIC:
        return frame.dynamic_op("getattr", [obj, blue(b.W_STR, name)], loc)
    hooked = call_dunder(frame, "__getattribute__", [obj, blue(b.W_STR, name, loc)], loc)
    if hooked is not None:
        return hooked
    attr = frame.world.type_attr(_value_type(obj.w_T), name)
    if isinstance(obj.w_T, W_ClassType):
        own = _object_attr(frame, obj, obj.w_T, name, attr, loc)
        if own is not None:
            return own
    if attr is not None and isinstance(attr.val, W_Func):
        return frame.method_value(attr.val, obj, name, loc)
    if attr is not None:
        return descriptors.read(frame, obj, _value_type(obj.w_T), name, attr, loc)
    field = _field(frame, obj, name, loc)
    if field is not None:
        return field
    special = frame.world_attr(obj, name, loc)
    if special is not None:
        return special
    found = call_dunder(frame, "__getattr__", [obj, blue(b.W_STR, name, loc)], loc)
    if found is None and isinstance(obj.w_T, W_StructType) and obj.w_T.stands_for is not None:
        return find_attr(frame, frame.get_field(obj, obj.w_T.stands_for, loc), name, loc)
    return found


def set_attr(frame: Frame, obj: Operand, name: str, value: Operand, loc: Loc | None) -> None:  # noqa: C901, PLR0911  # one case after another
    """Do `obj.name = value`."""
    if members.is_union(obj):
        _set_each(frame, obj, name, value, loc)
        return
    if obj.w_T is b.W_MODULE:
        frame.set_module_attr(obj.val, name, value, loc)
        return
    if obj.w_T is b.W_TYPE:
        frame.set_type_attr(obj.val, name, value, loc)
        return
    if isinstance(obj.val, W_Func):
        frame.set_func_attr(obj.val, name, value, loc)
        return
    if obj.w_T is b.W_DYNAMIC:
        frame.discard(frame.dynamic_op("setattr", [obj, blue(b.W_STR, name), value], loc))
        return
    w_T = _value_type(obj.w_T)
    attr = frame.world.type_attr(w_T, name)
    if isinstance(w_T, W_ClassType) and (attr is None or has_field(frame, w_T, name)):
        _set_object_attr(frame, obj, name, value, loc)
        return
    if attr is not None:
        if descriptors.write(frame, obj, name, attr, value, loc):
            return
        raise errors.cannot_set_attribute(obj, name, loc, _why_not_set(attr))
    if isinstance(obj.w_T, W_PtrType) and isinstance(w_T, W_StructType) and name in (w_T.fields or {}):
        frame.store(obj, None, (name,), value, loc)
        return
    done = call_dunder(frame, "__setattr__", [obj, blue(b.W_STR, name, loc), value], loc)
    if done is not None:
        frame.discard(done)
        return
    hint = IMMUTABLE if isinstance(w_T, W_StructType) and name in (w_T.fields or {}) else None
    raise errors.cannot_set_attribute(obj, name, loc, hint)


def del_attr(frame: Frame, obj: Operand, name: str, loc: Loc | None) -> None:
    """Do `del obj.name`."""
    if obj.w_T is b.W_MODULE or obj.w_T is b.W_TYPE or isinstance(obj.val, W_Func):
        frame.del_namespace_attr(obj, name, loc)
        return
    w_T = _value_type(obj.w_T)
    attr = frame.world.type_attr(w_T, name)
    if attr is not None and descriptors.delete(frame, obj, attr, loc):
        return
    done = call_dunder(frame, "__delattr__", [obj, blue(b.W_STR, name, loc)], loc)
    if done is None:
        raise errors.cannot_delete_attribute(obj, name, loc)
    frame.discard(done)


def call_method(  # noqa: C901, PLR0911, PLR0913, PLR0917  # all of them matter to every caller
    frame: Frame, obj: Operand, name: str, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
) -> Operand:
    """Return `obj.name(*args, **kwargs)`."""
    if members.is_union(obj):
        what = (".()", name)
        return members.each(frame, obj, lambda f, m: call_method(f, m, name, args, kwargs, loc), what, loc)
    if obj.w_T is b.W_MODULE or obj.w_T is b.W_TYPE or obj.w_T is b.W_DYNAMIC:
        if obj.w_T is b.W_DYNAMIC:
            named = list(kwargs)
            given = [obj, blue(b.W_STR, name), *args, *kwargs.values()]
            return frame.dynamic_op("call_method", given, loc, named)
        return frame.call(get_attr(frame, obj, name, loc), args, kwargs, loc)
    if isinstance(obj.val, SuperObject):
        return call_super(frame, obj.val, name, args, kwargs, loc)
    obj = frame.first_use(obj, name, args)
    inner = frame.item_of_unsettled(obj, loc)
    if inner is not None:
        return inner
    w_T = _value_type(obj.w_T)
    hook = frame.world.method(w_T, "__call_method__")
    if hook is not None:
        result = call_dunder(frame, "__call_method__", [obj, blue(b.W_STR, name, loc), *args], loc)
        if result is not None:
            return result
    attr = frame.world.type_attr(w_T, name)
    is_field = isinstance(w_T, W_ClassType) and has_field(frame, w_T, name)
    if attr is not None and isinstance(attr.val, W_Func) and not is_field:
        return frame.call_virtual(attr.val, obj, name, args, kwargs, loc)
    if name == "_replace" and isinstance(w_T, W_StructType) and w_T.named_items and not args:
        return frame.replaced(obj, kwargs, loc)
    if attr is None and isinstance(w_T, W_StructType) and w_T.stands_for is not None:
        return call_method(frame, frame.get_field(obj, w_T.stands_for, loc), name, args, kwargs, loc)
    found = find_attr(frame, obj, name, loc)
    if found is not None:
        return frame.call(found, args, kwargs, loc)
    raise errors.no_method(obj, name, frame.world.close_match(name, attribute_names(frame, obj)))


def _set_each(frame: Frame, obj: Operand, name: str, value: Operand, loc: Loc | None) -> None:
    def use(f: Frame, member: Operand) -> Operand:
        set_attr(f, member, name, value, loc)
        return blue(b.W_NONE, None, loc)

    frame.discard(members.each(frame, obj, use, (".=", name), loc))


def field_type(w_T: W_Type, name: str) -> W_Type | None:
    """Return the type of the field `name` of an object, or of what a pointer points to."""
    w_owner = _value_type(w_T)
    return (w_owner.fields or {}).get(name) if isinstance(w_owner, W_StructType | W_ClassType) else None


def attribute_names(frame: Frame, obj: Operand) -> list[str]:
    """Return the names that `obj` has, for suggestions and `dir`."""
    if obj.w_T is b.W_MODULE:
        return list(obj.val.attrs)
    if obj.w_T is b.W_TYPE:
        return frame.world.attr_names(obj.val)
    w_T = _value_type(obj.w_T)
    fields = list(w_T.fields or {}) if isinstance(w_T, (W_StructType, W_ClassType)) else []
    return fields + frame.world.attr_names(w_T)


def has_field(frame: Frame, w_T: W_ClassType, name: str) -> bool:
    """Whether objects of class `w_T` have the field `name`."""
    complete_class(frame.world, w_T)
    return name in w_T.fields


def _object_attr(  # noqa: PLR0913, PLR0917  # all of them matter
    frame: Frame, obj: Operand, w_C: W_ClassType, name: str, attr: Operand | None, loc: Loc | None
) -> Operand | None:
    """Return what the object itself, or its very class, has under `name`."""
    if has_field(frame, w_C, name) and not _is_data(attr):
        return frame.attribute(obj, name, loc)
    if name == "__class__":
        return frame.type_of(obj, loc)
    return None


def _is_data(attr: Operand | None) -> bool:
    """Whether a class attribute goes before a field of the same name: a property."""
    return attr is not None and attr.w_T is b.W_PROPERTY


def class_of_attr(frame: Frame, cls: Operand, name: str, loc: Loc | None) -> Operand | None:
    """Return an attribute of the class of an object that run time knows."""
    obj: Operand = cls.val
    if members.is_union(obj):
        what = ("type.", name)
        return members.each(
            frame, obj, lambda f, m: get_attr(f, f.static_class(m, loc), name, loc), what, loc
        )
    if name in ("__name__", "__qualname__"):
        return frame.class_constant(obj, CLASS_NAME, loc)
    attr = frame.world.type_attr(obj.w_T, name)
    if attr is None or isinstance(attr.val, (W_Func, Descriptor)):
        return None
    return descriptors.read(frame, obj, obj.w_T, name, attr, loc)


def _set_object_attr(frame: Frame, obj: Operand, name: str, value: Operand, loc: Loc | None) -> None:
    done = call_dunder(frame, "__setattr__", [obj, blue(b.W_STR, name, loc), value], loc)
    if done is not None:
        frame.discard(done)
        return
    frame.set_attribute(obj, name, value, loc)


def _value_type(w_T: W_Type) -> W_Type:
    """Return the type whose attributes `w_T` shows: references and pointers to structs show the struct's."""
    if isinstance(w_T, W_PtrType) and (w_T.ref or isinstance(w_T.w_item, W_StructType)):
        return w_T.w_item
    return w_T


def _module_attr(frame: Frame, module: W_Module, name: str, loc: Loc | None) -> Operand | None:
    found = module.attrs.get(name)
    if isinstance(found, Cell):
        return frame.read_cell(found, loc)
    if found is None:
        return frame.submodule(module, name, loc)
    if found.w_T is b.W_MODULE_PROPERTY:
        return read_property(frame, found, loc)
    return frame.world.settled_value(found, loc, red=not frame.blue_frame).at(loc)


def read_property(frame: Frame, found: Operand, loc: Loc | None) -> Operand:
    """Return what an attribute of a module is now: `sys.argv` is known when the program runs."""
    return frame.call(frame.world.lookup_target(found.val, loc), [], {}, loc)


def _type_attr(frame: Frame, obj: Operand, name: str, loc: Loc | None) -> Operand | None:
    if not obj.known:
        raise errors.expected_blue("getattr on red types", obj)
    w_T: W_Type = obj.val
    attr = frame.world.type_attr(w_T, name)
    if attr is None:
        return frame.metatype_attr(w_T, name, loc)
    if attr.w_T is b.W_CLASSMETHOD:
        return frame.bound_method(attr.val.w_func, obj, loc)
    if attr.w_T is b.W_STATICMETHOD:
        return frame.world.func_operand(attr.val.w_func, loc)
    if isinstance(attr.val, Cell):
        return frame.read_cell(attr.val, loc)
    return attr.at(loc) if attr.w_T is not b.W_FUNCTION else frame.world.func_operand(attr.val, loc)


def _why_not_set(attr: Operand) -> str | None:
    if attr.w_T is b.W_PROPERTY:
        return "this property has no setter"
    return None if attr.w_T is b.W_FUNCTION else "it is an attribute of the class, shared by all values"


def _field(frame: Frame, obj: Operand, name: str, loc: Loc | None) -> Operand | None:
    w_T = obj.w_T
    if isinstance(w_T, W_StructType) and name in (w_T.fields or {}):
        return frame.get_field(obj, name, loc)
    if isinstance(w_T, W_PtrType) and isinstance(w_T.w_item, W_StructType):
        w_field = (w_T.w_item.fields or {}).get(name)
        if w_field is not None:
            return frame.load_item(obj, None, (name,), w_field, loc)
    return None
