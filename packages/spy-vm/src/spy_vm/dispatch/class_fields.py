"""The fields of a class: those that its body declares, and those that its `__init__` assigns."""

from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.interface.frame import Frame
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import W_ASTFunc, W_Func
from spy_vm.objects.meta import Descriptor
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.objects.unsettled import empty_text, is_unsettled
from spy_vm.registry.registry import Registry


def complete_class(world: Registry, w_C: W_Type) -> None:
    """Find the types of the fields that `__init__` assigns, by a look at its body.

    This waits for the first use: the body may call what is defined after the class.
    """
    if not isinstance(w_C, W_ClassType) or w_C.state != "defined":
        return
    w_C.state = "inferring"
    for w_base in w_C.bases:
        complete_class(world, w_base)
    _inherit_state(w_C)
    w_init = w_C.attrs.get("__init__")
    if w_init is not None and isinstance(w_init.val, W_ASTFunc) and world.look_at is not None:
        world.look_at(w_init.val)
    w_C.state = "complete"


def is_initialiser(w_func: W_ASTFunc | None, w_C: W_ClassType) -> bool:
    """Whether `w_func` may add fields to `w_C`: it is its `__init__`, looked at for the first time."""
    return (
        w_C.state == "inferring"
        and w_func is not None
        and w_func.w_owner is w_C
        and w_func.node.name == "__init__"
    )


def note_field(frame: Frame, w_C: W_ClassType, name: str, value: Operand, loc: Loc | None) -> None:
    """Add the field that `self.name = value` makes."""
    if is_unsettled(value):
        raise errors.untyped_empty(empty_text(value.w_T), value.loc)
    value = frame.concrete(value, loc or frame.loc_unknown())
    w_C.own_fields[name] = value.w_T
    if loc is not None:
        w_C.own_locs[name] = loc


def _inherit_state(w_C: W_ClassType) -> None:
    """Find the one base whose fields come first; fields that are declared again must keep their types."""
    with_state = [w_base for w_base in w_C.bases if w_base.fields]
    for w_base in with_state:
        if w_C.state_base is None or w_base.is_subtype(w_C.state_base):
            w_C.state_base = w_base
        elif not w_C.state_base.is_subtype(w_base):
            raise errors.two_states(w_C, w_C.state_base, w_base)
    if w_C.state_base is None:
        return
    for name, w_T in w_C.state_base.fields.items():
        if name in w_C.own_fields:
            if w_C.own_fields[name] is not w_T:
                places = w_C.own_locs.get(name), w_C.state_base.field_locs.get(name)
                raise errors.field_changes_type(w_C, name, places, (w_C.own_fields[name], w_T))
            del w_C.own_fields[name]
        elif name in w_C.attrs and not isinstance(w_C.attrs[name].val, (W_Func, Descriptor)):
            w_C.own_defaults[name] = w_C.attrs[name]  # the base has `name: T = x`, this class another x
